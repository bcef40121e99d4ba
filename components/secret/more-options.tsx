'use client';

import { ListOptions, type ListOptionsProps } from '@/components/secret/list-options';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Disclosure } from '@/components/ui/disclosure';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextField } from '@/components/ui/text-field';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import { compose } from '@/messages/en/compose';

export interface MoreOptionsProps {
  readonly noteId: string;
  readonly note: string;
  readonly noteError: string | undefined;
  /** null for a sender without a list of their own */
  readonly list: ListOptionsProps | null;
}

/** What most senders never need: a note, and where to encrypt. Opens itself where an error waits. */
export function MoreOptions({ noteId, note, noteError, list }: MoreOptionsProps) {
  const isHydrated = useHydrated();
  const { encrypt } = compose;
  const hasError = noteError !== undefined || list?.recipientsError !== undefined;
  return (
    <Disclosure summary={compose.more} open={hasError || undefined}>
      <div className="grid gap-6">
        <TextField
          id={noteId}
          name="note"
          label={compose.note.label}
          hint={compose.note.hint}
          error={noteError}
          defaultValue={note}
          autoComplete="off"
        />
        {list !== null && <ListOptions {...list} />}
        {isHydrated && (
          <RadioGroup
            name="encrypt"
            label={encrypt.label}
            defaultValue={canEncryptHere() ? 'browser' : 'server'}
            options={[
              {
                value: 'browser',
                label: encrypt.browser,
                hint: encrypt.browserHint,
                disabled: !canEncryptHere(),
              },
              { value: 'server', label: encrypt.server, hint: encrypt.serverHint },
            ]}
          />
        )}
      </div>
    </Disclosure>
  );
}
