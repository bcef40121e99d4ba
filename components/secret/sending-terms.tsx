'use client';

import { useMemo } from 'react';
import { ExpiryField } from '@/components/secret/expiry-field';
import type { ListOptionsProps } from '@/components/secret/list-options';
import { MoreOptions } from '@/components/secret/more-options';
import { PassphraseField } from '@/components/secret/passphrase-field';
import { useStanding } from '@/components/secret/standing';
import { allowedExpiries } from '@/lib/accounts/sending-rules';
import type { ComposeField, KeptFields } from '@/lib/messages/outcomes';
import { EXPIRY_CHOICES } from '@/lib/messages/policy';

type Term = Extract<ComposeField, 'expiresIn' | 'passphrase' | 'note' | 'recipients'>;

export interface SendingTermsProps {
  readonly ids: Readonly<Record<Term, string>>;
  readonly kept: KeptFields;
  readonly errorOf: (term: Term) => string | undefined;
}

/** How the secret is sent: as anybody may, until it is known who is looking and what they may. */
export function SendingTerms({ ids, kept, errorOf }: SendingTermsProps) {
  const standing = useStanding();
  const choices = useMemo(
    () => (standing === null ? EXPIRY_CHOICES : allowedExpiries(standing.policy)),
    [standing],
  );
  const list = (canMail: boolean): ListOptionsProps => ({
    recipientsId: ids.recipients,
    recipientsError: errorOf('recipients'),
    kept,
    canMail,
  });
  return (
    <>
      <ExpiryField
        id={ids.expiresIn}
        error={errorOf('expiresIn')}
        defaultValue={kept.expiresIn}
        choices={choices}
      />
      <PassphraseField
        id={ids.passphrase}
        error={errorOf('passphrase')}
        isRequired={standing?.policy.passphraseRequired ?? false}
      />
      <MoreOptions
        noteId={ids.note}
        note={kept.note}
        noteError={errorOf('note')}
        list={standing?.staff ? list(standing.canMail) : null}
      />
    </>
  );
}
