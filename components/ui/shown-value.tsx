'use client';

import { useEffect, type ComponentProps, type HTMLAttributes } from 'react';
import { exactSelection, EXACT_ATTRIBUTE } from '@/components/ui/exact-selection';
import { classNames } from '@/components/ui/class-names';
import { SHOWN_SECRET } from '@/components/ui/secret-attributes';

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
