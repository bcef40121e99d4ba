/** Passphrases of drawn words, and how they are known again. The list is loaded when asked for (6 kB). */
import type { PassphraseProfile } from '@/lib/protocol/passphrase';

/** Words in a generated passphrase: 6 of 2048, which is 66 bits. */
export const GENERATED_WORDS = 6;

const LIST_LENGTH = 2048;
const SIX_WORDS = /^[a-z]+(-[a-z]+){5}$/;

/**
 * Draws six words from the BIP 39 list, joined by hyphens. The list's length
 * is a power of two, so cutting random 16-bit numbers down to 11 bits favours
 * no word.
 */
export async function generatePassphrase(): Promise<string> {
  const words = await loadWords();
  const numbers = crypto.getRandomValues(new Uint16Array(GENERATED_WORDS));
  return Array.from(numbers, (number) => words[number % LIST_LENGTH]).join('-');
}

/** Whether it has the shape of one that was drawn here, whatever its words are. */
export function looksGenerated(passphrase: string): boolean {
  return SIX_WORDS.test(passphrase);
}

/**
 * What typing a new passphrase may differ in. Only one that could have been drawn here forgives
 * anything: of another it can't be told whether its capitals and spaces are meant.
 */
export async function profileOf(passphrase: string): Promise<PassphraseProfile> {
  if (!looksGenerated(passphrase)) return 'verbatim';
  const words = new Set(await loadWords());
  return passphrase.split('-').every((word) => words.has(word)) ? 'words' : 'verbatim';
}

async function loadWords(): Promise<readonly string[]> {
  const { wordlist } = await import('@scure/bip39/wordlists/english.js');
  return wordlist;
}
