'use client';

import { useRef, useState } from 'react';
import {
  AccountForm,
  leaveFor,
  refusedHere,
  stretching,
  textOf,
  useFormWork,
  type Ask,
  type FormTask,
} from '@/components/account/account-form';
import { CodeField, EmailField, PasswordField } from '@/components/account/credential-fields';
import type { SaltResult, VaultResult } from '@/lib/accounts/outcomes';
import { readEmailAddress } from '@/lib/accounts/email-address';
import { loadPart } from '@/lib/browser/browser-trouble';
import { ownAddress } from '@/lib/browser/leave-page';
import type { AccountKeys } from '@/lib/protocol/keys';
import { account } from '@/messages/en/account';

export interface SignInActions {
  readonly findPasswordSalt: Ask<SaltResult>;
  readonly readOwnVault: Ask<VaultResult>;
}

const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in'));

/** Signing in, in one step or two: the code is asked for only where there is a second factor. */
export function SignInForm({ findPasswordSalt, readOwnVault }: SignInActions) {
  const { steps } = account;
  const work = useFormWork('sign-in', ['email', 'password', 'code'], stretching(steps.stretching));
  const [asksCode, setAsksCode] = useState(false);
  /** What the password came to, so that a second try at the code needs no second stretching. */
  const known = useRef<{ email: string; password: string; keys: AccountKeys } | null>(null);

  const signIn: FormTask = async (given, signal, next) => {
    const email = textOf(given, 'email');
    const password = textOf(given, 'password');
    const code = textOf(given, 'code');
    if (readEmailAddress(email) === null) return refusedHere('email_invalid', 'email');
    if (password === '') return refusedHere('sign_in_wrong', 'password');
    if (asksCode && code === '') return refusedHere('second_factor_needed', 'code');
    const here = await loadSignIn();
    if (known.current?.email !== email || known.current.password !== password) {
      const found = await here.keysForAddress(findPasswordSalt, email, password, signal);
      if ('refusal' in found) return refusedHere(found.refusal);
      known.current = { email, password, keys: found.keys };
    }
    const { keys } = known.current;
    next(steps.signingIn);
    const refusal = await here.signIn(email, keys, code, readOwnVault);
    if (refusal?.startsWith('second_factor_') === true) {
      setAsksCode(true);
      // The first time it is no error: the code was not asked for.
      return refusal === 'second_factor_needed' ? [] : refusedHere(refusal, 'code');
    }
    if (refusal !== null) return refusedHere(refusal);
    return leaveFor(ownAddress(new URLSearchParams(location.search).get('next')) ?? '/dashboard');
  };

  return (
    <AccountForm work={work} submit={account.signIn.submit} onSubmit={signIn}>
      <EmailField {...work.field('email')} />
      <PasswordField {...work.field('password')} autoComplete="current-password" />
      {asksCode && (
        <div role="status" className="grid gap-3">
          <p>{account.signIn.codeLead}</p>
          <CodeField {...work.field('code')} autoFocus />
        </div>
      )}
    </AccountForm>
  );
}
