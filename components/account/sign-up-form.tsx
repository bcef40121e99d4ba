'use client';

import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { PasswordField } from '@/components/account/password-field';
import { refusalOfNewPassword, textOf } from '@/components/account/password-work';
import { RecoveryCode } from '@/components/account/recovery-code';
import { leaveFor, refusedHere, type FormOutcome } from '@/components/account/use-form-work';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { useWork } from '@/components/secret/use-work';
import { PageHeading } from '@/components/ui/page-heading';
import { TextField } from '@/components/ui/text-field';
import type { SignUpResult, VaultResult } from '@/lib/accounts/outcomes';
import { emailAddress, personName } from '@/lib/accounts/schema';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { isRefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';

export interface SignUpFormProps {
  readonly heading: string;
  readonly lead: string;
  readonly actions: {
    /** Makes the account. */
    readonly signUp: (form: FormData) => Promise<SignUpResult>;
    readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  };
  /** Where the account is by invitation: its token and its address. */
  readonly invitation: { readonly token: string; readonly email: string } | null;
}

const NAME = 'sign-up-name';
const EMAIL = 'sign-up-email';
const PASSWORD = 'sign-up-password';

interface Prepared {
  readonly email: string;
  readonly recoveryCode: string;
  /** Makes the account and signs in. */
  readonly create: () => Promise<FormOutcome>;
}

const loadAccount = () => loadPart(() => import('@/lib/browser/account/make-account'));
const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in-as-made'));

/**
 * A new account: its keys are made here, and its recovery code is shown once. It is there once that is
 * said to be kept: a page that dies before leaves no account without a code, and no invitation used.
 */
export function SignUpForm({ heading, lead, actions, invitation }: SignUpFormProps) {
  const { run, step, trouble } = useWork<'stretching'>();
  const [errors, setErrors] = useState<FormErrors>({});
  const shownErrors = useShownErrors(errors);
  const { errorOf } = shownErrors;
  const [prepared, setPrepared] = useState<Prepared | null>(null);

  async function submit(form: FormData) {
    const email = invitation?.email ?? textOf(form, 'email');
    const password = textOf(form, 'password');
    const found = check(textOf(form, 'name'), email, password);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    await run('stretching', async (_next, signal) => {
      const { makeAccount } = await loadAccount();
      const made = await makeAccount(password, signal);
      made.form.set('name', textOf(form, 'name'));
      if (invitation === null) made.form.set('email', email);
      else made.form.set('token', invitation.token);
      setPrepared({
        email,
        recoveryCode: made.recoveryCode,
        create: async () => {
          const act = invitation === null ? 'signUp' : 'acceptInvitation';
          // Sent again as it is where the answer was lost: it is answered as the first time then.
          const result = await askServer(act, () => actions.signUp(made.form));
          if (result.status === 'created') {
            const { signInAsMade } = await loadSignIn();
            const isIn = await signInAsMade(email, made, actions.readOwnVault);
            return leaveFor(isIn ? '/dashboard' : '/sign-in');
          }
          return refusedHere(Object.values(result.errors)[0] ?? 'input_malformed');
        },
      });
    });
  }

  if (prepared !== null) {
    return (
      <RecoveryCode
        code={prepared.recoveryCode}
        email={prepared.email}
        step={account.steps.creating}
        untilThen={account.signUp.untilThen}
        onSaved={prepared.create}
      />
    );
  }
  const stepWords = step === null ? null : account.steps[step];
  const { fields } = account;
  return (
    <div className="grid gap-8">
      <PageHeading lead={lead}>{heading}</PageHeading>
      <AccountForm
        errors={shownErrors}
        trouble={trouble}
        step={stepWords === null ? null : { label: stepWords, longLabel: account.stretchingLong }}
        submit={account.signUp.submit}
        onSubmit={(form) => void submit(form)}
      >
        <TextField
          id={NAME}
          name="name"
          autoComplete="name"
          label={fields.name.label}
          hint={fields.name.hint}
          error={errorOf(NAME)}
        />
        <TextField
          id={EMAIL}
          name="email"
          type="email"
          autoComplete="username"
          label={fields.email.label}
          error={errorOf(EMAIL)}
          {...(invitation === null ? {} : { readOnly: true, defaultValue: invitation.email })}
        />
        <PasswordField
          id={PASSWORD}
          name="password"
          autoComplete="new-password"
          hint={fields.password.newHint}
          error={errorOf(PASSWORD)}
        />
      </AccountForm>
    </div>
  );
}

function check(name: string, email: string, password: string): FormErrors {
  const wrongPassword = refusalOfNewPassword(password);
  return {
    ...errorFrom(NAME, personName.safeParse(name)),
    ...errorFrom(EMAIL, emailAddress.safeParse(email)),
    ...(wrongPassword === null ? {} : { [PASSWORD]: wrongPassword }),
  };
}

function errorFrom(
  id: string,
  parsed: { readonly error?: { readonly issues: readonly { readonly message: string }[] } },
): FormErrors {
  const message = parsed.error?.issues[0]?.message;
  return message !== undefined && isRefusalCode(message) ? { [id]: message } : {};
}
