/**
 * What the page that comes says first, once. Handed over in this tab and not in its address: a link
 * could say it of anybody.
 */
const NAME = 'sealpost-parting';
const WORDS = ['signedOut', 'accountDeleted'] as const;
export type PartingWord = (typeof WORDS)[number];

export function leaveWord(word: PartingWord): void {
  try {
    sessionStorage.setItem(NAME, word);
  } catch {
    // Storage may be forbidden here: then nothing is said.
  }
}

/** Gives it and forgets it. */
export function takeWord(): PartingWord | null {
  try {
    const left = sessionStorage.getItem(NAME);
    sessionStorage.removeItem(NAME);
    return WORDS.find((word) => word === left) ?? null;
  } catch {
    return null;
  }
}
