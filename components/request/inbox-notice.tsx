import { personLabel } from '@/components/request/person-label';
import type { InboxWork } from '@/components/request/use-inbox';
import { Button } from '@/components/ui/button';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox;

export interface InboxNoticeProps {
  readonly accountId: string;
  readonly hasMail: boolean;
  readonly work: InboxWork;
}

/** Who is told of replies; each reader decides for themselves, with the vault locked too. */
export function InboxNotice({ accountId, hasMail, work }: InboxNoticeProps) {
  const { readers } = work.inbox;
  const told = readers.filter(({ isTold }) => isTold);
  const self = readers.find((reader) => reader.accountId === accountId);
  return (
    <section aria-labelledby="inbox-notice" className="grid justify-items-start gap-4">
      <h2 id="inbox-notice" className="text-xl">
        {words.notice.heading}
      </h2>
      {hasMail ? (
        <>
          {told.length === 0 ? (
            <p className="text-muted">{words.notice.nobody}</p>
          ) : (
            <ul className="grid gap-2">
              {told.map((reader) => (
                <li key={reader.accountId} className="wrap-anywhere">
                  {reader === self
                    ? fill(words.readers.you, { name: reader.name })
                    : personLabel(reader)}
                </li>
              ))}
            </ul>
          )}
          {self !== undefined && (
            <Button
              pending={work.busyWith === 'notice'}
              pendingText={words.notice.pending}
              onClick={() =>
                work.manage('notice', 'chooseNotice', { isTold: self.isTold ? 'no' : 'yes' })
              }
            >
              {self.isTold ? words.notice.stop : words.notice.start}
            </Button>
          )}
        </>
      ) : (
        <p className="text-muted">{requests.create.notice.noMail}</p>
      )}
    </section>
  );
}
