import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import type { Losses } from '@/lib/accounts/views';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

export interface LossListProps {
  readonly losses: Losses;
  readonly checkboxId: string;
  readonly error: string | undefined;
}

/**
 * Says how much a new vault loses, and takes the confirmation. In numbers: the page shows itself to
 * whoever has the link, before any second factor.
 */
export function LossList({ losses, checkboxId, error }: LossListProps) {
  const words = recovery.form.losses;
  const { requests, sealedReplies, alone } = losses;
  const isNothing = requests === 0;
  const lost = alone.reduce((sum, request) => sum + request.sealedReplies, 0);
  return (
    <div className="grid gap-5">
      <Notice tone="warning" heading={words.heading}>
        {isNothing ? (
          <p>{words.nothing}</p>
        ) : (
          <>
            <p>{fill(words.lead, { requests, replies: sealedReplies })}</p>
            <p>
              {fill(alone.length === 0 ? words.othersToo : words.onlyYou, {
                alone: alone.length,
                lost,
              })}
            </p>
            <p>{words.numbersOnly}</p>
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
