import { ScriptOnly } from '@/components/form/script-only';
import { WithTime } from '@/components/secret/with-time';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { listNames } from '@/components/request/list-names';
import { brand } from '@/lib/brand';
import type { AskedFor } from '@/lib/requests/outcomes';
import { common } from '@/messages/en/common';
import { reply } from '@/messages/en/reply';
import { fill } from '@/messages/fill';

export interface ReplyIntroProps {
  readonly asked: AskedFor;
}

/** Of the heading over what is asked for. */
export const QUESTION_ID = 'asked-for';

/** Who asks, what for, and who will be able to read it. */
export function ReplyIntro({ asked }: ReplyIntroProps) {
  const { askedBy, question, readers, expiresAt } = asked;
  return (
    <div className="grid gap-5">
      <ArrivingHeading arrives={false} above={fill(reply.from, { brand: brand.name })}>
        {askedBy === null
          ? fill(reply.headingNobody, { brand: brand.name })
          : fill(reply.heading, { name: askedBy })}
      </ArrivingHeading>
      <section aria-labelledby={QUESTION_ID} className="grid gap-2">
        <h2 id={QUESTION_ID} className="text-xl">
          {reply.asksFor}
        </h2>
        <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
          {question}
        </p>
      </section>
      <div className="grid gap-1 text-muted">
        {readers.length > 0 && (
          <p>{fill(reply.readers, { names: listNames(readers, common.language.code) })}</p>
        )}
        <ScriptOnly otherwise={<p>{reply.sealOnServer}</p>}>
          <p>{reply.seal}</p>
        </ScriptOnly>
        <p>
          <WithTime sentence={reply.until} at={expiresAt} />
        </p>
      </div>
    </div>
  );
}
