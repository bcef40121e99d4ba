'use client';

import { AccountForm } from '@/components/account/account-form';
import { PasswordField } from '@/components/account/password-field';
import { textOf } from '@/components/account/password-work';
import { refusedHere, useFormWork, type FormOutcome } from '@/components/account/use-form-work';
import type { VaultResult } from '@/lib/accounts/outcomes';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { loadPart } from '@/lib/browser/load-part';
import { account } from '@/messages/en/account';
import { settings } from '@/messages/en/settings';

export interface PasswordFormProps {
  /** Ids begin with it. */
  readonly name: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly submit: string;
  /** Gets a form with the proof of the password, to add to and to post. */
  readonly onProved: (form: FormData, vault: OpenVault) => Promise<FormOutcome>;
}

const loadConfirming = () => loadPart(() => import('@/lib/browser/account/confirm-password'));

/** Does something for which the password is asked once more. */
export function PasswordForm({ name, readOwnVault, submit, onProved }: PasswordFormProps) {
  const work = useFormWork(name, ['password'], {
    label: settings.checking,
    longLabel: account.stretchingLong,
  });

  async function prove(password: string, signal: AbortSignal): Promise<FormOutcome> {
    if (password === '') return refusedHere('password_wrong', 'password');
    const { confirmPassword } = await loadConfirming();
    const confirmed = await confirmPassword(readOwnVault, password, signal);
    if ('refusal' in confirmed) return refusedHere(confirmed.refusal, 'password');
    const form = new FormData();
    form.set('signInKey', confirmed.signInKey);
    return onProved(form, confirmed.vault);
  }

  return (
    <AccountForm
      {...work.shown}
      submit={submit}
      onSubmit={(form) => work.submit((signal) => prove(textOf(form, 'password'), signal))}
    >
      <PasswordField
        id={work.idOf('password')}
        name="password"
        autoComplete="current-password"
        error={work.errorOf('password')}
      />
    </AccountForm>
  );
}
