'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { refusalOfNewPassword, textOf } from '@/components/account/password-work';
import {
  leaveFor,
  refusedHere,
  useFormWork,
  type FormOutcome,
  type FormWork,
} from '@/components/account/use-form-work';
import { setLosses } from '@/components/account/set-losses';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import type { Losses, RecoveryView } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { MadeAccount } from '@/lib/browser/account/make-account';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { account } from '@/messages/en/account';
import { recovery } from '@/messages/en/recovery';

export interface RecoveryWork {
  readonly work: FormWork;
  /** The new recovery code, before anything is changed, and what puts it in force with the password. */
  readonly prepared: {
    readonly recoveryCode: string;
    readonly recover: (given: FormData, toldAnew: Losses | null) => Promise<FormOutcome>;
  } | null;
  /** What a new vault loses has changed since it was confirmed, and is to be confirmed anew. */
  readonly isLossChanged: boolean;
  readonly prepare: (
    given: FormData,
    vaultIs: 'kept' | 'new',
    signal: AbortSignal,
  ) => Promise<FormOutcome>;
}

interface Recovery {
  readonly token: string;
  readonly view: RecoveryView;
  readonly recoverAccount: (form: FormData) => Promise<DoneResult>;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
}

const isLossConfirmed = (given: FormData) => textOf(given, 'lossConfirmed') === 'yes';
const lossUnconfirmed = () => refusedHere('loss_unconfirmed', 'lossConfirmed');

const FIELDS = ['password', 'recoveryCode', 'lossConfirmed'];

const loadAccount = () => loadPart(() => import('@/lib/browser/account/make-account'));
const loadOpening = () => loadPart(() => import('@/lib/browser/vault/open-by-recovery-code'));
const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));
const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in-as-made'));

/**
 * What the form of a recovery link does: the vault is opened and wrapped in this browser. The link is
 * used once the new code is said to be kept: a page that dies before has changed nothing, and the code
 * of before is good.
 */
export function useRecovery({ token, view, recoverAccount, readOwnVault }: Recovery): RecoveryWork {
  const router = useRouter();
  const [prepared, setPrepared] = useState<RecoveryWork['prepared']>(null);
  const [isLossChanged, setLossChanged] = useState(false);
  const work = useFormWork('recovery', FIELDS, {
    label: recovery.form.steps.stretching,
    longLabel: account.stretchingLong,
  });

  const prepare: RecoveryWork['prepare'] = async (given, vaultIs, signal) => {
    const password = textOf(given, 'password');
    const refusal = refusalOfNewPassword(password);
    if (refusal !== null) return refusedHere(refusal, 'password');
    // Asked before the work: a password that takes seconds should not be worked at for nothing.
    if (vaultIs === 'new' && !isLossConfirmed(given)) return lossUnconfirmed();
    const { makeAccount, wrapForPassword } = await loadAccount();
    let vault: OpenVault | null = null;
    if (vaultIs === 'kept') {
      const { openByRecoveryCode } = await loadOpening();
      vault = await openByRecoveryCode(view, textOf(given, 'recoveryCode'));
      if (vault === null) return refusedHere('recovery_code_wrong', 'recoveryCode');
    }
    const made =
      vault === null
        ? await makeAccount(password, signal)
        : await wrapForPassword(vault, password, signal);
    made.form.set('token', token);
    made.form.set('vaultIs', vaultIs);
    if (vaultIs === 'new') {
      made.form.set('lossConfirmed', 'yes');
      setLosses(made.form, view.losses.alone);
    }
    setPrepared({
      recoveryCode: made.recoveryCode,
      recover: async (shown, toldAnew) => {
        if (toldAnew !== null) {
          if (!isLossConfirmed(shown)) return lossUnconfirmed();
          setLosses(made.form, toldAnew.alone);
        }
        // Asked for last: a code of an app is good for a minute, and keeping the new one may take longer.
        if (view.hasSecondFactor && textOf(shown, 'code') === '') {
          return refusedHere('second_factor_needed', 'code');
        }
        made.form.set('code', textOf(shown, 'code'));
        // Whatever this browser keeps is of before: it must not be what the next request is sealed to.
        const { lockVault } = await loadVault();
        await lockVault();
        const result = await askServer('recoverAccount', () => recoverAccount(made.form));
        if (result.status === 'refused') {
          if (result.refusal === 'losses_changed') {
            setLossChanged(true);
            router.refresh();
          }
          return result;
        }
        // It is done. Why this browser can't sign in, the page for that says.
        const isIn = await signIn(made).catch(() => false);
        return leaveFor(isIn ? '/dashboard' : '/sign-in');
      },
    });
    return null;
  };

  const signIn = async (made: MadeAccount): Promise<boolean> => {
    // A code counts once: with a second factor the next one has to be waited for.
    if (view.hasSecondFactor) return false;
    const { signInAsMade } = await loadSignIn();
    return signInAsMade(view.email, made, readOwnVault);
  };

  return { work, prepared, isLossChanged, prepare };
}
