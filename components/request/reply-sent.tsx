import { listNames } from '@/components/request/list-names';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { WithTime } from '@/components/secret/with-time';
import { Seal } from '@/components/site/seal';
import type { ReplyResult } from '@/lib/requests/outcomes';
import { common } from '@/messages/en/common';
import { reply } from '@/messages/en/reply';
import { fill } from '@/messages/fill';

export interface ReplySentProps {
  readonly sent: Extract<ReplyResult, { status: 'sent' }>;
  readonly arrives: boolean;
}

/** Who can read it now, and the client's own way to look after it. */
export function ReplySent({ sent, arrives }: ReplySentProps) {
  const words = reply.sent;
  const { readers } = sent;
  const lead =
    readers.length === 0
      ? words.leadNobody
      : fill(words.lead, { names: listNames(readers, common.language.code) });
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <Seal state="closed" moves={arrives} className="size-14" />
        <ArrivingHeading arrives={arrives} lead={lead}>
          {words.heading}
        </ArrivingHeading>
      </div>
      <div className="grid gap-2">
        <p>
          <WithTime sentence={words.when} at={sent.sentAt} />
        </p>
        <p className="text-muted">{words.seal[sent.seal]}</p>
        <p>{words.close}</p>
      </div>
      <div className="grid gap-1">
        <p>
          <a href={sent.statusLink} className="inline-flex min-h-11 items-center">
            {words.track}
          </a>
        </p>
        <p className="text-sm text-muted">{words.trackHint}</p>
      </div>
    </div>
  );
}
