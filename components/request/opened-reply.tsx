import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { Notice } from '@/components/ui/notice';
import { ShownText } from '@/components/ui/shown-value';
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
  const [isMasked, setMasked] = useState(false);
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  useEffect(
    // At once, not in the next render: a page that is put away keeps what it shows.
    () => watchForLeaving(() => flushSync(onHide)),
    [onHide],
  );
  return (
    <div className="grid gap-4">
      <section ref={region} aria-label={words.region} tabIndex={-1} translate="no">
        {isMasked ? (
          <p className="rounded-base border border-edge bg-card p-4 text-muted">{words.masked}</p>
        ) : secret.kind === 'text' ? (
          <ShownText id={TEXT_ID}>{secret.text}</ShownText>
        ) : (
          <ShownFields fields={secret.fields} />
        )}
      </section>
      <div className="actions">
        <CopyButton
          text={() => secretAsText(secret)}
          sourceId={secret.kind === 'text' && !isMasked ? TEXT_ID : undefined}
          words={common.copying}
        >
          {words.copy}
        </CopyButton>
        <Button onClick={() => setMasked(!isMasked)}>{isMasked ? words.show : words.hide}</Button>
      </div>
      <IrreversibleAct
        variant="plain"
        label={words.remove.button}
        words={words.remove}
        pending={false}
        pendingText={null}
        onConfirm={onHide}
      />
      <Notice tone="warning">
        <p>{words.onlyCopy}</p>
        <p>{words.leaves}</p>
      </Notice>
    </div>
  );
}
