'use client';

import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import { countLosses, type Losses } from '@/lib/accounts/views';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

export interface LossListProps {
  readonly losses: Losses;
  readonly checkboxId: string;
  readonly error: string | undefined;
}

const words = recovery.form.losses;

/**
 * Says how much a new vault loses, and takes the confirmation. In numbers: the page shows itself to
 * whoever has the link, before any second factor.
 */
export function LossList({ losses, checkboxId, error }: LossListProps) {
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
        id={checkboxId}
        name="lossConfirmed"
        value="yes"
        required
        checked={confirmed === told}
        onChange={({ currentTarget }) => setConfirmed(currentTarget.checked ? told : null)}
        label={isNothing ? words.confirmNothing : words.confirm}
        error={error}
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
