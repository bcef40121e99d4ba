'use client';

import { useState, type ReactNode } from 'react';
import { ActButton } from '@/components/account/act-button';
import type { Ask, FormWork } from '@/components/account/account-form';
import { Checkbox } from '@/components/ui/choice';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { countLosses, type Losses, type MemberView, type OwnRequest } from '@/lib/accounts/views';
import { recovery } from '@/messages/en/recovery';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

const words = recovery.form.losses;

/**
 * Sends along what the page said goes with an account, so that nothing goes that it did not say.
 *
 * @param alone what only this account can read, as it is shown
 */
export function setLosses(
  form: FormData,
  alone: readonly { readonly sealedReplies: number }[],
): void {
  for (const [name, count] of Object.entries(countLosses(alone))) form.set(name, String(count));
}

export interface VaultLossesProps {
  readonly losses: Losses;
  readonly work: FormWork;
}

/**
 * Says how much a new vault loses, and takes the confirmation. In numbers: the page shows itself to
 * anyone who has the link, before any second factor.
 */
export function VaultLosses({ losses, work }: VaultLossesProps) {
  const { requests, sealedReplies, alone } = losses;
  const isNothing = requests === 0;
  const told = Object.values(countLosses(alone)).join();
  // A tick is for the numbers that stood there: with others it is gone.
  const [confirmed, setConfirmed] = useState<string | null>(null);
  return (
    <div className="grid gap-5">
      <Notice tone="warning" heading={words.heading}>
        {isNothing ? (
          <p>{words.nothing}</p>
        ) : (
          <>
            <p>{fill(words.lead, { requests, replies: sealedReplies })}</p>
            <p>{whoElseReads(losses)}</p>
            <p>{words.numbersOnly}</p>
          </>
        )}
      </Notice>
      <Checkbox
        {...work.field('lossConfirmed')}
        value="yes"
        required
        checked={confirmed === told}
        onChange={({ currentTarget }) => setConfirmed(currentTarget.checked ? told : null)}
        label={isNothing ? words.confirmNothing : words.confirm}
      />
    </div>
  );
}

/** What becomes of the requests, of which there is one at least. */
export function whoElseReads({ requests, alone }: Pick<Losses, 'requests' | 'alone'>): string {
  const { requestsAlone, repliesAlone } = countLosses(alone);
  const shared = requests - requestsAlone;
  const byNumber = (count: number, { one, many }: { one: string; many: string }) =>
    count === 1 ? one : many;
  if (requestsAlone === 0) return byNumber(shared, words.allShared);
  if (shared === 0) return byNumber(requestsAlone, words.allAlone);
  const values = { alone: requestsAlone, lost: repliesAlone };
  return `${fill(byNumber(requestsAlone, words.someAlone), values)} ${byNumber(shared, words.restShared)}`;
}

/** The requests that end with one's own account, each with the way to its page, where it can be shared. */
export function OwnLosses({ requests }: { readonly requests: readonly OwnRequest[] }) {
  const { nothingAlone, aloneHeading, aloneLead, unopened } = settings.deleteAccount;
  if (requests.length === 0) return <p>{nothingAlone}</p>;
  return (
    <Notice tone="warning" heading={aloneHeading}>
      <p>{aloneLead}</p>
      <ul className="grid list-disc gap-2 ps-5">
        {requests.map(({ id, question, sealedReplies }) => (
          <li key={id} className="wrap-anywhere">
            <a href={`/requests/${id}`}>{question}</a> ({fill(unopened, { count: sealedReplies })})
          </li>
        ))}
      </ul>
    </Notice>
  );
}

export interface MemberLossesProps {
  readonly member: MemberView;
  readonly hasMail: boolean;
  readonly askToHandOver: Ask<DoneResult>;
}

/**
 * What goes with a member's account, by date and number: its questions are not for an owner who is
 * no reader. To hand it over takes its key, which is in that member's vault: so the member is asked to.
 */
export function MemberLosses({ member, hasMail, askToHandOver }: MemberLossesProps) {
  const { accountId, name, losses } = member;
  const { members } = settings;
  const [isAsked, setAsked] = useState(false);
  if (losses.alone.length === 0) return null;

  async function ask(form: FormData): Promise<DoneResult> {
    const result = await askToHandOver(form);
    setAsked(result.status === 'done');
    return result;
  }

  const way: ReactNode = hasMail ? (
    !isAsked && (
      <ActButton
        act="askToHandOver"
        action={ask}
        fields={{ accountId }}
        label={fill(members.handOver, { name })}
        pendingText={members.working}
      />
    )
  ) : (
    <p>{fill(members.handOverNoMail, { name })}</p>
  );
  return (
    <div className="grid gap-3">
      <p>{fill(members.lossLead, { name })}</p>
      <ul className="grid list-disc gap-1 ps-5">
        {losses.alone.map(({ madeAt, sealedReplies }) => (
          <li key={madeAt}>
            {members.lossOf} <TimeStamp at={madeAt} />:{' '}
            {fill(members.lossReplies, { count: sealedReplies })}
          </li>
        ))}
      </ul>
      <p>{fill(members.handOverLead, { name })}</p>
      {isAsked && <p role="status">{members.handOverDone}</p>}
      {way}
    </div>
  );
}
