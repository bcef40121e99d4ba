import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { watchForLeaving } from '@/lib/browser/watch-for-leaving';
import type { Envelope } from '@/lib/protocol/envelope';
import { secretAsText } from '@/lib/secrets/secret-as-text';
import { common } from '@/messages/en/common';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.opened;

const TEXT_ID = 'reply-text';

export interface OpenedReplyProps {
  readonly secret: Envelope;
  /** Takes the reply out of the page's state. */
  readonly onHide: () => void;
}

/** A reply in clear. It goes when it is hidden, when the page is left, or after long in the background. */
export function OpenedReply({ secret, onHide }: OpenedReplyProps) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  useEffect(
    // At once, not in the next render: a page that is put away keeps what it shows.
    () => watchForLeaving(() => flushSync(onHide)),
    [onHide],
  );
  return (
    <div className="grid gap-4">
      <section ref={region} aria-label={words.region} tabIndex={-1}>
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
      <div className="actions">
        <CopyButton
          text={() => secretAsText(secret)}
          sourceId={secret.kind === 'text' ? TEXT_ID : undefined}
          words={common.copying}
        >
          {words.copy}
        </CopyButton>
        <Button onClick={onHide}>{words.hide}</Button>
      </div>
      <Notice tone="warning">
        <p>{words.onlyCopy}</p>
        <p>{words.leaves}</p>
      </Notice>
    </div>
  );
}
