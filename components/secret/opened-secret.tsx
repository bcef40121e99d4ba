'use client';

import { useEffect, useRef, useState, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { useLeaveGuard } from '@/components/form/use-work';
import type { Again } from '@/components/secret/message-view';
import { Seal } from '@/components/site/seal';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { Button, type ButtonProps } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/script-only';
import { ShownText } from '@/components/ui/shown-value';
import { WithTime } from '@/components/ui/time-stamp';
import { brand } from '@/lib/brand';
import { downloadText } from '@/lib/browser/download-text';
import { watchForLeaving } from '@/lib/browser/leave-page';
import type { Envelope } from '@/lib/protocol/envelope';
import { secretAsText } from '@/lib/secrets/field-rules';
import { common } from '@/messages/en/common';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

export interface OpenedSecretProps extends Pick<ShownSecretProps, 'secret' | 'onHide' | 'onTaken'> {
  readonly again: Again;
  readonly arrives: boolean;
}

const words = open.opened;

/** The page on which a secret is read. */
export function OpenedSecret({ again, arrives, ...props }: OpenedSecretProps) {
  const isHydrated = useHydrated();
  return (
    <div className="grid gap-6">
      <div className="grid gap-4">
        <Seal state="broken" moves={arrives} className="size-14" />
        <ArrivingHeading
          arrives={arrives}
          above={fill(open.from, { brand: brand.name })}
          lead={<Lead again={again} />}
        >
          {words.heading}
        </ArrivingHeading>
      </div>
      <ShownSecret
        {...props}
        id="secret-text"
        words={words}
        fileName={words.fileName}
        variant="primary"
        isHeld={again !== null}
      />
      <Notice tone="warning">
        <p>{words.keep}</p>
        {isHydrated && <p>{common.opened.leaves}</p>}
      </Notice>
    </div>
  );
}

function Lead({ again }: Pick<OpenedSecretProps, 'again'>) {
  if (again === null) return words.onlyCopy;
  if (again === 'posting') return words.onlyCopyForNow;
  return <WithTime sentence={words.onlyCopyUntil} at={again.until} />;
}

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
  useLeaveGuard(() => isOnlyHere.current && !isHeld);

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
              {common.opened.download}
            </Button>
            <Button onClick={() => setMasked(!isMasked)}>
              {isMasked ? common.opened.show : common.opened.hide}
            </Button>
          </div>
          <IrreversibleAct
            variant="plain"
            label={common.opened.remove.button}
            words={common.opened.remove}
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
