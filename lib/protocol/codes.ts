/**
 * The codes that people keep on paper: the recovery code, which opens a vault whose password is
 * forgotten, and the list of codes that stand in for the second factor. Rules: both are drawn by
 * the browser at random, so nothing has to be stretched, and shown once. A recovery code is stored
 * nowhere; of a list the browser sends the hashes alone.
 */
import {
  concatBytes,
  constantTimeEqual,
  encodeLabel,
  randomBytes,
  toRecoveryKey,
  toRecoverySecret,
  utf8,
  type RecoveryKey,
  type RecoverySecret,
} from './bytes';
import {
  LABELS,
  LIST_CODE_ALPHABET,
  LIST_CODE_CHARACTERS,
  LIST_CODE_GROUP,
  LIST_CODES,
  MAX_TYPED_RECOVERY_CODE,
  RECOVERY_CHECKSUM_BYTES,
  RECOVERY_CODE_CHARACTERS,
  RECOVERY_CODE_GROUP,
  RECOVERY_KEY_BYTES,
  RECOVERY_SECRET_BYTES,
} from './constants';
import { ProtocolError } from './errors';
import { deriveBytes, sha256 } from './primitives';

/*
 * A recovery code is copied from paper, so reading forgives what people and fonts confuse, and a
 * checksum tells a slip of the pen from a code of something else.
 */

/** Crockford's base32: no I, L, O or U. */
const RECOVERY_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
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
  return inGroups(characters, RECOVERY_CODE_GROUP);
}

/**
 * Reads a code as a person typed it: in any case, with any dashes and white
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

/** What wraps the vault's seed a second time. */
export async function deriveRecoveryKey(secret: RecoverySecret): Promise<RecoveryKey> {
  return toRecoveryKey(await deriveBytes(secret, LABELS.vaultRecovery, RECOVERY_KEY_BYTES));
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
      characters += RECOVERY_ALPHABET.charAt((bits >> bitCount) & 31);
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
    const digit = RECOVERY_ALPHABET.indexOf(character);
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

/*
 * No key is in the hash of a list's code, so the list outlives the server's keys, whose loss is one
 * of the days it is for, and 79 random bits need neither a key nor stretching.
 */

/** The largest multiple of 31 in a byte: above it the draw would favour some letters. */
const FAIR = 256 - (256 % LIST_CODE_ALPHABET.length);

/** A new list: ten codes of four groups of four, joined by hyphens. */
export function drawCodeList(): readonly string[] {
  const codes = new Set<string>();
  while (codes.size < LIST_CODES) codes.add(drawCode());
  return Array.from(codes);
}

function drawCode(): string {
  let code = '';
  while (code.length < LIST_CODE_CHARACTERS) {
    const byte = randomBytes(1)[0] ?? FAIR;
    if (byte < FAIR) code += LIST_CODE_ALPHABET.charAt(byte % LIST_CODE_ALPHABET.length);
  }
  return inGroups(code, LIST_CODE_GROUP);
}

/** A code as it is hashed, in whatever spelling it was typed: spaces and dashes are how people read codes aloud. */
export function foldListCode(text: string): string {
  return text.replaceAll(/[\s-]/g, '').toLowerCase();
}

/** Whether a folded text is a code of some list. */
export function isListCode(code: string): boolean {
  return (
    code.length === LIST_CODE_CHARACTERS &&
    Array.from(code).every((character) => LIST_CODE_ALPHABET.includes(character))
  );
}

/**
 * What the server keeps of a code, 32 bytes.
 *
 * @param accountId UUID in lower case
 * @param code in any spelling
 */
export function hashListCode(accountId: string, code: string): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(utf8(`${LABELS.listCode} ${accountId} ${foldListCode(code)}`));
}

function inGroups(characters: string, length: number): string {
  return characters.replaceAll(new RegExp(`(.{${length}})(?=.)`, 'g'), '$1-');
}
