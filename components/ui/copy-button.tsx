'use client';

import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/notice';

type CopyOutcome = 'copied' | 'selected' | 'failed';

/** How long the button says what happened, in milliseconds. */
const SAID_FOR_MS = 4000;

export interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'pending' | 'pendingText'> {
  /** What to copy, or how to get it: ask for a secret only when the button is pressed. */
  readonly text: string | (() => string);
  /** The id of the element that shows the text, to select it where copying is refused. */
  readonly sourceId?: string | undefined;
  readonly words: Readonly<Record<CopyOutcome, string>>;
  /** It is on the clipboard. */
  readonly onCopied?: (() => void) | undefined;
}

/** Copies, and says so in its own place and aloud. Its accessible name stays what it was. */
export function CopyButton({
  text,
  sourceId,
  words,
  onCopied,
  children,
  ...rest
}: CopyButtonProps) {
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    setOutcome(null);
    const source = sourceId === undefined ? null : document.getElementById(sourceId);
    const outcome = await copyText(typeof text === 'string' ? text : text(), source);
    setOutcome(outcome);
    if (outcome === 'copied') onCopied?.();
  }

  const said = outcome === null ? '' : words[outcome];
  return (
    <>
      <Button {...rest} onClick={() => void copy()}>
        <span className="swap" data-swapped={outcome !== null || undefined}>
          <span className="swap-first">{children}</span>
          <span className="swap-second" aria-hidden="true">
            {words[outcome ?? 'copied']}
          </span>
        </span>
      </Button>
      <LiveRegion hidden>{said}</LiveRegion>
    </>
  );
}

/**
 * Puts `text` on the clipboard. Where the browser refuses (no https, no
 * permission), the text of `source` stands selected, for the person to copy.
 */
async function copyText(text: string, source: HTMLElement | null): Promise<CopyOutcome> {
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
