'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWork } from '@/components/secret/use-work';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { LiveRegion } from '@/components/ui/live-region';
import { PassingButton } from '@/components/ui/passing-button';
import type { QuestionWords } from '@/components/ui/question';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import type { Act } from '@/lib/browser/lost-answer';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals, troubles } from '@/messages/en/errors';

export interface ActButtonProps {
  readonly act: Act;
  readonly action: (form: FormData) => Promise<DoneResult>;
  readonly fields: Readonly<Record<string, string>>;
  readonly label: string;
  /** Says which one, where the same button stands in every row. */
  readonly ariaLabel?: string;
  readonly pendingText: string;
  /** For what can't be undone: what is asked first. */
  readonly asks?: QuestionWords;
}

/** A button that does one thing, at once or after a question, and then shows the page as it is now, maybe without the button. */
export function ActButton(props: ActButtonProps) {
  const { act, action, fields, label, ariaLabel, pendingText, asks } = props;
  const router = useRouter();
  const { run, step, trouble } = useWork<'acting'>();
  const [refusal, setRefusal] = useState<RefusalCode | null>(null);

  const press = () =>
    run('acting', async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const result = await askServer(act, () => action(form));
      setRefusal(result.status === 'refused' ? result.refusal : null);
      if (result.status === 'done') router.refresh();
    });

  const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];
  const work = { pending: step !== null, pendingText };
  return (
    <div className="grid justify-items-start gap-2">
      {asks === undefined ? (
        <PassingButton aria-label={ariaLabel} {...work} onClick={() => void press()}>
          {label}
        </PassingButton>
      ) : (
        <IrreversibleAct label={label} words={asks} {...work} onConfirm={() => void press()} />
      )}
      <LiveRegion politeness="assertive" className="text-danger empty:hidden">
        {problem}
      </LiveRegion>
    </div>
  );
}
