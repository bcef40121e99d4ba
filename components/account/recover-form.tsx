'use client';

import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
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
  CodeField,
  PasswordField,
  refusalOfNewPassword,
} from '@/components/account/credential-fields';
import { setLosses, VaultLosses } from '@/components/account/losses';
import { RecoveryCode } from '@/components/account/shown-once';
import { PageHeading } from '@/components/ui/surface';
import { RadioGroup } from '@/components/ui/choice';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/field';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import type { RecoveryView } from '@/lib/accounts/views';
import type { MadeAccount } from '@/lib/browser/account/make-account';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

interface RecoverFormProps {
  /** Of the link. */
  readonly token: string;
  readonly view: RecoveryView;
  readonly recoverAccount: Ask<DoneResult>;
  readonly readOwnVault: Ask<VaultResult>;
}

export interface RecoverHereProps extends Omit<RecoverFormProps, 'view'> {
  /** null for a link that is good for nothing (any more) */
  readonly view: RecoveryView | null;
  /** What stands there for such a link. */
  readonly unknown: ReactNode;
}

/**
 * What a recovery link was good for when its page came. The form uses the link up, and the page may
 * be rendered once more with that very answer: the new recovery code must not go with it. What a new
 * vault would lose is shown as it is, while the link says so.
 */
export function RecoverHere({ view, unknown, ...link }: RecoverHereProps) {
  const [first] = useState(view);
  if (first === null) return unknown;
  const { losses } = view ?? first;
  return <RecoverForm view={{ ...first, losses }} {...link} />;
}

const words = recovery.form;

const isLossConfirmed = (given: FormData) => textOf(given, 'lossConfirmed') === 'yes';
const lossUnconfirmed = () => refusedHere('loss_unconfirmed', 'lossConfirmed');

const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-account'));
const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in'));
const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));
const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));

/**
 * A new password: with the recovery code for the vault that there is, without it for a new one. The
 * vault is opened and wrapped in this browser. The link is used once the new code is said to be kept:
 * a page that dies before has changed nothing, and the code of before is good.
 */
function RecoverForm({ token, view, recoverAccount, readOwnVault }: RecoverFormProps) {
  const router = useRouter();
  const [vaultIs, setVaultIs] = useState<'kept' | 'new'>('kept');
  /** What is posted once its recovery code is kept. */
  const [made, setMade] = useState<MadeAccount | null>(null);
  /** What a new vault loses has changed since it was confirmed, and is to be confirmed anew. */
  const [isLossChanged, setLossChanged] = useState(false);
  const work = useFormWork(
    'recovery',
    ['password', 'recoveryCode', 'lossConfirmed'],
    stretching(words.steps.stretching),
  );

  const prepare: FormTask = async (given, signal) => {
    const password = textOf(given, 'password');
    const refusal = refusalOfNewPassword(password);
    if (refusal !== null) return refusedHere(refusal, 'password');
    // Asked before the work: a password that takes seconds should not be worked at for nothing.
    if (vaultIs === 'new' && !isLossConfirmed(given)) return lossUnconfirmed();
    const { makeAccount, wrapForPassword } = await loadMaking();
    let prepared: MadeAccount;
    if (vaultIs === 'kept') {
      const { openByRecoveryCode } = await loadUnlocking();
      const vault = await openByRecoveryCode(view, textOf(given, 'recoveryCode'));
      if (vault === null) return refusedHere('recovery_code_wrong', 'recoveryCode');
      prepared = await wrapForPassword(vault, password, signal);
    } else {
      prepared = await makeAccount(password, signal);
      prepared.form.set('lossConfirmed', 'yes');
      setLosses(prepared.form, view.losses.alone);
    }
    prepared.form.set('token', token);
    prepared.form.set('vaultIs', vaultIs);
    setMade(prepared);
    return { status: 'done' };
  };

  async function recover(prepared: MadeAccount, given: FormData): Promise<FormOutcome> {
    const { form } = prepared;
    if (isLossChanged) {
      if (!isLossConfirmed(given)) return lossUnconfirmed();
      setLosses(form, view.losses.alone);
    }
    // Asked for last: a code of an app is good for a minute, and keeping the new one may take longer.
    const code = textOf(given, 'code');
    if (view.hasSecondFactor && code === '') return refusedHere('second_factor_needed', 'code');
    form.set('code', code);
    // Whatever this browser keeps is of before: it must not be what the next request is sealed to.
    const { lockVault } = await loadVault();
    await lockVault();
    const result = await askServer('recoverAccount', () => recoverAccount(form));
    if (result.status === 'refused') {
      if (result.refusal === 'losses_changed') {
        setLossChanged(true);
        router.refresh();
      }
      return result;
    }
    // It is done. Why this browser can't sign in, the page for that says.
    const isIn = await isSignedIn(prepared).catch(() => false);
    return leaveFor(isIn ? '/dashboard' : '/sign-in');
  }

  async function isSignedIn({ keys }: MadeAccount): Promise<boolean> {
    // A code counts once: with a second factor the next one has to be waited for.
    if (view.hasSecondFactor) return false;
    const { signIn } = await loadSignIn();
    return (await signIn(view.email, keys, '', readOwnVault)) === null;
  }

  if (made !== null) {
    return (
      <RecoveryCode
        code={made.recoveryCode}
        email={view.email}
        step={words.steps.saving}
        untilThen={words.untilThen}
        onSaved={(given) => recover(made, given)}
      >
        {(saving) => (
          <>
            {isLossChanged && <VaultLosses losses={view.losses} work={saving} />}
            {view.hasSecondFactor && (
              <CodeField {...saving.field('code')} label={words.code} hint={words.codeHint} />
            )}
          </>
        )}
      </RecoveryCode>
    );
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={fill(words.lead, { email: view.email })}>{words.heading}</PageHeading>
      <AccountForm work={work} submit={words.submit} onSubmit={prepare}>
        <input type="hidden" name="username" autoComplete="username" value={view.email} readOnly />
        <PasswordField
          {...work.field('password')}
          autoComplete="new-password"
          label={words.password}
        />
        <RadioGroup
          name="vaultIs"
          label={words.ways.label}
          value={vaultIs}
          onValueChange={(value) => setVaultIs(value === 'new' ? 'new' : 'kept')}
          options={[
            { value: 'kept', label: words.ways.kept, hint: words.ways.keptHint },
            { value: 'new', label: words.ways.lost, hint: words.ways.lostHint },
          ]}
        />
        {vaultIs === 'kept' ? (
          <TextField
            {...work.field('recoveryCode')}
            mono
            {...TYPED_SECRET}
            autoCapitalize="characters"
            label={words.recoveryCode}
            hint={words.recoveryCodeHint}
          />
        ) : (
          <VaultLosses losses={view.losses} work={work} />
        )}
      </AccountForm>
    </div>
  );
}
