/**
 * The recovery code: what opens a vault whose password is forgotten. Rules: it is
 * random, so nothing has to be stretched; it is shown once and stored nowhere; it
 * is copied from paper, so reading forgives what people and fonts confuse, and a
 * checksum tells a slip of the pen from a code of something else.
 */
import { encodeLabel } from './associated-data';
import {
  concatBytes,
  constantTimeEqual,
  randomBytes,
  toRecoveryKey,
  toRecoverySecret,
  type RecoveryKey,
  type RecoverySecret,
} from './bytes';
import {
  LABELS,
  MAX_TYPED_RECOVERY_CODE,
  RECOVERY_CHECKSUM_BYTES,
  RECOVERY_CODE_CHARACTERS,
  RECOVERY_CODE_GROUP,
  RECOVERY_KEY_BYTES,
  RECOVERY_SECRET_BYTES,
} from './constants';
import { sha256 } from './digest';
import { ProtocolError } from './errors';
import { deriveBytes } from './hkdf';

/** Crockford's base32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_CHARACTER = 5;

/** White space, and every dash or hyphen that an editor may make of one. */
const SEPARATORS = /[\s\u200b\u002d\u00ad\u2010-\u2015\u2212]/gu;

/** Draws a new code: 32 characters in eight groups of four, joined by hyphens. */
export async function createRecoveryCode(): Promise<string> {
  return formatRecoveryCode(toRecoverySecret(randomBytes(RECOVERY_SECRET_BYTES)));
}

/** The one spelling of a secret; reading accepts others. */
export async function formatRecoveryCode(secret: RecoverySecret): Promise<string> {
  const characters = encodeBase32(concatBytes(secret, await checksum(secret)));
  const groups: string[] = [];
  for (let start = 0; start < characters.length; start += RECOVERY_CODE_GROUP) {
    groups.push(characters.slice(start, start + RECOVERY_CODE_GROUP));
  }
  return groups.join('-');
}

/**
 * Reads a code as somebody typed it: in any case, with any dashes and white
 * space, with O for 0 and I or L for 1.
 *
 * @returns 16 bytes
 * @throws ProtocolError bad_recovery_code
 */
export async function readRecoveryCode(text: string): Promise<RecoverySecret> {
  if (text.length > MAX_TYPED_RECOVERY_CODE) throw new ProtocolError('bad_recovery_code');
  const bytes = decodeBase32(withoutConfusion(text));
  const secret = toRecoverySecret(bytes.subarray(0, RECOVERY_SECRET_BYTES));
  const found = bytes.subarray(RECOVERY_SECRET_BYTES);
  if (!constantTimeEqual(found, await checksum(secret))) {
    throw new ProtocolError('bad_recovery_code');
  }
  return secret;
}

/**
 * @param secret 16 bytes
 * @throws ProtocolError bad_length
 */
export async function deriveRecoveryKey(secret: Uint8Array): Promise<RecoveryKey> {
  const keyMaterial = toRecoverySecret(secret);
  return toRecoveryKey(await deriveBytes(keyMaterial, LABELS.vaultRecovery, RECOVERY_KEY_BYTES));
}

async function checksum(secret: RecoverySecret): Promise<Uint8Array<ArrayBuffer>> {
  const digest = await sha256(concatBytes(encodeLabel(LABELS.recoveryCode), secret));
  return digest.subarray(0, RECOVERY_CHECKSUM_BYTES);
}

/** Letters of ASCII only: upper-casing all of Unicode would make an S of ſ. */
function withoutConfusion(text: string): string {
  return text
    .replace(SEPARATORS, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** The first bit of the first byte is the highest of the first character. */
function encodeBase32(bytes: Uint8Array): string {
  let characters = '';
  let bits = 0;
  let bitCount = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    bitCount += 8;
    while (bitCount >= BITS_PER_CHARACTER) {
      bitCount -= BITS_PER_CHARACTER;
      characters += ALPHABET.charAt((bits >> bitCount) & 31);
      bits &= (1 << bitCount) - 1;
    }
  }
  return characters;
}

function decodeBase32(characters: string): Uint8Array<ArrayBuffer> {
  if (characters.length !== RECOVERY_CODE_CHARACTERS) {
    throw new ProtocolError('bad_recovery_code');
  }
  const bytes = new Uint8Array(RECOVERY_SECRET_BYTES + RECOVERY_CHECKSUM_BYTES);
  let bits = 0;
  let bitCount = 0;
  let written = 0;
  for (const character of characters) {
    const digit = ALPHABET.indexOf(character);
    if (digit === -1) throw new ProtocolError('bad_recovery_code');
    bits = (bits << BITS_PER_CHARACTER) | digit;
    bitCount += BITS_PER_CHARACTER;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[written++] = bits >> bitCount;
      bits &= (1 << bitCount) - 1;
    }
  }
  return bytes;
}
