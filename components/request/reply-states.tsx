/** What a client sees beside the form: who asks for what, what was sent, and why nothing can be. */
import { ScriptOnly, useHydrated } from '@/components/ui/script-only';
import { listNames } from '@/components/request/person-label';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { CalmPage } from '@/components/site/calm-page';
import { RefusedPage } from '@/components/site/refused-page';
import { UnknownMessage } from '@/components/secret/calm-message';
import { WithTime } from '@/components/ui/time-stamp';
import { Seal } from '@/components/site/seal';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { brand } from '@/lib/brand';
import type {
  AskedFor,
  ReplyFormState,
  ReplyResult,
  RequestPageState,
} from '@/lib/requests/outcomes';
import { refusals } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';
import { fill } from '@/messages/fill';

/** Of the heading over what is asked for. */
export const QUESTION_ID = 'asked-for';

/** Who asks, what for, and who will be able to read it. */
export function ReplyIntro({ asked }: { readonly asked: AskedFor }) {
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
        {readers.length > 0 && <p>{fill(reply.readers, { names: listNames(readers) })}</p>}
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

export interface ReplySentProps {
  readonly sent: Extract<ReplyResult, { status: 'sent' }>;
  readonly arrives: boolean;
}

/** Who can read it now, and the client's own way to look after it. */
export function ReplySent({ sent, arrives }: ReplySentProps) {
  const words = reply.sent;
  const { readers } = sent;
  const lead =
    readers.length === 0 ? words.leadNobody : fill(words.lead, { names: listNames(readers) });
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

export interface ReplyCalmProps {
  readonly look: Exclude<RequestPageState, { status: 'open' }>;
  /** What a form that posted itself has come to. */
  readonly posted: ReplyFormState | null;
}

/** A link to which nothing can be sent, and why. */
export function ReplyCalm({ look, posted }: ReplyCalmProps) {
  const isHydrated = useHydrated();
  switch (look.status) {
    case 'unknown':
      return (
        <UnknownMessage words={reply.unknown} arrives={posted === null}>
          <p>{reply.unknown.next}</p>
        </UnknownMessage>
      );
    case 'refused':
      return (
        <RefusedPage
          arrives={false}
          seal="closed"
          heading={reply.failed.heading}
          refusal={look.refusal}
        >
          {isHydrated && (
            <div>
              <Button onClick={() => location.reload()}>{reply.failed.retry}</Button>
            </div>
          )}
        </RefusedPage>
      );
    default: {
      const words = reply[look.status];
      return (
        <CalmPage arrives={false} heading={words.heading}>
          {posted?.status === 'refused' && (
            <Notice tone="danger" role="alert">
              <p>{refusals[posted.refusal]}</p>
            </Notice>
          )}
          <p>{words.text}</p>
          <p>{words.next}</p>
        </CalmPage>
      );
    }
  }
}
