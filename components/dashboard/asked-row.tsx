import { WithTime } from '@/components/secret/with-time';
import type { AskedRequest } from '@/lib/dashboard/outcomes';
import { dashboard } from '@/messages/en/dashboard';
import { fill } from '@/messages/fill';

/** A request: what was asked, what came, and where to read it. */
export function AskedRow(request: AskedRequest) {
  const words = dashboard.request;
  const { repliesAllowed, placesTaken, repliesWaiting, lastReplyAt } = request;
  const { repliesKeptClosed, repliesErased } = request;
  const hasNews = repliesWaiting > 0 || repliesKeptClosed > 0 || repliesErased > 0;
  return (
    <article className="grid gap-1">
      <p className="text-sm text-muted">{words.kind}</p>
      <h2 dir="auto" className="text-lg wrap-anywhere">
        <a href={`/requests/${request.id}`} className="inline-flex min-h-11 items-center">
          {request.question}
        </a>
      </h2>
      {/* What there is to do comes before what the request waits for. */}
      {repliesWaiting > 0 && (
        <p>{fill(words.toRead[request.readers], { count: repliesWaiting })}</p>
      )}
      {repliesKeptClosed > 0 && <p>{fill(words.keptClosed, { count: repliesKeptClosed })}</p>}
      {repliesErased > 0 && <p>{fill(words.erased, { count: repliesErased })}</p>}
      <p className={hasNews ? 'text-sm text-muted' : undefined}>
        {request.condition === 'open' && placesTaken > 0
          ? words.openForMore
          : words.states[request.condition]}
      </p>
      <ul className="flex flex-wrap gap-x-5 text-sm text-muted">
        <li>{fill(words.replies, { received: placesTaken, allowed: repliesAllowed })}</li>
        {lastReplyAt !== null && (
          <li>
            <WithTime sentence={words.lastReply} at={lastReplyAt} />
          </li>
        )}
        <li>
          <WithTime sentence={words.created} at={request.createdAt} />
        </li>
        {request.condition === 'open' && (
          <li>
            <WithTime sentence={words.expires} at={request.expiresAt} />
          </li>
        )}
        {!request.isMine && request.createdBy !== null && (
          <li>{fill(words.from, { name: request.createdBy })}</li>
        )}
      </ul>
    </article>
  );
}
