'use client';

import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Seal } from '@/components/site/seal';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
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
  readonly arrives: boolean;
  /** Takes the secret out of the page's state; `byPerson` or because the page was left. */
  readonly onHide: (byPerson: boolean) => void;
}

const TEXT_ID = 'secret-text';

/**
 * The secret, as text or field by field: markup in it stays what it is.
 * It goes when the person hides it, when the page is left, and when it has
 * been in the background for long.
 */
export function OpenedSecret({ secret, arrives, onHide }: OpenedSecretProps) {
  const words = open.opened;
  const text = secretAsText(secret);
  const isHydrated = useHydrated();

  useEffect(
    // At once, not in the next render: a page that is put away keeps what it shows.
    () => watchForLeaving(() => flushSync(() => onHide(false))),
    [onHide],
  );

  return (
    <div className="grid gap-6">
      <div className="grid gap-4">
        <Seal state="broken" moves={arrives} className="size-14" />
        <ArrivingHeading
          arrives={arrives}
          above={fill(open.from, { brand: brand.name })}
          // Without a script nobody tells the server that it arrived: it is kept for a lost answer.
          lead={isHydrated ? words.onlyCopy : words.onlyCopyForNow}
        >
          {words.heading}
        </ArrivingHeading>
      </div>
      <section aria-label={words.region}>
        {secret.kind === 'text' ? (
          <pre
            id={TEXT_ID}
            tabIndex={0}
            className="max-h-[70vh] overflow-auto rounded-base border border-edge bg-card p-4 font-mono text-[0.95rem] whitespace-pre-wrap wrap-anywhere"
          >
            {secret.text}
          </pre>
        ) : (
          <ShownFields fields={secret.fields} />
        )}
      </section>
      {isHydrated && (
        <div className="actions">
          <CopyButton
            variant="primary"
            text={text}
            sourceId={secret.kind === 'text' ? TEXT_ID : undefined}
            words={common.copying}
          >
            {words.copy}
          </CopyButton>
          <Button onClick={() => downloadText(text, words.fileName)}>{words.download}</Button>
          <Button onClick={() => onHide(true)}>{words.hide}</Button>
        </div>
      )}
      <Notice tone="warning">
        <p>{words.keep}</p>
        {isHydrated && <p>{words.leaves}</p>}
      </Notice>
    </div>
  );
}
