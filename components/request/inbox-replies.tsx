import { useEffect, useRef } from 'react';
import type { InboxWork, ReadableRequest } from '@/components/request/use-inbox';
import type { ReplyCopy } from '@/components/request/use-reply-copies';
import { ShownSecret } from '@/components/secret/opened-secret';
import { WithTime } from '@/components/ui/time-stamp';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Envelope } from '@/lib/protocol/envelope';
import type { InboxReply, ReplyEnding } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox.replies;
const openedWords = requests.inbox.opened;

export interface InboxRepliesProps {
  readonly work: InboxWork;
  /** null where the member who looks can't read */
  readonly request: ReadableRequest | null;
}

/** The replies, each to be opened once, and afterwards its tombstone. */
export function InboxReplies({ work, request }: InboxRepliesProps) {
  const { inbox, replies } = work;
  return (
    <section aria-labelledby="inbox-replies" className="grid gap-5">
      <h2 id="inbox-replies" className="text-xl">
        {words.heading}
      </h2>
      {inbox.replies.length === 0 && <p className="text-muted">{words.none}</p>}
      <ol className="grid gap-5">
        {inbox.replies.map((reply, index) => {
          const copy = replies.copies.get(reply.id);
          return (
            <li key={reply.id} className="grid gap-3 border-t border-line pt-4">
              <h3 id={`reply-${reply.id}`}>{fill(words.item, { number: index + 1 })}</h3>
              <p className="text-muted">
                <WithTime sentence={words.arrived} at={reply.sentAt} />, {words.seal[reply.seal]}.
              </p>
              <ReplyState reply={reply} work={work} request={request} />
              {copy !== undefined && (
                <CopyHere replyId={reply.id} copy={copy} work={work} request={request} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface ReplyStateProps extends InboxRepliesProps {
  readonly reply: InboxReply;
}

function ReplyState({ reply, work, request }: ReplyStateProps) {
  const { ending, isKeptClosed, isRepeatable, id } = reply;
  const isOpenable = request !== null && !isKeptClosed && (ending === null || isRepeatable);
  return (
    <>
      <p>
        {ending === null && words[isKeptClosed ? 'keptClosed' : waitingFor({ work, request })]}
        {ending !== null && (isRepeatable ? words.repeat : <Tombstone ending={ending} />)}
      </p>
      {isOpenable && (
        <div className="grid justify-items-start gap-2">
          {ending === null && (
            <p id={`reply-${id}-once`} className="text-muted">
              {work.inbox.readers.length > 1 ? words.onlyTime : words.onlyTimeAlone}
            </p>
          )}
          <Button
            variant="primary"
            aria-describedby={`reply-${id}${ending === null ? ` reply-${id}-once` : ''}`}
            pending={work.busyWith === `open ${id}`}
            pendingText={words.opening}
            onClick={(event) => {
              // What a script presses opens nothing.
              if (event.isTrusted) work.open(id, request);
            }}
          >
            {words.open}
          </Button>
        </div>
      )}
    </>
  );
}

/** A vault that opens nothing makes its owner no reader, whatever the list says. */
function waitingFor({ work, request }: InboxRepliesProps) {
  if (request !== null) return 'waiting';
  const hasOthers = work.inbox.readers.some((reader) => reader.accountId !== work.accountId);
  return hasOthers ? 'waitingForOthers' : 'unreadable';
}

function Tombstone({ ending }: { readonly ending: ReplyEnding }) {
  if (ending.kind === 'destroyed') {
    return <WithTime sentence={words.destroyed[ending.by]} at={ending.at} />;
  }
  // The name may hold braces of its own, so it is put in last.
  const { by, at } = ending;
  if (by === null) return <WithTime sentence={words.opened} at={at} />;
  const [before = '', after = ''] = words.openedBy.split('{name}');
  return (
    <>
      {before}
      {by}
      <WithTime sentence={after} at={at} />
    </>
  );
}

interface CopyHereProps extends InboxRepliesProps {
  readonly replyId: string;
  readonly copy: ReplyCopy;
}

/** What this tab has of a reply: in clear, hidden, or deleted. */
function CopyHere({ replyId, copy, work, request }: CopyHereProps) {
  const { shown } = work.replies;
  if (copy.sealedReply === null) return <Notice role="status">{openedWords.deleted}</Notice>;
  if (shown?.replyId === replyId) return <OpenedReply {...shown} copy={copy} work={work} />;
  return (
    <Notice>
      <p>{openedWords.hidden}</p>
      {request !== null && (
        <Button
          aria-describedby={`reply-${replyId}`}
          pending={work.busyWith === `show ${replyId}`}
          pendingText={words.opening}
          onClick={() => work.showAgain(replyId, request)}
        >
          {openedWords.showAgain}
        </Button>
      )}
    </Notice>
  );
}

interface OpenedReplyProps extends Omit<CopyHereProps, 'request'> {
  readonly secret: Envelope;
}

/** A reply in clear, in its place among the others. */
function OpenedReply({ replyId, copy: { until, isTaken }, secret, work }: OpenedReplyProps) {
  const { hide, take, remove } = work.replies;
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  return (
    <div className="grid gap-4">
      <ShownSecret
        secret={secret}
        id="reply-text"
        ref={region}
        words={openedWords}
        fileName={openedWords.fileName}
        isHeld={until !== null || isTaken}
        // Leaving the page takes the reply off the screen, and not out of the tab.
        onHide={(byPerson) => (byPerson ? remove(replyId) : hide())}
        onTaken={() => take(replyId)}
      />
      <Notice tone="warning">
        <p>
          {until === null ? (
            openedWords.onlyCopy
          ) : (
            <WithTime sentence={openedWords.onlyCopyUntil} at={until} />
          )}
        </p>
        <p>{openedWords.leaves}</p>
      </Notice>
    </div>
  );
}
