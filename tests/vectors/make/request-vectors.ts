import { keyPair } from '../reference/account-values';
import { sealHpke } from '../reference/hpke';
import { fixed, sha256 } from '../reference/primitives';
import { fingerprint, requestInfo, sealRequestSeed } from '../reference/request-values';
import { serverKeys, token } from '../reference/values';
import type { RequestVectors } from '../request-vector-shapes';
import { withBitFlipped, withSpareBit } from './altered-bytes';
import { hexOf } from './hex-of';

const request = keyPair(fixed('request seed', 32));
const otherRequest = keyPair(fixed('other request seed', 32));
const reader = keyPair(fixed('vault seed', 32));
const otherReader = keyPair(fixed('other vault seed', 32));
const randomness = fixed('request seed randomness', 64);

export function makeRequestVectors(): RequestVectors {
  return {
    cases: [
      requestCase('sealed to the one who asks', reader),
      requestCase('shared with a colleague', otherReader),
    ],
    mismatches: mismatches(),
    refusals: refusals(),
  };
}

function requestCase(name: string, to: typeof reader) {
  const { seed, publicKey } = request;
  const { tokenKey } = serverKeys(fixed('server key 1', 32));
  const requestId = fixed('request id', 8);
  const text = token(tokenKey, 3, requestId).sealed.toString('base64url');
  return {
    name,
    ...hexOf({ seed, publicKey, publicKeyHash: sha256(publicKey) }),
    fingerprint: fingerprint(publicKey),
    ...hexOf({ tokenKey, requestId }),
    token: text,
    link: `https://seal.example/r/${text}#${fingerprint(publicKey)}`,
    ...hexOf({ readerSeed: to.seed, readerPublicKey: to.publicKey, randomness }),
    ...hexOf(sealRequestSeed(request, to.publicKey, randomness)),
  };
}

function mismatches(): RequestVectors['mismatches'] {
  const { publicKey } = request;
  const right = fingerprint(publicKey);
  const mismatch = (name: string, key: Buffer, text: string) => ({
    name,
    publicKey: key.toString('hex'),
    fingerprint: text,
  });
  const hash = sha256(publicKey);
  return [
    mismatch('another key', otherRequest.publicKey, right),
    mismatch('a bit of the key flipped', withBitFlipped(publicKey, 5000), right),
    mismatch('key one byte long', Buffer.concat([publicKey, Buffer.of(0)]), right),
    mismatch('no key', Buffer.alloc(0), fingerprint(Buffer.alloc(0))),
    mismatch('last bit of the fingerprint flipped', publicKey, flipped(hash, 127)),
    mismatch('first bit of the fingerprint flipped', publicKey, flipped(hash, 0)),
    mismatch('the end of the hash', publicKey, hash.subarray(16).toString('base64url')),
    mismatch('the whole hash', publicKey, hash.toString('base64url')),
    mismatch('fingerprint one character short', publicKey, right.slice(0, -1)),
    mismatch('fingerprint with spare bits', publicKey, withSpareBit(right)),
    mismatch('fingerprint padded', publicKey, `${right}==`),
    mismatch('no fingerprint', publicKey, ''),
  ];
}

function flipped(hash: Buffer, bit: number): string {
  return withBitFlipped(hash, bit).subarray(0, 16).toString('base64url');
}

function refusals(): RequestVectors['refusals'] {
  const { sealed } = sealRequestSeed(request, reader.publicKey, randomness);
  const base = hexOf({ publicKey: request.publicKey, readerSeed: reader.seed, sealed });
  const faulty = (name: string, change: Partial<typeof base>, error = 'bad_ciphertext') => ({
    ...base,
    name,
    error,
    ...change,
  });
  const bytes = (altered: Buffer) => ({ sealed: altered.toString('hex') });
  const sealOther = (use: 'request seed' | 'reply', content: Buffer) => {
    const info = requestInfo(use, request.publicKey);
    return bytes(sealHpke(reader.publicKey, info, content, randomness).sealed);
  };
  return [
    faulty('another reader', { readerSeed: otherReader.seed.toString('hex') }),
    faulty('of another request', { publicKey: otherRequest.publicKey.toString('hex') }),
    faulty('sealed as a reply', sealOther('reply', request.seed)),
    faulty(
      'the seed of another request',
      sealOther('request seed', otherRequest.seed),
      'bad_key_pair',
    ),
    faulty('first bit flipped', bytes(withBitFlipped(sealed, 0))),
    faulty('first bit of the seed flipped', bytes(withBitFlipped(sealed, 8960))),
    faulty('last bit of the tag flipped', bytes(withBitFlipped(sealed, 9343))),
    faulty('one byte short', bytes(sealed.subarray(0, -1)), 'bad_length'),
    faulty('one byte long', bytes(Buffer.concat([sealed, Buffer.of(0)])), 'bad_length'),
    faulty('a seed of 31 bytes', sealOther('request seed', request.seed.subarray(1)), 'bad_length'),
    faulty('empty', bytes(Buffer.alloc(0)), 'bad_length'),
  ];
}
