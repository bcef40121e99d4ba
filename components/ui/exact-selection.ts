/** Marks what holds one value, and nothing but this value as its text. */
export const EXACT_ATTRIBUTE = 'data-exact-value';

/**
 * What is selected of the one value that the selection touches, character by character. Null where
 * it touches none or several, or text of the page besides: then that is what the person wants.
 */
export function exactSelection(selection: Selection | null): string | null {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = [...document.querySelectorAll(`[${EXACT_ATTRIBUTE}]`)]
    .map((element) => within(range, element))
    .filter((part) => part !== null);
  const [part] = touched;
  if (part === undefined || touched.length > 1) return null;
  return isBlank(range, part) ? part.toString() : null;
}

/** The part of `range` inside an element; null if there is no character in it. */
function within(range: Range, element: Element): Range | null {
  if (!range.intersectsNode(element)) return null;
  const part = document.createRange();
  part.selectNodeContents(element);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part.toString() === '' ? null : part;
}

/** Whether nothing is selected outside of `part`: a triple click reaches into what comes next. */
function isBlank(range: Range, part: Range): boolean {
  const [before, after] = [range.cloneRange(), range.cloneRange()];
  before.setEnd(part.startContainer, part.startOffset);
  after.setStart(part.endContainer, part.endOffset);
  return before.toString().trim() === '' && after.toString().trim() === '';
}
