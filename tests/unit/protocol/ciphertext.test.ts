import { createCipheriv } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { randomBytes, toStretchedPassphrase } from '@/lib/protocol/bytes';
import { ciphertextAssociatedData, openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import {
  checkCiphertextLength,
  decodeEnvelope,
  encodeTextEnvelope,
  MAX_CIPHERTEXT_BYTES,
  pad,
} from '@/lib/protocol/envelope';
import { createMessageKey, deriveMessageKeys } from '@/lib/protocol/keys';
import { createPassphraseLock } from '@/lib/protocol/passphrase';
import { everyBitFlip, randomUpTo } from './altered';
import { textOf } from '@/tests/support/envelopes';
import { refusalOf, refusalsOf } from './refusal';

// Thousands of small operations: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newStretched = () => toStretchedPassphrase(randomBytes(32));

async function sealed(text: string, seal: 'server' | 'browser' = 'browser') {
  const lock = createPassphraseLock('verbatim');
  const messageKey = createMessageKey();
  const stretched = newStretched();
  const keys = await deriveMessageKeys(messageKey, stretched);
  const envelope = encodeTextEnvelope(text);
  const ciphertext = await sealMessage({ seal, envelope, keys, lock });
  return { seal, ciphertext, keys, lock, messageKey, stretched };
}

describe('M1', () => {
  it('gives back any text, under both seals, with and without a passphrase', async () => {
    for (let round = 0; round < 100; round += 1) {
      const text = Buffer.from(randomBytes(1 + randomUpTo(3000))).toString('latin1');
      const seal = round % 2 === 0 ? 'server' : 'browser';
      const lock = round % 3 === 0 ? createPassphraseLock('verbatim') : null;
      const keys = await deriveMessageKeys(createMessageKey(), lock && newStretched());
      const envelope = encodeTextEnvelope(text);
      const ciphertext = await sealMessage({ seal, envelope, keys, lock });
      checkCiphertextLength(ciphertext);
      const opened = await openMessage({ seal, ciphertext, keys, lock });
      expect(decodeEnvelope(opened)).toEqual({ kind: 'text', text });
    }
  });

  it('opens from a Buffer out of a pool, as a database gives it', async () => {
    const message = await sealed('from the pool');
    const ciphertext = Buffer.concat([Buffer.alloc(13), message.ciphertext]).subarray(13);
    const envelope = await openMessage({ ...message, ciphertext });
    expect(textOf(decodeEnvelope(envelope))).toBe('from the pool');
  });

  it('is refused with any single bit flipped, and says which key it is for before decrypting', async () => {
    const message = await sealed('x');
    const flips = everyBitFlip(message.ciphertext);
    const refusals = await refusalsOf(
      flips.map((ciphertext) => () => openMessage({ ...message, ciphertext })),
    );
    expect(refusals).toEqual({ bad_commitment: 16 * 8, bad_ciphertext: (300 - 16) * 8 });
  });

  it('is refused cut or lengthened by any number of bytes up to a whole size', async () => {
    const message = await sealed('x');
    const lengths = Array.from({ length: 315 }, (_, length) => length).filter((n) => n !== 300);
    for (const length of lengths) {
      const ciphertext = new Uint8Array(length);
      ciphertext.set(message.ciphertext.subarray(0, length));
      expect(await refusalOf(() => openMessage({ ...message, ciphertext }))).toBe('bad_length');
    }
  });

  it.each([4, 8, 12, 13, 14, 15])('is refused with a tag of %d bytes', async (tagLength) => {
    const { seal, keys, lock } = await sealed('x');
    const iv = randomBytes(12);
    // Filler makes up for the missing tag bytes: only the tag itself is wrong.
    const filler = new Uint8Array(16 - tagLength);
    const cipher = createCipheriv('aes-256-gcm', keys.encryptionKey, iv, {
      authTagLength: tagLength,
    });
    cipher.setAAD(ciphertextAssociatedData(seal, lock));
    const encrypted = [
      cipher.update(Buffer.concat([pad(encodeTextEnvelope('x')), filler])),
      cipher.final(),
      cipher.getAuthTag(),
    ];
    const ciphertext = Buffer.concat([keys.keyCommitment, iv, ...encrypted]);
    expect(await refusalOf(() => openMessage({ seal, ciphertext, keys, lock }))).toBe(
      'bad_ciphertext',
    );
  });

  it('is bound to its seal, salt and cost', async () => {
    const message = await sealed('x', 'browser');
    const { lock } = message;
    const attempt = (change: Partial<typeof message> | { lock: null }) =>
      refusalOf(() => openMessage({ ...message, ...change }));
    expect(await attempt({})).toBe('accepted');
    expect(await attempt({ seal: 'server' })).toBe('bad_ciphertext');
    expect(await attempt({ lock: null })).toBe('bad_ciphertext');
    expect(await attempt({ lock: createPassphraseLock('verbatim') })).toBe('bad_ciphertext');
    expect(await attempt({ lock: { ...lock, memoryKiB: 32768 } })).toBe('bad_passphrase_cost');
    expect(await attempt({ lock: { ...lock, passes: 2 } })).toBe('bad_passphrase_cost');
    expect(await attempt({ lock: { ...lock, lanes: 4 } })).toBe('bad_passphrase_cost');
  });

  it('opens under no other link and no other passphrase', async () => {
    const message = await sealed('x');
    const others = await Promise.all([
      deriveMessageKeys(createMessageKey(), message.stretched),
      deriveMessageKeys(message.messageKey, newStretched()),
      deriveMessageKeys(message.messageKey, null),
    ]);
    for (const keys of others) {
      expect(await refusalOf(() => openMessage({ ...message, keys }))).toBe('bad_commitment');
    }
  });

  it('commits to its key: a commitment to another key is refused though AES-GCM would open it', async () => {
    const message = await sealed('x');
    const other = await deriveMessageKeys(createMessageKey(), null);
    const ciphertext = new Uint8Array(message.ciphertext);
    ciphertext.set(other.keyCommitment);
    expect(await refusalOf(() => openMessage({ ...message, ciphertext }))).toBe('bad_commitment');
    const keys = { ...message.keys, keyCommitment: other.keyCommitment };
    expect(await refusalOf(() => openMessage({ ...message, keys, ciphertext }))).toBe('accepted');
  });

  it('never repeats an IV', async () => {
    const { seal, keys, lock } = await sealed('x');
    const envelope = encodeTextEnvelope('x');
    const ivs = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const ciphertext = await sealMessage({ seal, envelope, keys, lock });
      ivs.add(Buffer.from(ciphertext.subarray(16, 28)).toString('hex'));
    }
    expect(ivs.size).toBe(200);
  });

  it('is as long for a PIN as for a password or a short letter', async () => {
    for (const text of ['1', '1234', 'x'.repeat(40), 'x'.repeat(250)]) {
      expect((await sealed(text)).ciphertext).toHaveLength(300);
    }
    expect((await sealed('x'.repeat(251))).ciphertext.length).toBeGreaterThan(300);
  });

  it('has a longest size, which the longest text reaches and nothing passes', async () => {
    const longest = await sealed('x'.repeat(1_048_576));
    expect(longest.ciphertext).toHaveLength(MAX_CIPHERTEXT_BYTES);
    expect(textOf(decodeEnvelope(await openMessage(longest)))).toHaveLength(1_048_576);
    const longer = new Uint8Array(MAX_CIPHERTEXT_BYTES + 1);
    expect(await refusalOf(() => checkCiphertextLength(longer))).toBe('too_large');
    expect(await refusalOf(() => openMessage({ ...longest, ciphertext: longer }))).toBe(
      'too_large',
    );
    const envelope = new Uint8Array(1_048_579);
    expect(await refusalOf(() => sealMessage({ ...longest, envelope }))).toBe('too_large');
  });
});
