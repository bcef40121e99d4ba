import { ActButton } from '@/components/settings/act-button';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { SessionView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface SessionListProps {
  readonly sessions: readonly SessionView[];
  /** Of this browser. */
  readonly currentId: string;
  readonly endSession: (form: FormData) => Promise<DoneResult>;
  readonly endOtherSessions: (form: FormData) => Promise<DoneResult>;
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
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3"
            >
              <div className="min-w-0">
                <p>
                  {name}
                  {id === currentId && <span className="text-muted"> ({words.thisOne})</span>}
                </p>
                <p className="text-muted text-sm">
                  {words.lastSeen} <TimeStamp at={lastSeenAt} />
                </p>
              </div>
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
            </li>
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
