/**
 * Every value of the protocol, written down a second time from the
 * specification and out of node:crypto alone. Labels and lengths are repeated on
 * purpose: taken from the product they would agree with its mistakes.
 */
import type { LockVector } from '../vector-shapes';
import { ascii, gcm, hkdf, hkdfExtract, hmac, u32, u64, ZERO } from './primitives';
import { sealSiv } from './siv';

export type SealName = 'server' | 'browser';

export function serverKeys(serverKey: Buffer) {
  return {
    pseudorandomKey: hkdfExtract(serverKey),
    tokenKey: hkdf(serverKey, 'sealpost v1 token', 64),
    verifierKey: hkdf(serverKey, 'sealpost v1 link verifier', 32),
    atRestKey: hkdf(serverKey, 'sealpost v1 at rest', 32),
  };
}

export function messageKeys(messageKey: Buffer, stretchedPassphrase: Buffer | null) {
  const keyMaterial = Buffer.concat([messageKey, stretchedPassphrase ?? Buffer.alloc(0)]);
  return {
    keyMaterial,
    pseudorandomKey: hkdfExtract(keyMaterial),
    encryptionKey: hkdf(keyMaterial, 'sealpost v1 encryption', 32),
    openProof: hkdf(keyMaterial, 'sealpost v1 open proof', 32),
    keyCommitment: hkdf(keyMaterial, 'sealpost v1 key commitment', 16),
    knockProof: hkdf(messageKey, 'sealpost v1 knock proof', 32),
  };
}

export function token(tokenKey: Buffer, purpose: number, ...content: readonly Buffer[]) {
  const plaintext = Buffer.concat([Buffer.of(purpose), ...content]);
  const sealed = sealSiv(tokenKey, [], plaintext);
  return { content: plaintext, syntheticIv: sealed.subarray(0, 16), sealed };
}

export function verifier(
  kind: 'server link' | 'open proof' | 'knock proof',
  key: Buffer,
  value: Buffer,
) {
  const hmacInput = Buffer.concat([ascii(`sealpost v1 verify ${kind}`), ZERO, value]);
  return { hmacInput, verifier: hmac(key, hmacInput) };
}

/** Padmé by its definition: round up to a multiple of 2^(E - S). */
export function paddedLength(contentLength: number): number {
  const length = Math.max(256, 4 + contentLength);
  const exponent = length.toString(2).length - 1;
  const step = 2 ** (exponent - exponent.toString(2).length);
  return Math.ceil(length / step) * step;
}

export function pad(content: Buffer): Buffer {
  const padded = Buffer.alloc(paddedLength(content.length));
  u32(content.length).copy(padded);
  content.copy(padded, 4);
  return padded;
}

export function textEnvelope(text: string): Buffer {
  return Buffer.concat([Buffer.of(1, 1), Buffer.from(text, 'utf8')]);
}

export function sealByte(seal: SealName): Buffer {
  return Buffer.of(seal === 'server' ? 1 : 2);
}

export function lockBytes(lock: LockVector | null): Buffer {
  if (lock === null) return ZERO;
  const { profile, salt, memoryKiB, passes, lanes } = lock;
  return Buffer.concat([
    Buffer.of(profile === 'words' ? 2 : 1),
    Buffer.from(salt, 'hex'),
    u32(memoryKiB),
    u32(passes),
    u32(lanes),
  ]);
}

export function associatedData(seal: SealName, lock: LockVector | null): Buffer {
  return Buffer.concat([ascii('sealpost v1 ciphertext'), ZERO, sealByte(seal), lockBytes(lock)]);
}

export function ciphertext(
  keys: { encryptionKey: Buffer; keyCommitment: Buffer },
  iv: Buffer,
  data: Buffer,
  padded: Buffer,
): Buffer {
  return Buffer.concat([keys.keyCommitment, iv, gcm(keys.encryptionKey, iv, data, padded)]);
}

export interface Binding {
  messageId: Buffer;
  seal: SealName;
  expiresAtMs: bigint;
  lock: LockVector | null;
  knockVerifier: Buffer;
  /** null: sealed on the server before version 3 */
  openVerifier: Buffer | null;
}

export function atRestAssociatedData(binding: Binding): Buffer {
  return Buffer.concat([
    ascii('sealpost v1 wrapped ciphertext'),
    ZERO,
    binding.messageId,
    sealByte(binding.seal),
    u64(binding.expiresAtMs),
    lockBytes(binding.lock),
    ...(binding.openVerifier === null
      ? [binding.knockVerifier, ZERO]
      : [binding.openVerifier, Buffer.of(1), binding.knockVerifier]),
  ]);
}

export function wrap(atRestKey: Buffer, iv: Buffer, data: Buffer, message: Buffer): Buffer {
  return Buffer.concat([iv, gcm(atRestKey, iv, data, message)]);
}
