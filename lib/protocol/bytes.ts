/**
 * Byte strings with a name, and how bytes, numbers and text are written down. Two keys of one
 * length are different types, so that mixing them up does not compile; `to…` checks the length,
 * copies, and names.
 */
import {
  AT_REST_KEY_BYTES,
  ENCRYPTION_KEY_BYTES,
  IV_BYTES,
  KEY_COMMITMENT_BYTES,
  MESSAGE_ID_BYTES,
  MESSAGE_KEY_BYTES,
  PROOF_BYTES,
  RECOVERY_KEY_BYTES,
  RECOVERY_SECRET_BYTES,
  REPLY_ID_BYTES,
  REQUEST_ID_BYTES,
  SERVER_KEY_BYTES,
  SIGN_IN_KEY_BYTES,
  STRETCHED_PASSPHRASE_BYTES,
  TOKEN_KEY_BYTES,
  VAULT_KEY_BYTES,
  VERIFIER_BYTES,
  VERIFIER_KEY_BYTES,
  X_WING_PUBLIC_KEY_BYTES,
  X_WING_RANDOMNESS_BYTES,
  X_WING_SEED_BYTES,
} from './constants';
import { ProtocolError } from './errors';

declare const brand: unique symbol;

type Bytes<Name extends string> = Uint8Array<ArrayBuffer> & { readonly [brand]: Name };

/** K1: 32 bytes of one keyring epoch. */
export type ServerKey = Bytes<'ServerKey'>;
/** 64 bytes, from K1: seals tokens. */
export type TokenKey = Bytes<'TokenKey'>;
/** 32 bytes, from K1: makes verifiers. */
export type VerifierKey = Bytes<'VerifierKey'>;
/** 32 bytes, from K1: wraps M1 at rest. */
export type AtRestKey = Bytes<'AtRestKey'>;
/** ID0: 8 bytes, big-endian. */
export type MessageId = Bytes<'MessageId'>;
/** K0: 16 bytes, in the link only. */
export type MessageKey = Bytes<'MessageKey'>;
/** P: 32 bytes of Argon2id. */
export type StretchedPassphrase = Bytes<'StretchedPassphrase'>;
/** 32 bytes, from K0 and P: encrypts M0. */
export type EncryptionKey = Bytes<'EncryptionKey'>;
/** 32 bytes, from K0 and P: proves link and passphrase together. */
export type OpenProof = Bytes<'OpenProof'>;
/** 16 bytes, from K0 and P: ties M1 to one key. */
export type KeyCommitment = Bytes<'KeyCommitment'>;
/** 32 bytes, from K0 alone: proves the link. */
export type KnockProof = Bytes<'KnockProof'>;
/** H0: 32 bytes, stored beside M1. */
export type LinkVerifier = Bytes<'LinkVerifier'>;
/** 32 bytes, stored beside a browser-sealed M1. */
export type KnockVerifier = Bytes<'KnockVerifier'>;
/** 32 bytes, from the stretched password: what signs in. The server sees it. */
export type SignInKey = Bytes<'SignInKey'>;
/** 32 bytes, from the stretched password: wraps the vault's seed. The server never sees it. */
export type VaultKey = Bytes<'VaultKey'>;
/** 16 random bytes: what a recovery code spells. */
export type RecoverySecret = Bytes<'RecoverySecret'>;
/** 32 bytes, from the recovery secret: wraps the vault's seed a second time. */
export type RecoveryKey = Bytes<'RecoveryKey'>;
/** 32 random bytes: the private half of an account's X-Wing key pair. */
export type VaultSeed = Bytes<'VaultSeed'>;
/** 1,216 bytes, X-Wing. */
export type VaultPublicKey = Bytes<'VaultPublicKey'>;
/** 32 random bytes: the private half of a request's X-Wing key pair. */
export type RequestSeed = Bytes<'RequestSeed'>;
/** 1,216 bytes, X-Wing. */
export type RequestPublicKey = Bytes<'RequestPublicKey'>;
/** 8 bytes, big-endian. */
export type RequestId = Bytes<'RequestId'>;
/** 8 bytes, big-endian. */
export type ReplyId = Bytes<'ReplyId'>;
/**
 * 12 bytes, new for every encryption: a repeated one under one key gives both plaintexts away.
 * Sealing draws it; only test vectors name one, and lint refuses the name everywhere else.
 */
export type Iv = Bytes<'Iv'>;
/**
 * 64 bytes, new for every encapsulation, with the same rule: who knows it opens what was sealed
 * with it, and who repeats it seals two messages under one key and nonce.
 */
export type EncapsulationRandomness = Bytes<'EncapsulationRandomness'>;

/** @throws ProtocolError bad_length */
type Checker<Named extends Bytes<string>> = (bytes: Uint8Array) => Named;

export const toServerKey = ofLength<ServerKey>(SERVER_KEY_BYTES);
export const toTokenKey = ofLength<TokenKey>(TOKEN_KEY_BYTES);
export const toVerifierKey = ofLength<VerifierKey>(VERIFIER_KEY_BYTES);
export const toAtRestKey = ofLength<AtRestKey>(AT_REST_KEY_BYTES);
export const toMessageId = ofLength<MessageId>(MESSAGE_ID_BYTES);
export const toMessageKey = ofLength<MessageKey>(MESSAGE_KEY_BYTES);
export const toStretchedPassphrase = ofLength<StretchedPassphrase>(STRETCHED_PASSPHRASE_BYTES);
export const toEncryptionKey = ofLength<EncryptionKey>(ENCRYPTION_KEY_BYTES);
export const toOpenProof = ofLength<OpenProof>(PROOF_BYTES);
export const toKeyCommitment = ofLength<KeyCommitment>(KEY_COMMITMENT_BYTES);
export const toKnockProof = ofLength<KnockProof>(PROOF_BYTES);
export const toLinkVerifier = ofLength<LinkVerifier>(VERIFIER_BYTES);
export const toKnockVerifier = ofLength<KnockVerifier>(VERIFIER_BYTES);
export const toSignInKey = ofLength<SignInKey>(SIGN_IN_KEY_BYTES);
export const toVaultKey = ofLength<VaultKey>(VAULT_KEY_BYTES);
export const toRecoverySecret = ofLength<RecoverySecret>(RECOVERY_SECRET_BYTES);
export const toRecoveryKey = ofLength<RecoveryKey>(RECOVERY_KEY_BYTES);
export const toVaultSeed = ofLength<VaultSeed>(X_WING_SEED_BYTES);
export const toVaultPublicKey = ofLength<VaultPublicKey>(X_WING_PUBLIC_KEY_BYTES);
export const toRequestSeed = ofLength<RequestSeed>(X_WING_SEED_BYTES);
export const toRequestPublicKey = ofLength<RequestPublicKey>(X_WING_PUBLIC_KEY_BYTES);
export const toRequestId = ofLength<RequestId>(REQUEST_ID_BYTES);
export const toReplyId = ofLength<ReplyId>(REPLY_ID_BYTES);
export const toIv = ofLength<Iv>(IV_BYTES);
export const toEncapsulationRandomness = ofLength<EncapsulationRandomness>(X_WING_RANDOMNESS_BYTES);

function ofLength<Named extends Bytes<string>>(length: number): Checker<Named> {
  return (bytes) => {
    if (bytes.length !== length) throw new ProtocolError('bad_length');
    // The copy makes a plain Uint8Array of a Buffer, and detaches it from whatever
    // pool or message it came in. The brand exists at compile time only.
    return new Uint8Array(bytes) as Named;
  };
}

/** Draws from the system's generator. `length` at most 65,536, as WebCrypto has it. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * Whether two byte strings are equal, in a time that depends on their lengths
 * only: no branch and no index depends on a byte.
 */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) {
    difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  }
  return difference === 0;
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

/**
 * The text that these bytes are, to the letter: a leading U+FEFF belongs to it
 * like any other character.
 *
 * @throws ProtocolError bad_envelope for anything but valid UTF-8
 */
export function decodeStrictUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new ProtocolError('bad_envelope');
    throw error;
  }
}

/** 2 bytes, big-endian. `value` is a whole number below 2^16. */
export function uint16(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value);
  return bytes;
}

/** 4 bytes, big-endian. `value` is a whole number below 2^32. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** 8 bytes, big-endian. `value` is below 2^64 and not negative. */
export function uint64(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}

/** The label and a zero byte, which no label contains: no label is the start of another's data. */
export function encodeLabel(label: string): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8(label), Uint8Array.of(0));
}

/** 0x00, or 0x01 and the bytes. Their length must be fixed by the caller. */
export function encodeOptional(bytes: Uint8Array | null): Uint8Array<ArrayBuffer> {
  return bytes === null ? Uint8Array.of(0) : concatBytes(Uint8Array.of(1), bytes);
}

/*
 * base64url without padding (RFC 4648, section 5), canonical only: one byte string has one
 * spelling, so one link has one spelling (specification: Encodings). The platform's decoders
 * forgive padding, white space, other alphabets and spare bits; hence this one.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NOT_A_DIGIT = 255;

const CHARACTERS = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const DIGITS = new Uint8Array(128).fill(NOT_A_DIGIT);
CHARACTERS.forEach((character, digit) => {
  DIGITS[character] = digit;
});

/** Characters that `byteLength` bytes take. */
function base64urlLength(byteLength: number): number {
  return Math.ceil((byteLength * 4) / 3);
}

export function encodeBase64url(bytes: Uint8Array): string {
  // Whole groups of four first: the last group may reach beyond the text, and is cut.
  const characters = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let read = 0, written = 0; read < bytes.length; read += 3, written += 4) {
    const group =
      ((bytes[read] ?? 0) << 16) | ((bytes[read + 1] ?? 0) << 8) | (bytes[read + 2] ?? 0);
    characters[written] = CHARACTERS[group >> 18] ?? 0;
    characters[written + 1] = CHARACTERS[(group >> 12) & 63] ?? 0;
    characters[written + 2] = CHARACTERS[(group >> 6) & 63] ?? 0;
    characters[written + 3] = CHARACTERS[group & 63] ?? 0;
  }
  return new TextDecoder().decode(characters.subarray(0, base64urlLength(bytes.length)));
}

/**
 * @param expectedLength bytes; any other length is refused before a character is looked at
 * @throws ProtocolError bad_length, bad_base64url
 */
export function decodeBase64url(text: string, expectedLength?: number): Uint8Array<ArrayBuffer> {
  if (expectedLength !== undefined && text.length !== base64urlLength(expectedLength)) {
    throw new ProtocolError('bad_length');
  }
  if (text.length % 4 === 1) throw new ProtocolError('bad_base64url');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let written = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = DIGITS[text.charCodeAt(index)] ?? NOT_A_DIGIT;
    if (digit === NOT_A_DIGIT) throw new ProtocolError('bad_base64url');
    bits = ((bits << 6) | digit) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[written++] = (bits >> bitCount) & 255;
    }
  }
  // What is left over must be zero, or a second spelling of the same bytes would pass.
  if ((bits & ((1 << bitCount) - 1)) !== 0) throw new ProtocolError('bad_base64url');
  return bytes;
}
