'use client';

import { useCallback, useEffect, useRef, useState, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import { Button, type ButtonProps } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { ShownText } from '@/components/ui/shown-value';
import { downloadText } from '@/lib/browser/download-text';
import { watchForLeaving } from '@/lib/browser/watch-for-leaving';
import type { Envelope } from '@/lib/protocol/envelope';
import { secretAsText } from '@/lib/secrets/secret-as-text';
import { common } from '@/messages/en/common';

export interface ShownSecretProps {
  readonly secret: Envelope;
  /** Of the element that shows the text. */
  readonly id: string;
  readonly ref?: Ref<HTMLElement>;
  readonly words: { readonly region: string; readonly masked: string; readonly copy: string };
  /** Of the file that it can be saved as. */
  readonly fileName: string;
  readonly variant?: ButtonProps['variant'];
  /** Whether this tab can show it again, so that leaving loses nothing. */
  readonly isHeld: boolean;
  /** Takes the secret out of the page's state; `byPerson` or because the page was left. */
  readonly onHide: (byPerson: boolean) => void;
  /** Its reader has a copy of their own. */
  readonly onTaken: () => void;
}

const words = common.opened;

/**
 * A secret or a reply in clear, as text or field by field: markup in it stays what it is. It goes
 * when the person deletes it, when the page is left, and when it has been in the background for long.
 * Hiding only covers it.
 */
export function ShownSecret({
  secret,
  id,
  ref,
  variant,
  isHeld,
  onTaken,
  ...rest
}: ShownSecretProps) {
  const { onHide } = rest;
  const text = () => secretAsText(secret);
  const isHydrated = useHydrated();
  const [isMasked, setMasked] = useState(false);
  const isOnlyHere = useRef(true);

  useEffect(
    // At once, not in the next render: a page that is put away keeps what it shows.
    () => watchForLeaving(() => flushSync(() => onHide(false))),
    [onHide],
  );
  useLeaveGuard(useCallback(() => isOnlyHere.current && !isHeld, [isHeld]));

  function take() {
    isOnlyHere.current = false;
    onTaken();
  }

  return (
    <>
      <section ref={ref} aria-label={rest.words.region} tabIndex={-1} translate="no">
        {isMasked ? (
          <p className="rounded-base border border-edge bg-card p-4 text-muted">
            {rest.words.masked}
          </p>
        ) : secret.kind === 'text' ? (
          <ShownText id={id}>{secret.text}</ShownText>
        ) : (
          <ShownFields fields={secret.fields} />
        )}
      </section>
      {isHydrated && (
        <div className="grid gap-3">
          <div className="actions">
            <CopyButton
              variant={variant}
              text={text}
              sourceId={secret.kind === 'text' && !isMasked ? id : undefined}
              words={common.copying}
              onCopied={take}
            >
              {rest.words.copy}
            </CopyButton>
            <Button
              onClick={() => {
                downloadText(text(), rest.fileName);
                take();
              }}
            >
              {words.download}
            </Button>
            <Button onClick={() => setMasked(!isMasked)}>
              {isMasked ? words.show : words.hide}
            </Button>
          </div>
          <IrreversibleAct
            variant="plain"
            label={words.remove.button}
            words={words.remove}
            pending={false}
            pendingText={null}
            onConfirm={() => {
              isOnlyHere.current = false;
              onHide(true);
            }}
          />
        </div>
      )}
    </>
  );
}
