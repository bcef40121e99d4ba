'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import {
  AccountForm,
  leaveFor,
  refusedHere,
  textOf,
  useFormWork,
  type Ask,
  type FormTask,
} from '@/components/account/account-form';
import {
  EmailField,
  NameField,
  PasswordField,
  refusalOfNewPassword,
} from '@/components/account/credential-fields';
import { setLosses } from '@/components/account/losses';
import { ProofForm, ProvedAct, PROVING, type Proving } from '@/components/settings/proof';
import type { DoneResult, EmailChangeResult, Refused, VaultResult } from '@/lib/accounts/outcomes';
import type { OwnRequest } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { BrowserTrouble, loadPart } from '@/lib/browser/browser-trouble';
import { leaveWord } from '@/lib/browser/leave-page';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));
const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-account'));
const loadForgetting = () => loadPart(() => import('@/lib/browser/account/sign-out'));

export interface ProfileFormProps {
  readonly name: string;
  readonly saveProfile: Ask<DoneResult>;
}

export function ProfileForm({ name, saveProfile }: ProfileFormProps) {
  const router = useRouter();
  const work = useFormWork('profile', ['name'], { label: settings.working });
  return (
    <AccountForm
      work={work}
      says={settings.saved}
      submit={settings.you.profile.submit}
      onSubmit={async (given) => {
        const result = await askServer('saveProfile', () => saveProfile(given));
        if (result.status === 'done') router.refresh();
        return result;
      }}
    >
      <NameField {...work.field('name')} defaultValue={name} />
    </AccountForm>
  );
}

export interface ChangePasswordFormProps {
  /** For the password manager that keeps the new one. */
  readonly email: string;
  readonly readOwnVault: Ask<VaultResult>;
  readonly changePassword: Ask<DoneResult>;
}

/** The old password opens the vault here, the new one wraps it: neither leaves this browser. */
export function ChangePasswordForm(props: ChangePasswordFormProps) {
  const { email, readOwnVault, changePassword } = props;
  const words = settings.you.password;
  /** Counts the changes: the fields of a form that is done with are empty. */
  const [changes, setChanges] = useState(0);
  /** Sent again as it is, so that what was done is known for what it is. */
  const made = useRef<{ password: string; newPassword: string; form: FormData } | null>(null);
  const mayBeDone = useRef(false);
  const work = useFormWork('password', ['password', 'newPassword'], PROVING);

  const change: FormTask = async (given, signal) => {
    const newPassword = textOf(given, 'newPassword');
    const refusal = refusalOfNewPassword(newPassword);
    if (refusal !== null) return refusedHere(refusal, 'newPassword');
    const form = await make(textOf(given, 'password'), newPassword, signal);
    const result = form instanceof FormData ? await post(form) : form;
    if (result.status === 'refused') {
      // The new password's session was in the answer that did not come.
      if (result.refusal === 'sign_in_required' && mayBeDone.current) {
        throw new BrowserTrouble('lost_password');
      }
      return result;
    }
    made.current = null;
    mayBeDone.current = false;
    setChanges((count) => count + 1);
    return result;
  };

  async function make(
    password: string,
    newPassword: string,
    signal: AbortSignal,
  ): Promise<FormData | Refused> {
    if (made.current?.password === password && made.current.newPassword === newPassword) {
      return made.current.form;
    }
    const { confirmPassword } = await loadUnlocking();
    const confirmed = await confirmPassword(readOwnVault, password, signal);
    if ('refusal' in confirmed) return refusedHere(confirmed.refusal, 'password');
    const { rewrapForPassword } = await loadMaking();
    const { form } = await rewrapForPassword(confirmed.vault, newPassword, signal);
    form.set('currentSignInKey', confirmed.signInKey);
    made.current = { password, newPassword, form };
    return form;
  }

  async function post(form: FormData): Promise<DoneResult> {
    const wasLostBefore = mayBeDone.current;
    // Until an answer says otherwise.
    mayBeDone.current = true;
    const result = await askServer('changePassword', () => changePassword(form));
    mayBeDone.current = wasLostBefore;
    return result;
  }

  return (
    <AccountForm work={work} says={words.done} submit={words.submit} onSubmit={change}>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div key={changes} className="grid gap-6">
        <PasswordField
          {...work.field('password')}
          autoComplete="current-password"
          label={words.current}
        />
        <PasswordField
          {...work.field('newPassword')}
          autoComplete="new-password"
          label={words.next}
        />
      </div>
    </AccountForm>
  );
}

export interface ChangeEmailFormProps extends Proving {
  readonly changeEmail: Ask<EmailChangeResult>;
}

/** Another address: with mail once it is confirmed from there. */
export function ChangeEmailForm({ changeEmail, ...proof }: ChangeEmailFormProps) {
  const words = settings.you.email;
  const router = useRouter();
  const [said, setSaid] = useState('');
  return (
    <ProofForm
      {...proof}
      name="email"
      fields={['email']}
      submit={words.submit}
      says={said}
      onProved={async (form, _vault, given) => {
        const email = textOf(given, 'email');
        form.set('email', email);
        const result = await askServer('changeEmail', () => changeEmail(form));
        if (result.status === 'refused') return result;
        setSaid(fill(result.status === 'asked' ? words.asked : words.changed, { email }));
        if (result.status === 'changed') router.refresh();
        return { status: 'done' };
      }}
    >
      {(work) => <EmailField {...work.field('email')} autoComplete="email" label={words.label} />}
    </ProofForm>
  );
}

export interface DeleteAccountProps extends Proving {
  /** What goes with it, as the page shows it. */
  readonly requests: readonly OwnRequest[];
  readonly deleteAccount: Ask<DoneResult>;
}

/** Deletes one's own account, and leaves nothing of it in this browser. */
export function DeleteAccount({ requests, deleteAccount, ...proof }: DeleteAccountProps) {
  const router = useRouter();
  const words = settings.deleteAccount;
  return (
    <ProvedAct
      {...proof}
      name="delete-account"
      variant="danger"
      label={words.submit}
      words={words}
      onProved={async (form) => {
        const { forgetHere } = await loadForgetting();
        setLosses(form, requests);
        const result = await askServer('deleteAccount', () => deleteAccount(form));
        if (result.status === 'refused') {
          // What stands on the page is not so any more.
          if (result.refusal === 'losses_changed') router.refresh();
          return result;
        }
        await forgetHere();
        leaveWord('accountDeleted');
        return leaveFor('/sign-in');
      }}
    />
  );
}
