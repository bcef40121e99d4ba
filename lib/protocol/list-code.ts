/**
 * The list of codes that stand in for the second factor. Rules: the browser draws them, shows them
 * once, and sends their hashes alone; no key is in a hash, so the list outlives the server's keys, whose
 * loss is one of the days it is for, and 79 random bits need neither a key nor stretching.
 */
import { randomBytes, utf8 } from './bytes';
import {
  LABELS,
  LIST_CODE_ALPHABET,
  LIST_CODE_CHARACTERS,
  LIST_CODE_GROUP,
  LIST_CODES,
} from './constants';
import { sha256 } from './digest';

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
  return code.replaceAll(new RegExp(`(.{${LIST_CODE_GROUP}})(?=.)`, 'g'), '$1-');
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
