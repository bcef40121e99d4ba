import { useEffect, useRef } from 'react';
import { ShownSecret, type ShownSecretProps } from '@/components/secret/shown-secret';
import { WithTime } from '@/components/secret/with-time';
import { Notice } from '@/components/ui/notice';
import { common } from '@/messages/en/common';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.opened;

export interface OpenedReplyProps extends Pick<ShownSecretProps, 'secret' | 'onHide' | 'onTaken'> {
  /** Until when this tab can show it again, ISO 8601; null if it can't. */
  readonly until: string | null;
}

/** A reply in clear, in its place among the others. */
export function OpenedReply({ until, ...props }: OpenedReplyProps) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  return (
    <div className="grid gap-4">
      <ShownSecret
        {...props}
        id="reply-text"
        ref={region}
        words={words}
        fileName={words.fileName}
        isHeld={until !== null}
      />
      <Notice tone="warning">
        <p>
          {until === null ? words.onlyCopy : <WithTime sentence={words.onlyCopyUntil} at={until} />}
        </p>
        <p>{common.opened.leaves}</p>
      </Notice>
    </div>
  );
}
