export type CopyOutcome = 'copied' | 'selected' | 'failed';

/**
 * Puts `text` on the clipboard. Where the browser refuses (no https, no
 * permission), the text of `source` stands selected, for the person to copy.
 */
export async function copyText(text: string, source: HTMLElement | null): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // Refused, or there is no clipboard here at all: the selection is what is left.
  }
  if (source === null) return 'failed';
  selectText(source);
  return 'selected';
}

function selectText(source: HTMLElement): void {
  if (source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement) {
    source.focus();
    source.select();
    return;
  }
  getSelection()?.selectAllChildren(source);
}
