import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { watchForLeaving } from '@/lib/browser/watch-for-leaving';
import type { Envelope } from '@/lib/protocol/envelope';
import { common } from '@/messages/en/common';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.opened;

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
        <pre>{JSON.stringify(secret)}</pre>
        <CopyButton text="" words={common.copying}>
          x
        </CopyButton>
      </section>
      <div>
        <Button onClick={onHide}>{words.hide}</Button>
      </div>
      <Notice tone="warning">
        <p>{words.onlyCopy}</p>
        <p>{words.leaves}</p>
      </Notice>
    </div>
  );
}
