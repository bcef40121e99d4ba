'use client';

import type { ReactNode } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { useFormWork, type FormOutcome, type FormWork } from '@/components/account/use-form-work';
import { prove, proofFields, ProofFields } from '@/components/settings/proof';
import type { VaultResult } from '@/lib/accounts/outcomes';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { account } from '@/messages/en/account';
import { settings } from '@/messages/en/settings';

export interface PasswordFormProps {
  /** Ids begin with it. */
  readonly name: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  /** Whether a code of the second factor is asked for, too. */
  readonly asksCode?: boolean;
  readonly submit: string;
  /** What has come of it. */
  readonly done?: string;
  /** Fields before those of the proof, by their names, and what draws them. */
  readonly fields?: readonly string[];
  readonly children?: (work: FormWork) => ReactNode;
  /** Gets a form with the proof of the password, to add to and to post. */
  readonly onProved: (form: FormData, vault: OpenVault, given: FormData) => Promise<FormOutcome>;
}

/** Does something for which the password is asked once more. */
export function PasswordForm(props: PasswordFormProps) {
  const { name, readOwnVault, asksCode = false, submit, fields = [], onProved } = props;
  const work = useFormWork(name, [...fields, ...proofFields(asksCode)], {
    label: settings.checking,
    longLabel: account.stretchingLong,
  });

  async function act(given: FormData, signal: AbortSignal): Promise<FormOutcome> {
    const proved = await prove(readOwnVault, given, asksCode, signal);
    return 'refused' in proved ? proved.refused : onProved(proved.form, proved.vault, given);
  }

  return (
    <AccountForm
      {...work.shown}
      {...(props.done === undefined ? {} : { done: props.done })}
      submit={submit}
      onSubmit={(form) => work.submit((signal) => act(form, signal))}
    >
      {props.children?.(work)}
      <ProofFields work={work} asksCode={asksCode} />
    </AccountForm>
  );
}
