'use client';

import { useRef, useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { PasswordField } from '@/components/account/password-field';
import { refusalOfNewPassword, textOf } from '@/components/account/password-work';
import { refusedHere, useFormWork, type FormOutcome } from '@/components/account/use-form-work';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { BrowserTrouble } from '@/lib/browser/browser-trouble';
import { loadPart } from '@/lib/browser/load-part';
import { account } from '@/messages/en/account';
import { settings } from '@/messages/en/settings';

export interface ChangePasswordFormProps {
  /** For the password manager that keeps the new one. */
  readonly email: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly changePassword: (form: FormData) => Promise<DoneResult>;
}

const loadConfirming = () => loadPart(() => import('@/lib/browser/account/confirm-password'));
const loadWrapping = () => loadPart(() => import('@/lib/browser/account/make-account'));

/** The old password opens the vault here, the new one wraps it: neither leaves this browser. */
export function ChangePasswordForm(props: ChangePasswordFormProps) {
  const { email, readOwnVault, changePassword } = props;
  const words = settings.you.password;
  /** Counts the changes: the fields of a form that is done with are empty. */
  const [changes, setChanges] = useState(0);
  /** Sent again as it is, so that what was done is known for what it is. */
  const made = useRef<{ password: string; newPassword: string; form: FormData } | null>(null);
  const mayBeDone = useRef(false);
  const work = useFormWork('password', ['password', 'newPassword'], {
    label: settings.checking,
    longLabel: account.stretchingLong,
  });

  async function change(given: FormData, signal: AbortSignal): Promise<FormOutcome> {
    const newPassword = textOf(given, 'newPassword');
    const refusal = refusalOfNewPassword(newPassword);
    if (refusal !== null) return refusedHere(refusal, 'newPassword');
    const refused = await make(textOf(given, 'password'), newPassword, signal);
    // The new password's session was in the answer that did not come.
    if (refused?.refusal === 'sign_in_required' && mayBeDone.current) {
      throw new BrowserTrouble('lost_password');
    }
    if (refused !== null) return refused;
    made.current = null;
    mayBeDone.current = false;
    setChanges((count) => count + 1);
    return null;
  }

  async function make(
    password: string,
    newPassword: string,
    signal: AbortSignal,
  ): Promise<FormOutcome> {
    if (made.current?.password !== password || made.current.newPassword !== newPassword) {
      const { confirmPassword } = await loadConfirming();
      const confirmed = await confirmPassword(readOwnVault, password, signal);
      if ('refusal' in confirmed) return refusedHere(confirmed.refusal, 'password');
      const { rewrapForPassword } = await loadWrapping();
      const { form } = await rewrapForPassword(confirmed.vault, newPassword, signal);
      form.set('currentSignInKey', confirmed.signInKey);
      made.current = { password, newPassword, form };
    }
    const { form } = made.current;
    const wasLostBefore = mayBeDone.current;
    // Until an answer says otherwise.
    mayBeDone.current = true;
    const result = await askServer('changePassword', () => changePassword(form));
    mayBeDone.current = wasLostBefore;
    return result.status === 'refused' ? result : null;
  }

  return (
    <AccountForm
      {...work.shown}
      done={changes > 0 && work.shown.step === null ? words.done : ''}
      submit={words.submit}
      onSubmit={(form) => work.submit((signal) => change(form, signal))}
    >
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div key={changes} className="grid gap-6">
        <PasswordField
          id={work.idOf('password')}
          name="password"
          autoComplete="current-password"
          label={words.current}
          error={work.errorOf('password')}
        />
        <PasswordField
          id={work.idOf('newPassword')}
          name="newPassword"
          autoComplete="new-password"
          label={words.next}
          hint={account.fields.password.newHint}
          error={work.errorOf('newPassword')}
        />
      </div>
    </AccountForm>
  );
}
