'use client';

import type { StatusWork, AnyStatus } from '@/components/secret/use-status';
import { IrreversibleForm } from '@/components/ui/irreversible-act';
import type { QuestionWords } from '@/components/ui/question';
import { isPersonPressing } from '@/lib/browser/user-gesture';

export interface DestroyFormProps {
  /** Of the status page, not the link's. */
  readonly statusToken: string;
  readonly work: Pick<
    StatusWork<AnyStatus>,
    'formAction' | 'destroy' | 'isDestroying' | 'wasAsked'
  >;
  readonly words: QuestionWords &
    Readonly<Record<'heading' | 'hint' | 'button' | 'pending', string>>;
}

/** The one thing that can be done on a status page while nothing was opened. */
export function DestroyForm({ statusToken, work, words }: DestroyFormProps) {
  return (
    <div className="grid gap-3">
      <h2 className="text-xl">{words.heading}</h2>
      <p className="text-muted">{words.hint}</p>
      <IrreversibleForm
        label={words.button}
        words={words}
        action={work.formAction}
        wasAsked={work.wasAsked}
        keepHref={`/s/${statusToken}`}
        pending={work.isDestroying}
        pendingText={words.pending}
        onSubmit={(form) => {
          // A scanner that submits the page's forms is nobody.
          if (isPersonPressing(form)) work.destroy(form);
        }}
      >
        <input type="hidden" name="token" value={statusToken} />
      </IrreversibleForm>
    </div>
  );
}
