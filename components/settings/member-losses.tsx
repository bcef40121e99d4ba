'use client';

import { useState } from 'react';
import { ActButton } from '@/components/settings/act-button';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { MemberView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface MemberLossesProps {
  readonly member: MemberView;
  readonly hasMail: boolean;
  readonly askToHandOver: (form: FormData) => Promise<DoneResult>;
}

const words = settings.members;

/**
 * What goes with somebody else's account, by date and number: its questions are not for an owner who is
 * no reader. To hand it over takes its key, which is in that person's vault: so they are asked to.
 */
export function MemberLosses({ member, hasMail, askToHandOver }: MemberLossesProps) {
  const { accountId, name, losses } = member;
  const [isAsked, setAsked] = useState(false);
  if (losses.alone.length === 0) return null;

  async function ask(form: FormData): Promise<DoneResult> {
    const result = await askToHandOver(form);
    setAsked(result.status === 'done');
    return result;
  }

  return (
    <div className="grid gap-3">
      <p>{fill(words.lossLead, { name })}</p>
      <ul className="grid list-disc gap-1 ps-5">
        {losses.alone.map(({ madeAt, sealedReplies }) => (
          <li key={madeAt}>
            {words.lossOf} <TimeStamp at={madeAt} />:{' '}
            {fill(words.lossReplies, { count: sealedReplies })}
          </li>
        ))}
      </ul>
      <p>{fill(words.handOverLead, { name })}</p>
      {isAsked && <p role="status">{words.handOverDone}</p>}
      {hasMail ? (
        !isAsked && (
          <ActButton
            act="askToHandOver"
            action={ask}
            fields={{ accountId }}
            label={fill(words.handOver, { name })}
            pendingText={words.working}
          />
        )
      ) : (
        <p>{fill(words.handOverNoMail, { name })}</p>
      )}
    </div>
  );
}
