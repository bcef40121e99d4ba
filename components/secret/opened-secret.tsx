'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import type { Again } from '@/components/secret/message-view';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import { WithTime } from '@/components/secret/with-time';
import { Seal } from '@/components/site/seal';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { Notice } from '@/components/ui/notice';
import { ShownText } from '@/components/ui/shown-value';
import { downloadText } from '@/lib/browser/download-text';
import { watchForLeaving } from '@/lib/browser/watch-for-leaving';
import type { Envelope } from '@/lib/protocol/envelope';
import { secretAsText } from '@/lib/secrets/secret-as-text';
import { common } from '@/messages/en/common';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';
import { brand } from '@/lib/brand';

export interface OpenedSecretProps {
  readonly secret: Envelope;
  readonly again: Again;
  readonly arrives: boolean;
  /** Takes the secret out of the page's state; `byPerson` or because the page was left. */
  readonly onHide: (byPerson: boolean) => void;
  /** Its reader has a copy of their own. */
  readonly onTaken: () => void;
}

const TEXT_ID = 'secret-text';
const words = open.opened;

/**
 * The secret, as text or field by field: markup in it stays what it is.
 * It goes when the person deletes it, when the page is left, and when it has
 * been in the background for long. Hiding only covers it.
 */
export function OpenedSecret({ secret, again, arrives, onHide, onTaken }: OpenedSecretProps) {
  const text = secretAsText(secret);
  const isHydrated = useHydrated();
  const [isMasked, setMasked] = useState(false);
  const isOnlyHere = useRef(true);

  useEffect(
    // At once, not in the next render: a page that is put away keeps what it shows.
    () => watchForLeaving(() => flushSync(() => onHide(false))),
    [onHide],
  );
  useLeaveGuard(useCallback(() => isOnlyHere.current && again === null, [again]));

  function take() {
    isOnlyHere.current = false;
    onTaken();
  }

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
      <section aria-label={words.region} translate="no">
        {isMasked ? (
          <p className="rounded-base border border-edge bg-card p-4 text-muted">{words.masked}</p>
        ) : secret.kind === 'text' ? (
          <ShownText id={TEXT_ID}>{secret.text}</ShownText>
        ) : (
          <ShownFields fields={secret.fields} />
        )}
      </section>
      {isHydrated && (
        <div className="grid gap-3">
          <div className="actions">
            <CopyButton
              variant="primary"
              text={text}
              sourceId={secret.kind === 'text' && !isMasked ? TEXT_ID : undefined}
              words={common.copying}
              onCopied={take}
            >
              {words.copy}
            </CopyButton>
            <Button
              onClick={() => {
                downloadText(text, words.fileName);
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
      <Notice tone="warning">
        <p>{words.keep}</p>
        {isHydrated && <p>{words.leaves}</p>}
      </Notice>
    </div>
  );
}

function Lead({ again }: Pick<OpenedSecretProps, 'again'>) {
  if (again === null) return words.onlyCopy;
  if (again === 'posting') return words.onlyCopyForNow;
  return <WithTime sentence={words.onlyCopyUntil} at={again.until} />;
}
