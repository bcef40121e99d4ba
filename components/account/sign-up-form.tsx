'use client';

import { useState } from 'react';
import {
  AccountForm,
  leaveFor,
  refusedHere,
  stretching,
  textOf,
  useFormWork,
  type Ask,
  type FormOutcome,
  type FormTask,
} from '@/components/account/account-form';
import {
  EmailField,
  NameField,
  PasswordField,
  refusalOfNewPassword,
} from '@/components/account/credential-fields';
import { RecoveryCode } from '@/components/account/shown-once';
import { PageHeading } from '@/components/ui/surface';
import type { Refused, SignUpResult, VaultResult } from '@/lib/accounts/outcomes';
import { emailAddress, personName } from '@/lib/accounts/schema';
import type { MadeAccount } from '@/lib/browser/account/make-account';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import { isRefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';

export interface SignUpFormProps {
  readonly heading: string;
  readonly lead: string;
  readonly actions: {
    /** Makes the account. */
    readonly signUp: Ask<SignUpResult>;
    readonly readOwnVault: Ask<VaultResult>;
  };
  /** Where the account is by invitation: its token and its address. */
  readonly invitation: { readonly token: string; readonly email: string } | null;
}

const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-account'));
const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in'));

/**
 * A new account: its keys are made here, and its recovery code is shown once. It is there once that is
 * said to be kept: a page that dies before leaves no account without a code, and no invitation used.
 */
export function SignUpForm({ heading, lead, actions, invitation }: SignUpFormProps) {
  const work = useFormWork(
    'sign-up',
    ['name', 'email', 'password'],
    stretching(account.steps.stretching),
  );
  /** What is posted once its recovery code is kept. */
  const [prepared, setPrepared] = useState<{ email: string; made: MadeAccount } | null>(null);

  const prepare: FormTask = async (given, signal) => {
    const name = textOf(given, 'name');
    const email = invitation?.email ?? textOf(given, 'email');
    const password = textOf(given, 'password');
    const refused = check(name, email, password);
    if (refused.length > 0) return refused;
    const { makeAccount } = await loadMaking();
    const made = await makeAccount(password, signal);
    made.form.set('name', name);
    if (invitation === null) made.form.set('email', email);
    else made.form.set('token', invitation.token);
    setPrepared({ email, made });
    return { status: 'done' };
  };

  async function create(email: string, made: MadeAccount): Promise<FormOutcome> {
    const act = invitation === null ? 'signUp' : 'acceptInvitation';
    // Sent again as it is where the answer was lost: it is answered as the first time then.
    const result = await askServer(act, () => actions.signUp(made.form));
    if (result.status === 'refused') {
      const [refusal] = Object.values(result.errors);
      if (refusal === undefined) throw new Error('Refused without a reason.');
      return refusedHere(refusal);
    }
    const { signIn } = await loadSignIn();
    const isIn = (await signIn(email, made.keys, '', actions.readOwnVault)) === null;
    return leaveFor(isIn ? '/dashboard' : '/sign-in');
  }

  if (prepared !== null) {
    const { email, made } = prepared;
    return (
      <RecoveryCode
        code={made.recoveryCode}
        email={email}
        step={account.steps.creating}
        untilThen={account.signUp.untilThen}
        onSaved={() => create(email, made)}
      />
    );
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={lead}>{heading}</PageHeading>
      <AccountForm work={work} submit={account.signUp.submit} onSubmit={prepare}>
        <NameField {...work.field('name')} />
        <EmailField
          {...work.field('email')}
          {...(invitation === null ? {} : { readOnly: true, defaultValue: invitation.email })}
        />
        <PasswordField {...work.field('password')} autoComplete="new-password" />
      </AccountForm>
    </div>
  );
}

function check(name: string, email: string, password: string): readonly Refused[] {
  const wrongPassword = refusalOfNewPassword(password);
  return [
    ...refusedBy('name', personName.safeParse(name)),
    ...refusedBy('email', emailAddress.safeParse(email)),
    ...(wrongPassword === null ? [] : [refusedHere(wrongPassword, 'password')]),
  ];
}

function refusedBy(
  field: string,
  parsed: { readonly error?: { readonly issues: readonly { readonly message: string }[] } },
): readonly Refused[] {
  const message = parsed.error?.issues[0]?.message;
  return message !== undefined && isRefusalCode(message) ? [refusedHere(message, field)] : [];
}
