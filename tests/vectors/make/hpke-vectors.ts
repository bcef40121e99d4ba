import { keyPair } from '../reference/account-values';
import { keySchedule, sealHpke } from '../reference/hpke';
import { fixed, gcm } from '../reference/primitives';
import { xWingKeys } from '../reference/x-wing';
import type { HpkeVectors } from '../request-vector-shapes';
import { withBitFlipped } from './altered-bytes';
import { hexOf } from './hex-of';

const NONE = Buffer.alloc(0);
const recipient = keyPair(fixed('HPKE recipient', 32));
const info = Buffer.from('Sealpost test vectors', 'ascii');
const plaintext = Buffer.from('warm wax', 'ascii');
const randomness = fixed('HPKE randomness', 64);
const good = sealHpke(recipient.publicKey, info, plaintext, randomness);

export function makeHpkeVectors(): HpkeVectors {
  return {
    xWing: xWing(),
    cases: [
      hpkeCase('a short plaintext', info, plaintext),
      hpkeCase('no plaintext', info, NONE),
      hpkeCase('no info', NONE, plaintext),
      hpkeCase('info of any bytes', fixed('HPKE info', 50), fixed('HPKE plaintext', 32)),
    ],
    refusedKeys: refusedKeys(),
    refusals: refusals(),
  };
}

function hpkeCase(name: string, ofInfo: Buffer, ofPlaintext: Buffer) {
  const { expanded } = xWingKeys(recipient.seed);
  return {
    name,
    ...hexOf({ ...recipient, expanded, randomness, info: ofInfo, plaintext: ofPlaintext }),
    ...hexOf(sealHpke(recipient.publicKey, ofInfo, ofPlaintext, randomness)),
  };
}

function refusedKeys(): HpkeVectors['refusedKeys'] {
  const { publicKey } = recipient;
  const withStart = (...bytes: number[]) =>
    Buffer.concat([Buffer.from(bytes), publicKey.subarray(bytes.length)]);
  const withPoint = (point: Buffer) => Buffer.concat([publicKey.subarray(0, -32), point]);
  const refusal = (name: string, key: Buffer, error = 'bad_public_key') => ({
    name,
    publicKey: key.toString('hex'),
    error,
  });
  return [
    refusal('a coefficient of q', withStart(0x01, 0x0d, 0x00)),
    refusal('coefficients of 4095', withStart(0xff, 0xff, 0xff)),
    refusal('the point 0', withPoint(Buffer.alloc(32))),
    refusal('the point 1', withPoint(Buffer.concat([Buffer.of(1), Buffer.alloc(31)]))),
    refusal('one byte short', publicKey.subarray(1), 'bad_length'),
    refusal('one byte long', Buffer.concat([publicKey, Buffer.of(0)]), 'bad_length'),
    refusal('ML-KEM alone', publicKey.subarray(0, 1184), 'bad_length'),
    refusal('empty', NONE, 'bad_length'),
  ];
}

function refusals(): HpkeVectors['refusals'] {
  const { sealed, enc, sharedSecret, key, baseNonce } = good;
  const base = hexOf({ seed: recipient.seed, info, sealed });
  const faulty = (name: string, change: Partial<typeof base>, error = 'bad_ciphertext') => ({
    ...base,
    name,
    error,
    ...change,
  });
  const bytes = (altered: Buffer) => ({ sealed: altered.toString('hex') });
  const encrypted = (ciphertext: Buffer) => bytes(Buffer.concat([enc, ciphertext]));
  const second = Buffer.from(baseNonce);
  second.writeUInt8(second.readUInt8(11) ^ 1, 11);
  const otherInfo = keySchedule(sharedSecret, NONE);
  const zeroPoint = Buffer.concat([enc.subarray(0, -32), Buffer.alloc(32), sealed.subarray(1120)]);
  return [
    faulty('another recipient', { seed: fixed('another recipient', 32).toString('hex') }),
    faulty('another info', { info: `${base.info}00` }),
    faulty('no info', { info: '' }),
    faulty('first bit of the ML-KEM ciphertext flipped', bytes(withBitFlipped(sealed, 0))),
    faulty('last bit of the ML-KEM ciphertext flipped', bytes(withBitFlipped(sealed, 8703))),
    faulty('first bit of the X25519 key flipped', bytes(withBitFlipped(sealed, 8704))),
    faulty('the bit of the X25519 key that X25519 ignores', bytes(withBitFlipped(sealed, 8952))),
    faulty('the X25519 key zero', bytes(zeroPoint)),
    faulty('first bit of the ciphertext flipped', bytes(withBitFlipped(sealed, 8960))),
    faulty('last bit of the tag flipped', bytes(withBitFlipped(sealed, sealed.length * 8 - 1))),
    faulty('ciphertext one byte short', bytes(sealed.subarray(0, -1))),
    faulty('tag of 12 bytes', encrypted(gcm(key, baseNonce, NONE, plaintext, 12))),
    faulty('sealed as a second message', encrypted(gcm(key, second, NONE, plaintext))),
    faulty('sealed with associated data', encrypted(gcm(key, baseNonce, info, plaintext))),
    faulty(
      'sealed under the key of another info',
      encrypted(gcm(otherInfo.key, otherInfo.baseNonce, NONE, plaintext)),
    ),
    faulty('encapsulation alone', bytes(enc), 'bad_length'),
    faulty('shorter than its tag', bytes(sealed.subarray(0, 1135)), 'bad_length'),
    faulty('empty', bytes(NONE), 'bad_length'),
  ];
}

/** Copied from draft-connolly-cfrg-xwing-kem-10, appendix C: seed, eseed, ss. */
function xWing(): HpkeVectors['xWing'] {
  return [
    {
      name: 'first',
      seed: '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26',
      randomness:
        '3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2',
      sharedSecret: 'd2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384',
    },
    {
      name: 'second',
      seed: 'badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea',
      randomness:
        '17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d',
      sharedSecret: 'f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150',
    },
    {
      name: 'third',
      seed: 'ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9',
      randomness:
        '22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b',
      sharedSecret: '953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f',
    },
  ];
}
