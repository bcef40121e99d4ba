'use client';

import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from '@/components/ui/button';
import { copyText, type CopyOutcome } from '@/components/ui/copy-text';
import { LiveRegion } from '@/components/ui/live-region';

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
