const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A base64url text with one character in another's place; still base64url. */
export function changed(text: string, position: number): string {
  const index = ALPHABET.indexOf(text.charAt(position));
  const other = ALPHABET.charAt((index + 32) % ALPHABET.length);
  return text.slice(0, position) + other + text.slice(position + 1);
}
