import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import type { LostRequest } from '@/lib/accounts/views';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

export interface LossListProps {
  readonly losses: readonly LostRequest[];
  readonly checkboxId: string;
  readonly error: string | undefined;
}

/** Says exactly what a new vault loses, and takes the confirmation. */
export function LossList({ losses, checkboxId, error }: LossListProps) {
  const words = recovery.form.losses;
  const isNothing = losses.length === 0;
  const replies = losses.reduce((sum, { sealedReplies }) => sum + sealedReplies, 0);
  return (
    <div className="grid gap-5">
      <Notice tone="warning" heading={words.heading}>
        {isNothing ? (
          <p>{words.nothing}</p>
        ) : (
          <>
            <p>{words.lead}</p>
            <ul className="grid list-disc gap-2 ps-5">
              {losses.map(({ question, sealedReplies, isOnlyReader }, index) => (
                <li key={index} className="wrap-anywhere">
                  <b>{question}</b>: {fill(words.replies, { count: sealedReplies })};{' '}
                  {isOnlyReader ? words.onlyYou : words.othersToo}
                </li>
              ))}
            </ul>
            <p>{fill(words.total, { replies, requests: losses.length })}</p>
          </>
        )}
      </Notice>
      <Checkbox
        id={checkboxId}
        name="lossConfirmed"
        value="yes"
        required
        label={isNothing ? words.confirmNothing : words.confirm}
        error={error}
      />
    </div>
  );
}
