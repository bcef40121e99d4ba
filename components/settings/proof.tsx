'use client';

import { CodeField } from '@/components/account/code-field';
import { PasswordField } from '@/components/account/password-field';
import { textOf } from '@/components/account/password-work';
import { refusedHere, type FormOutcome, type FormWork } from '@/components/account/use-form-work';
import type { VaultResult } from '@/lib/accounts/outcomes';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { loadPart } from '@/lib/browser/load-part';

export interface ProofFieldsProps {
  readonly work: FormWork;
  readonly asksCode: boolean;
}

/** The fields of `ProofFields`, for `useFormWork`. */
export const proofFields = (asksCode: boolean): readonly string[] =>
  asksCode ? ['password', 'code'] : ['password'];

/** The password once more, and a code where a second factor is on and the act takes one. */
export function ProofFields({ work, asksCode }: ProofFieldsProps) {
  return (
    <>
      <PasswordField
        id={work.idOf('password')}
        name="password"
        autoComplete="current-password"
        error={work.errorOf('password')}
      />
      {asksCode && <CodeField id={work.idOf('code')} error={work.errorOf('code')} />}
    </>
  );
}

const loadConfirming = () => loadPart(() => import('@/lib/browser/account/confirm-password'));

export type Proved =
  | { readonly form: FormData; readonly vault: OpenVault }
  | { readonly refused: Exclude<FormOutcome, null> };

/** What was typed into `ProofFields`, as a form for the server: the password stays here. */
export async function prove(
  readOwnVault: (form: FormData) => Promise<VaultResult>,
  given: FormData,
  asksCode: boolean,
  signal: AbortSignal,
): Promise<Proved> {
  const [password, code] = [textOf(given, 'password'), textOf(given, 'code')];
  if (password === '') return { refused: refusedHere('password_wrong', 'password') };
  // Asked before the work: a password that takes seconds should not be worked at for nothing.
  if (asksCode && code === '') return { refused: refusedHere('second_factor_needed', 'code') };
  const { confirmPassword } = await loadConfirming();
  const confirmed = await confirmPassword(readOwnVault, password, signal);
  if ('refusal' in confirmed) return { refused: refusedHere(confirmed.refusal, 'password') };
  const form = new FormData();
  form.set('signInKey', confirmed.signInKey);
  if (asksCode) form.set('code', code);
  return { form, vault: confirmed.vault };
}
