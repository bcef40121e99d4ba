import type { Ask } from '@/components/account/account-form';
import { ActButton, ActRow } from '@/components/account/act-button';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { FailedTriesView, SessionView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface SessionListProps {
  readonly sessions: readonly SessionView[];
  /** Of this browser. */
  readonly currentId: string;
  readonly endSession: Ask<DoneResult>;
  readonly endOtherSessions: Ask<DoneResult>;
}

/** The browsers that are signed in, with a way to sign out each but this one. */
export function SessionList(props: SessionListProps) {
  const { sessions, currentId, endSession, endOtherSessions } = props;
  const words = settings.security.sessions;
  return (
    <>
      <ul className="border-t border-line">
        {sessions.map(({ id, device, lastSeenAt }) => {
          const name = device === '' ? words.unknownDevice : device;
          return (
            <ActRow
              key={id}
              title={
                <>
                  {name}
                  {id === currentId && <span className="text-muted"> ({words.thisOne})</span>}
                </>
              }
              detail={words.lastSeen}
              at={lastSeenAt}
            >
              {id !== currentId && (
                <ActButton
                  act="endSession"
                  action={endSession}
                  fields={{ sessionId: id }}
                  label={words.end}
                  ariaLabel={fill(words.endOf, { device: name })}
                  pendingText={words.ending}
                />
              )}
            </ActRow>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <ActButton
          act="endOtherSessions"
          action={endOtherSessions}
          fields={{}}
          label={words.endOthers}
          pendingText={words.ending}
        />
      )}
    </>
  );
}

/** How often an attempt to get in failed. */
export function FailedTries({ failed }: { readonly failed: FailedTriesView | null }) {
  const words = settings.security.failed;
  if (failed === null) return <p>{words.none}</p>;
  const { count, since } = failed;
  return (
    <p>
      {count === 1 ? words.one : fill(words.many, { count })} <TimeStamp at={since} />.
    </p>
  );
}
