'use client';

import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import type { QuestionWords } from '@/components/ui/question';
import { compose } from '@/messages/en/compose';

export interface SendAnotherProps {
  readonly isAllTaken: boolean;
  /** What is asked while a link exists in this page alone. */
  readonly words: QuestionWords;
  readonly onAnother: () => void;
}

/** From a link that was made back to the form. */
export function SendAnother({ isAllTaken, words, onAnother }: SendAnotherProps) {
  const isHydrated = useHydrated();
  const label = compose.result.another;
  if (isHydrated && !isAllTaken) {
    return (
      <IrreversibleAct
        variant="quiet"
        className="justify-self-start"
        label={label}
        words={words}
        pending={false}
        pendingText={null}
        onConfirm={onAnother}
      />
    );
  }
  // A form, so that the button works without a script too.
  return (
    <form
      action="/"
      method="get"
      onSubmit={(event) => {
        event.preventDefault();
        onAnother();
      }}
    >
      <Button type="submit">{label}</Button>
    </form>
  );
}
