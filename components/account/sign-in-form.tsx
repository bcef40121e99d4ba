'use client';

import { useRef, useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { CodeField } from '@/components/account/code-field';
import { PasswordField } from '@/components/account/password-field';
import { textOf } from '@/components/account/password-work';
import { leaveFor } from '@/components/account/use-form-work';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { useWork } from '@/components/secret/use-work';
import { TextField } from '@/components/ui/text-field';
import type { SaltResult, VaultResult } from '@/lib/accounts/outcomes';
import { readEmailAddress } from '@/lib/accounts/email-address';
import type { AccountKeys } from '@/lib/browser/account/account-keys';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { ownAddress } from '@/lib/browser/own-address';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';

export interface SignInActions {
  readonly findPasswordSalt: (form: FormData) => Promise<SaltResult>;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
}

const EMAIL = 'sign-in-email';
const PASSWORD = 'sign-in-password';
const CODE = 'sign-in-code';

const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in-here'));
const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));

/** Signing in, in one step or two: the code is asked for only where there is a second factor. */
export function SignInForm({ findPasswordSalt, readOwnVault }: SignInActions) {
  const { run, step, trouble } = useWork<'stretching' | 'signingIn'>();
  const [errors, setErrors] = useState<FormErrors>({});
  const shownErrors = useShownErrors(errors);
  const { errorOf } = shownErrors;
  const [asksCode, setAsksCode] = useState(false);
  /** What the password came to, so that a second try at the code needs no second stretching. */
  const known = useRef<{ email: string; password: string; keys: AccountKeys } | null>(null);

  async function submit(form: FormData) {
    const email = textOf(form, 'email');
    const password = textOf(form, 'password');
    const code = textOf(form, 'code');
    if (readEmailAddress(email) === null) {
      setErrors({ [EMAIL]: 'email_invalid' });
      return;
    }
    if (password === '') {
      setErrors({ [PASSWORD]: 'sign_in_wrong' });
      return;
    }
    if (asksCode && code === '') {
      setErrors({ [CODE]: 'second_factor_needed' });
      return;
    }
    setErrors({});
    await run('stretching', async (next, signal) => {
      const here = await loadSignIn();
      if (known.current?.email !== email || known.current.password !== password) {
        const found = await here.keysForAddress(findPasswordSalt, email, password, signal);
        if ('refusal' in found) {
          setErrors({ form: found.refusal });
          return;
        }
        known.current = { email, password, keys: found.keys };
      }
      const { keys } = known.current;
      next('signingIn');
      const refusal = await here.presentSignInKey(email, keys.signInKey, code);
      if (refusal !== null) {
        showRefusal(refusal);
        return;
      }
      const sealed = await askServer('readOwnVault', () => readOwnVault(new FormData()));
      if (sealed.status === 'found') {
        const { unlockVaultWith } = await loadUnlocking();
        await unlockVaultWith(sealed, keys);
      }
      await leaveFor(ownAddress(new URLSearchParams(location.search).get('next')) ?? '/dashboard');
    });
  }

  function showRefusal(refusal: RefusalCode) {
    if (refusal.startsWith('second_factor_')) {
      setAsksCode(true);
      setErrors(refusal === 'second_factor_needed' ? {} : { [CODE]: refusal });
    } else setErrors({ form: refusal });
  }

  const stepWords = step === null ? null : account.steps[step];
  return (
    <AccountForm
      errors={shownErrors}
      trouble={trouble}
      step={stepWords === null ? null : { label: stepWords, longLabel: account.stretchingLong }}
      submit={account.signIn.submit}
      onSubmit={(form) => void submit(form)}
    >
      <TextField
        id={EMAIL}
        name="email"
        type="email"
        autoComplete="username"
        label={account.fields.email.label}
        error={errorOf(EMAIL)}
      />
      <PasswordField
        id={PASSWORD}
        name="password"
        autoComplete="current-password"
        error={errorOf(PASSWORD)}
      />
      {asksCode && (
        <div role="status" className="grid gap-3">
          <p>{account.signIn.codeLead}</p>
          <CodeField id={CODE} autoFocus error={errorOf(CODE)} />
        </div>
      )}
    </AccountForm>
  );
}
