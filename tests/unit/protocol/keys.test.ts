import { describe, expect, it } from 'vitest';
import {
  randomBytes,
  toMessageKey,
  toServerKey,
  toStretchedPassphrase,
} from '@/lib/protocol/bytes';
import { LABELS } from '@/lib/protocol/constants';
import {
  createMessageKey,
  deriveKnockProof,
  deriveMessageKeys,
  deriveServerKeys,
} from '@/lib/protocol/keys';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('key schedule', () => {
  it('uses every label for one purpose, and no label holds the zero byte that ends it', () => {
    const labels = Object.values(LABELS);
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) expect(label).toMatch(/^sealpost v[12] [a-z ]+$/);
  });

  it('gives no two purposes the same bytes, not even their beginnings', async () => {
    const start = (bytes: Uint8Array) => hex(bytes.subarray(0, 16));
    const server = await deriveServerKeys(toServerKey(randomBytes(32)));
    expect(new Set(Object.values(server).map(start)).size).toBe(3);
    const messageKey = createMessageKey();
    const message = await deriveMessageKeys(messageKey, null);
    const { encryptionKey, openProof, keyCommitment } = message;
    const knockProof = await deriveKnockProof(messageKey);
    const all = [encryptionKey, openProof, keyCommitment, knockProof, messageKey].map(start);
    expect(new Set(all).size).toBe(5);
  });

  it('needs link and passphrase together: each changes every derived value', async () => {
    const messageKey = createMessageKey();
    const passphrase = toStretchedPassphrase(randomBytes(32));
    const variants = await Promise.all([
      deriveMessageKeys(messageKey, null),
      deriveMessageKeys(messageKey, passphrase),
      deriveMessageKeys(messageKey, toStretchedPassphrase(randomBytes(32))),
      deriveMessageKeys(createMessageKey(), passphrase),
    ]);
    const values = variants.flatMap((keys) => Object.values(keys).map(hex));
    expect(new Set(values).size).toBe(12);
  });

  it('knocks without the passphrase, and the knock tells nothing of the open proof', async () => {
    const messageKey = createMessageKey();
    const knockProof = await deriveKnockProof(messageKey);
    const { openProof } = await deriveMessageKeys(messageKey, null);
    expect(hex(knockProof)).not.toBe(hex(openProof));
    expect(hex(await deriveKnockProof(toMessageKey(messageKey)))).toBe(hex(knockProof));
  });

  it('draws a new message key every time', () => {
    const drawn = new Set(Array.from({ length: 1000 }, () => hex(createMessageKey())));
    expect(drawn.size).toBe(1000);
  });
});
