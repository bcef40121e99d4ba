/**
 * The recovery code: 128 random bits and a checksum, as a person copies them:
 * Crockford's base32, which has no letters that look like figures.
 */
import { encodeLabel } from './associated-data';
import {
  concatBytes,
  constantTimeEqual,
  randomBytes,
  toRecoveryKey,
  type RecoveryKey,
} from './bytes';
import {
  LABELS,
  RECOVERY_CHECKSUM_BYTES,
  RECOVERY_CODE_BYTES,
  RECOVERY_KEY_BYTES,
} from './constants';
import { ProtocolError } from './errors';
import { deriveBytes } from './hkdf';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = ((RECOVERY_CODE_BYTES + RECOVERY_CHECKSUM_BYTES) * 8) / 5;

/** 32 characters in eight groups of four. */
export async function createRecoveryCode(): Promise<string> {
  const secret = randomBytes(RECOVERY_CODE_BYTES);
  return encode(concatBytes(secret, await checksumOf(secret)));
}

/**
 * The 16 bytes of a code as it was typed: case, spaces and dashes don't count,
 * O is 0, I and L are 1.
 * @throws ProtocolError bad_recovery_code
 */
export async function readRecoveryCode(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = decode(text);
  const secret = bytes.subarray(0, RECOVERY_CODE_BYTES);
  const checksum = bytes.subarray(RECOVERY_CODE_BYTES);
  if (!constantTimeEqual(checksum, await checksumOf(secret))) {
    throw new ProtocolError('bad_recovery_code');
  }
  return new Uint8Array(secret);
}

export async function deriveRecoveryKey(secret: Uint8Array): Promise<RecoveryKey> {
  if (secret.length !== RECOVERY_CODE_BYTES) throw new ProtocolError('bad_length');
  return toRecoveryKey(
    await deriveBytes(new Uint8Array(secret), LABELS.vaultRecovery, RECOVERY_KEY_BYTES),
  );
}

async function checksumOf(secret: Uint8Array): Promise<Uint8Array> {
  const labelled = concatBytes(encodeLabel(LABELS.recoveryCode), secret);
  const digest = await globalThis.crypto.subtle.digest('SHA-256', labelled);
  return new Uint8Array(digest).subarray(0, RECOVERY_CHECKSUM_BYTES);
}

function encode(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const characters = bits.match(/.{5}/g) ?? [];
  const code = characters.map((group) => ALPHABET.charAt(parseInt(group, 2))).join('');
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

function decode(text: string): Uint8Array {
  const code = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const digits = Array.from(code, (character) => ALPHABET.indexOf(character));
  if (digits.length !== CHARACTERS || digits.includes(-1)) {
    throw new ProtocolError('bad_recovery_code');
  }
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
}
