'use client';

import { useState } from 'react';
import { refusalOfNewPassword, textOf } from '@/components/account/password-work';
import {
  refusedHere,
  useFormWork,
  type FormOutcome,
  type FormWork,
} from '@/components/account/use-form-work';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import type { RecoveryView } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { account } from '@/messages/en/account';
import { recovery } from '@/messages/en/recovery';

export interface RecoveryWork {
  readonly work: FormWork;
  /** Once it is done: the new recovery code, and a try to sign in with the new password. */
  readonly recovered: {
    readonly recoveryCode: string;
    readonly signIn: () => Promise<boolean>;
  } | null;
  readonly recover: (
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

const FIELDS = ['password', 'recoveryCode', 'lossConfirmed', 'code'];

const loadAccount = () => loadPart(() => import('@/lib/browser/account/make-account'));
const loadOpening = () => loadPart(() => import('@/lib/browser/vault/open-by-recovery-code'));
const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));
const loadSignIn = () => loadPart(() => import('@/lib/browser/account/sign-in-here'));

/** What the form of a recovery link does: the vault is opened and wrapped in this browser. */
export function useRecovery({ token, view, recoverAccount, readOwnVault }: Recovery): RecoveryWork {
  const [recovered, setRecovered] = useState<RecoveryWork['recovered']>(null);
  const work = useFormWork('recovery', FIELDS, {
    label: recovery.form.steps.stretching,
    longLabel: account.stretchingLong,
  });

  const recover: RecoveryWork['recover'] = async (given, vaultIs, signal) => {
    const password = textOf(given, 'password');
    const refusal = refusalOfNewPassword(password);
    if (refusal !== null) return refusedHere(refusal, 'password');
    // Asked before the work: a password that takes seconds should not be worked at for nothing.
    if (vaultIs === 'new' && textOf(given, 'lossConfirmed') !== 'yes') {
      return refusedHere('loss_unconfirmed', 'lossConfirmed');
    }
    if (view.hasSecondFactor && textOf(given, 'code') === '') {
      return refusedHere('second_factor_needed', 'code');
    }
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
    made.form.set('lossConfirmed', vaultIs === 'new' ? 'yes' : 'no');
    made.form.set('code', textOf(given, 'code'));
    // Whatever this browser keeps is of before: it must not be what the next request is sealed to.
    const { lockVault } = await loadVault();
    await lockVault();
    const result = await askServer(() => recoverAccount(made.form));
    if (result.status === 'refused') return result;
    setRecovered({
      recoveryCode: made.recoveryCode,
      signIn: async () => {
        // A code counts once: with a second factor the next one has to be waited for.
        if (view.hasSecondFactor) return false;
        const { presentSignInKey } = await loadSignIn();
        if ((await presentSignInKey(view.email, made.signInKey, '')) !== null) return false;
        const own = await askServer(() => readOwnVault(new FormData()));
        if (own.status === 'found') {
          const { keepVault } = await loadVault();
          await keepVault(own.accountId, made.vault, own);
        }
        return true;
      },
    });
    return null;
  };

  return { work, recovered, recover };
}
