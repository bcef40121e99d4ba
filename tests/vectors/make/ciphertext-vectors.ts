import { fixed, gcm } from '../reference/primitives';
import { associatedData, messageKeys, pad, textEnvelope } from '../reference/values';
import * as values from '../reference/values';
import type { CiphertextVectors, LockVector } from '../vector-shapes';
import { withBitFlipped } from './altered-bytes';
import { hexOf } from './hex-of';
import { lockOf } from './passphrase-vectors';

type Refusal = CiphertextVectors['refusals'][number];

const lock = lockOf('ciphertext');
const messageKey = fixed('ciphertext message key', 16);
const keys = messageKeys(messageKey, fixed('ciphertext stretched passphrase', 32));
const iv = fixed('ciphertext IV', 12);
const data = associatedData('browser', lock);
const padded = pad(textEnvelope('untouched'));
const good = values.ciphertext(keys, iv, data, padded);

export function makeCiphertextVectors(): CiphertextVectors {
  return { refusals: [...altered(), ...moved(), ...badlyPadded()] };
}

function altered(): Refusal[] {
  const shortTag = gcm(keys.encryptionKey, iv, data, pad(textEnvelope('untouched')), 4);
  const shorterTag = gcm(
    keys.encryptionKey,
    iv,
    data,
    Buffer.concat([padded, Buffer.alloc(4)]),
    12,
  );
  const withKeys = (encrypted: Buffer) => Buffer.concat([keys.keyCommitment, iv, encrypted]);
  return [
    refusal('first bit of the commitment flipped', withBitFlipped(good, 0), 'bad_commitment'),
    refusal('last bit of the commitment flipped', withBitFlipped(good, 127), 'bad_commitment'),
    refusal(
      'commitment all zero',
      Buffer.concat([Buffer.alloc(16), good.subarray(16)]),
      'bad_commitment',
    ),
    refusal('first bit of the IV flipped', withBitFlipped(good, 128), 'bad_ciphertext'),
    refusal('last bit of the IV flipped', withBitFlipped(good, 223), 'bad_ciphertext'),
    refusal('first bit of the text flipped', withBitFlipped(good, 224), 'bad_ciphertext'),
    refusal('first bit of the tag flipped', withBitFlipped(good, 2272), 'bad_ciphertext'),
    refusal('last bit of the tag flipped', withBitFlipped(good, 2399), 'bad_ciphertext'),
    refusal('tag of 4 bytes', withKeys(shortTag), 'bad_length'),
    refusal('tag of 12 bytes, in an honest length', withKeys(shorterTag), 'bad_ciphertext'),
    refusal('tag cut off', good.subarray(0, -16), 'bad_length'),
    refusal('one byte short', good.subarray(0, -1), 'bad_length'),
    refusal('one byte long', Buffer.concat([good, Buffer.of(0)]), 'bad_length'),
    refusal('empty', Buffer.alloc(0), 'bad_length'),
    refusal('shorter than its header', good.subarray(0, 20), 'bad_length'),
  ];
}

/** Right bytes, wrong surroundings. */
function moved(): Refusal[] {
  const otherSalt: LockVector = { ...lock, salt: lockOf('another').salt };
  const otherKeys = messageKeys(fixed('another message key', 16), null);
  const withoutPassphrase = messageKeys(messageKey, null);
  const context = { ...base(), ciphertext: good.toString('hex') };
  const faulty = (name: string, change: Partial<Refusal>, error: string): Refusal => ({
    ...context,
    name,
    error,
    ...change,
  });
  const keysOf = ({ encryptionKey, keyCommitment }: ReturnType<typeof messageKeys>) =>
    hexOf({ encryptionKey, keyCommitment });
  return [
    faulty('opened as the other seal', { seal: 'server' }, 'bad_ciphertext'),
    faulty('salt swapped', { lock: otherSalt }, 'bad_ciphertext'),
    faulty('lock taken away', { lock: null }, 'bad_ciphertext'),
    faulty('cheaper cost', { lock: { ...lock, passes: 1 } }, 'bad_passphrase_cost'),
    faulty('less memory', { lock: { ...lock, memoryKiB: 8 } }, 'bad_passphrase_cost'),
    faulty('another message key', keysOf(otherKeys), 'bad_commitment'),
    faulty('without the passphrase', keysOf(withoutPassphrase), 'bad_commitment'),
    faulty(
      'commitment right, key wrong',
      { encryptionKey: otherKeys.encryptionKey.toString('hex') },
      'bad_ciphertext',
    ),
  ];
}

/** Sealed by one who holds the key and pads otherwise. */
function badlyPadded(): Refusal[] {
  const seal = (content: Buffer) => values.ciphertext(keys, iv, data, content);
  const nonZero = Buffer.from(padded);
  nonZero.writeUInt8(1, 255);
  const longLength = Buffer.from(padded);
  longLength.writeUInt32BE(253);
  return [
    refusal('filler not zero', seal(nonZero), 'bad_padding'),
    refusal('padded one size up', seal(Buffer.concat([padded, Buffer.alloc(16)])), 'bad_padding'),
    refusal('length prefix beyond the end', seal(longLength), 'bad_padding'),
    refusal('not padded', seal(padded.subarray(0, 15)), 'bad_length'),
  ];
}

function base() {
  const { encryptionKey, keyCommitment } = keys;
  return { seal: 'browser', lock, ...hexOf({ encryptionKey, keyCommitment }) };
}

function refusal(name: string, ciphertext: Buffer, error: string): Refusal {
  return { name, ...base(), ciphertext: ciphertext.toString('hex'), error };
}
