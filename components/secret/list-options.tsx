'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { TextArea } from '@/components/ui/text-area';
import type { KeptFields } from '@/lib/messages/outcomes';
import { compose } from '@/messages/en/compose';

export interface ListOptionsProps {
  readonly recipientsId: string;
  readonly recipientsError: string | undefined;
  readonly kept: Pick<KeptFields, 'recipients' | 'notifyWhenOpened'>;
  /** Whether this site can send mail. */
  readonly canMail: boolean;
}

/** What a sender with a list of their own can ask for. */
export function ListOptions({ recipientsId, recipientsError, kept, canMail }: ListOptionsProps) {
  const { recipients, notify } = compose;
  return (
    <>
      <TextArea
        id={recipientsId}
        name="recipients"
        label={recipients.label}
        hint={recipients.hint}
        error={recipientsError}
        defaultValue={kept.recipients}
        rows={3}
        className="min-h-0"
        autoComplete="off"
        spellCheck={false}
      />
      <Checkbox
        name="notifyWhenOpened"
        value="yes"
        label={notify.label}
        hint={canMail ? notify.hint : notify.withoutMail}
        defaultChecked={kept.notifyWhenOpened && canMail}
        disabled={!canMail}
      />
    </>
  );
}
