import { useEffect, useRef } from 'react';
import { ShownSecret, type ShownSecretProps } from '@/components/secret/shown-secret';
import { WithTime } from '@/components/secret/with-time';
import { Notice } from '@/components/ui/notice';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.opened;

export interface OpenedReplyProps extends Pick<ShownSecretProps, 'secret' | 'onTaken'> {
  /** Until when this tab can fetch it again, ISO 8601; null if it can't. */
  readonly until: string | null;
  /** Its reader has a copy of their own. */
  readonly isTaken: boolean;
  /** The page was left: takes the reply off the screen, and not out of the tab. */
  readonly onLeave: () => void;
  /** Its reader wants it gone from here. */
  readonly onDelete: () => void;
}

/** A reply in clear, in its place among the others. */
export function OpenedReply(props: OpenedReplyProps) {
  const { secret, until, isTaken, onLeave, onTaken, onDelete } = props;
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  return (
    <div className="grid gap-4">
      <ShownSecret
        secret={secret}
        id="reply-text"
        ref={region}
        words={words}
        fileName={words.fileName}
        isHeld={until !== null || isTaken}
        onHide={(byPerson) => (byPerson ? onDelete() : onLeave())}
        onTaken={onTaken}
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
