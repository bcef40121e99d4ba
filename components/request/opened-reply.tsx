import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ShownFields } from '@/components/fields/shown-fields';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import { WithTime } from '@/components/secret/with-time';
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
  /** Until when this tab can show it again, ISO 8601; null if it can't. */
  readonly until: string | null;
  /** Takes the reply out of the page's state; `byPerson` or because the page was left. */
  readonly onHide: (byPerson: boolean) => void;
  /** Its reader has a copy of their own. */
  readonly onTaken: () => void;
}

/** A reply in clear. It goes when it is hidden, when the page is left, or after long in the background. */
export function OpenedReply({ secret, until, onHide, onTaken }: OpenedReplyProps) {
  const [isMasked, setMasked] = useState(false);
  const isOnlyHere = useRef(true);
  useLeaveGuard(useCallback(() => isOnlyHere.current && until === null, [until]));
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  useEffect(
    // At once, not in the next render: a page that is put away keeps what it shows.
    () => watchForLeaving(() => flushSync(() => onHide(false))),
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
          onCopied={() => {
            isOnlyHere.current = false;
            onTaken();
          }}
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
        onConfirm={() => onHide(true)}
      />
      <Notice tone="warning">
        <p>
          {until === null ? words.onlyCopy : <WithTime sentence={words.onlyCopyUntil} at={until} />}
        </p>
        <p>{words.leaves}</p>
      </Notice>
    </div>
  );
}
