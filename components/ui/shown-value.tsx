'use client';

import { useEffect, type ComponentProps, type HTMLAttributes } from 'react';
import { classNames } from '@/components/ui/class-names';
import { SHOWN_SECRET } from '@/components/ui/secret-attributes';

/** Marks what holds one value, and nothing but this value as its text. */
const EXACT_ATTRIBUTE = 'data-exact-value';

export interface ShownValueProps extends HTMLAttributes<HTMLElement> {
  readonly as?: 'div' | 'p' | 'li';
}

/**
 * A secret value in plain sight, the one place for all of them. However it is selected, what is
 * copied is the selected characters and nothing else: no line ends that a browser puts behind a
 * block, no spaces that it folds.
 */
export function ShownValue({ as: Element = 'div', ...rest }: ShownValueProps) {
  useExactCopy();
  return <Element dir="auto" {...rest} {...SHOWN_SECRET} {...{ [EXACT_ATTRIBUTE]: '' }} />;
}

export interface ShownTextProps extends Omit<ComponentProps<'pre'>, 'children'> {
  readonly children: string;
}

/** The same for a text of many lines, in a box of its own. */
export function ShownText({ className, ...rest }: ShownTextProps) {
  useExactCopy();
  // A password alone goes on to the edge before it goes on below: broken at its hyphen it looks like two.
  const isOneWord = !/\s/.test(rest.children.trim());
  return (
    <pre
      tabIndex={0}
      dir="auto"
      {...rest}
      {...SHOWN_SECRET}
      {...{ [EXACT_ATTRIBUTE]: '' }}
      className={classNames(
        'max-h-[70vh] overflow-auto rounded-base border border-edge bg-card p-4 font-mono text-[0.95rem] whitespace-pre-wrap wrap-anywhere',
        isOneWord && '[line-break:anywhere]',
        className,
      )}
    />
  );
}

function useExactCopy(): void {
  useEffect(() => {
    document.addEventListener('copy', copyExactly);
    return () => document.removeEventListener('copy', copyExactly);
  }, []);
}

function copyExactly(event: ClipboardEvent): void {
  const text = event.defaultPrevented ? null : exactSelection(getSelection());
  if (text === null) return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
}

/**
 * What is selected of the one value that the selection touches, character by character. Null where
 * it touches none or several, or text of the page besides: then that is what the person wants.
 */
function exactSelection(selection: Selection | null): string | null {
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
