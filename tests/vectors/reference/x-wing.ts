/**
 * X-Wing (draft-connolly-cfrg-xwing-kem-10) out of another ML-KEM than the
 * product's, and out of node:crypto for everything around it.
 */
import { ml_kem768 as mlKem } from '@noble/post-quantum/ml-kem.js';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto';

/** What ASN.1 puts before the 32 bytes of an X25519 key: PKCS #8 and SubjectPublicKeyInfo. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');

const LABEL = Buffer.from('5c2e2f2f5e5c', 'hex');
const ML_KEM_PUBLIC_KEY = 1184;
const ML_KEM_CIPHERTEXT = 1088;

/** @param seed 32 bytes */
export function xWingKeys(seed: Buffer) {
  const expanded = createHash('shake256', { outputLength: 96 }).update(seed).digest();
  const { publicKey, secretKey } = mlKem.keygen(expanded.subarray(0, 64));
  const x25519Private = expanded.subarray(64);
  return {
    expanded,
    mlKemPrivate: Buffer.from(secretKey),
    x25519Private,
    publicKey: Buffer.concat([publicKey, x25519Public(x25519Private)]),
  };
}

/** @param randomness 64 bytes: ML-KEM's m, then the ephemeral X25519 key */
export function encapsulate(publicKey: Buffer, randomness: Buffer) {
  const mlKemPublic = publicKey.subarray(0, ML_KEM_PUBLIC_KEY);
  const { cipherText, sharedSecret } = mlKem.encapsulate(mlKemPublic, randomness.subarray(0, 32));
  const ephemeral = randomness.subarray(32);
  const x25519PublicKey = publicKey.subarray(ML_KEM_PUBLIC_KEY);
  const mlKemSecret = Buffer.from(sharedSecret);
  const x25519Secret = x25519(ephemeral, x25519PublicKey);
  const x25519Ciphertext = x25519Public(ephemeral);
  return {
    mlKemSecret,
    x25519Secret,
    enc: Buffer.concat([cipherText, x25519Ciphertext]),
    sharedSecret: combine(mlKemSecret, x25519Secret, x25519Ciphertext, x25519PublicKey),
  };
}

/** @returns the shared secret, 32 bytes */
export function decapsulate(seed: Buffer, enc: Buffer): Buffer {
  const { mlKemPrivate, x25519Private, publicKey } = xWingKeys(seed);
  const x25519Ciphertext = enc.subarray(ML_KEM_CIPHERTEXT);
  return combine(
    Buffer.from(mlKem.decapsulate(enc.subarray(0, ML_KEM_CIPHERTEXT), mlKemPrivate)),
    x25519(x25519Private, x25519Ciphertext),
    x25519Ciphertext,
    publicKey.subarray(ML_KEM_PUBLIC_KEY),
  );
}

function combine(...parts: readonly [Buffer, Buffer, Buffer, Buffer]): Buffer {
  return createHash('sha3-256')
    .update(Buffer.concat([...parts, LABEL]))
    .digest();
}

export function x25519(privateKey: Buffer, publicKey: Buffer): Buffer {
  const key = Buffer.concat([PUBLIC_PREFIX, publicKey]);
  return diffieHellman({
    privateKey: privateKeyOf(privateKey),
    publicKey: createPublicKey({ key, format: 'der', type: 'spki' }),
  });
}

function x25519Public(privateKey: Buffer): Buffer {
  const exported = createPublicKey(privateKeyOf(privateKey)).export({
    format: 'der',
    type: 'spki',
  });
  return exported.subarray(PUBLIC_PREFIX.length);
}

function privateKeyOf(bytes: Buffer): KeyObject {
  const key = Buffer.concat([PRIVATE_PREFIX, bytes]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}
