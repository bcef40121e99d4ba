'use client';

import type { StatusWork, AnyStatus } from '@/components/secret/use-status';
import { Button } from '@/components/ui/button';
import { isPersonPressing } from '@/lib/browser/user-gesture';

export interface DestroyFormProps {
  /** Of the status page, not the link's. */
  readonly statusToken: string;
  readonly work: Pick<StatusWork<AnyStatus>, 'formAction' | 'destroy' | 'isDestroying'>;
  readonly words: Readonly<Record<'heading' | 'hint' | 'button' | 'pending', string>>;
}

/** The one thing that can be done on a status page while nothing was opened. */
export function DestroyForm({ statusToken, work, words }: DestroyFormProps) {
  return (
    <form
      action={work.formAction}
      onSubmit={(event) => {
        event.preventDefault();
        // A scanner that submits the page's forms is nobody.
        if (isPersonPressing(event.currentTarget)) work.destroy(event.currentTarget);
      }}
      className="grid justify-items-start gap-3"
    >
      <input type="hidden" name="token" value={statusToken} />
      <h2 className="text-xl">{words.heading}</h2>
      <p className="text-muted">{words.hint}</p>
      <Button
        type="submit"
        name="intent"
        value="destroy"
        variant="danger"
        pending={work.isDestroying}
        pendingText={words.pending}
      >
        {words.button}
      </Button>
    </form>
  );
}
