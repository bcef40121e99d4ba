/** Words in a generated passphrase: 6 of 2048, which is 66 bits. */
export const GENERATED_WORDS = 6;

const LIST_LENGTH = 2048;

/**
 * Draws six words from the BIP 39 list, joined by hyphens. The list's length
 * is a power of two, so cutting random 16-bit numbers down to 11 bits favours
 * no word. The list is loaded when first asked for (6 kB).
 */
export async function generatePassphrase(): Promise<string> {
  const { wordlist } = await import('@scure/bip39/wordlists/english.js');
  const numbers = crypto.getRandomValues(new Uint16Array(GENERATED_WORDS));
  return Array.from(numbers, (number) => wordlist[number % LIST_LENGTH]).join('-');
}
