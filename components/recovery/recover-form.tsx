'use client';

import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { CodeField } from '@/components/account/code-field';
import { PasswordField } from '@/components/account/password-field';
import { RecoveryCode } from '@/components/account/recovery-code';
import type { FormWork } from '@/components/account/use-form-work';
import { LossList } from '@/components/recovery/loss-list';
import { useRecovery } from '@/components/recovery/use-recovery';
import { PageHeading } from '@/components/ui/page-heading';
import { RadioGroup } from '@/components/ui/radio-group';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/text-field';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import type { RecoveryView } from '@/lib/accounts/views';
import { account } from '@/messages/en/account';
import { recovery } from '@/messages/en/recovery';
import { fill } from '@/messages/fill';

export interface RecoverFormProps {
  /** Of the link. */
  readonly token: string;
  readonly view: RecoveryView;
  readonly recoverAccount: (form: FormData) => Promise<DoneResult>;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
}

/**
 * A new password: with the recovery code for the vault that there is, without it for a new one. It
 * holds once the new recovery code is said to be kept.
 */
export function RecoverForm({ view, ...props }: RecoverFormProps) {
  const words = recovery.form;
  const [vaultIs, setVaultIs] = useState<'kept' | 'new'>('kept');
  const { work, prepared, isLossChanged, prepare } = useRecovery({ view, ...props });

  const lossList = (form: FormWork) => (
    <LossList
      losses={view.losses}
      checkboxId={form.idOf('lossConfirmed')}
      error={form.errorOf('lossConfirmed')}
    />
  );

  if (prepared !== null) {
    return (
      <RecoveryCode
        code={prepared.recoveryCode}
        email={view.email}
        step={words.steps.saving}
        untilThen={words.untilThen}
        onSaved={(given) => prepared.recover(given, isLossChanged ? view.losses : null)}
      >
        {(saving) => (
          <>
            {isLossChanged && lossList(saving)}
            {view.hasSecondFactor && (
              <CodeField
                id={saving.idOf('code')}
                label={words.code}
                hint={words.codeHint}
                error={saving.errorOf('code')}
              />
            )}
          </>
        )}
      </RecoveryCode>
    );
  }
  return (
    <div className="grid gap-8">
      <PageHeading lead={fill(words.lead, { email: view.email })}>{words.heading}</PageHeading>
      <AccountForm
        {...work.shown}
        submit={words.submit}
        onSubmit={(form) => work.submit((signal) => prepare(form, vaultIs, signal))}
      >
        <input type="hidden" name="username" autoComplete="username" value={view.email} readOnly />
        <PasswordField
          id={work.idOf('password')}
          name="password"
          autoComplete="new-password"
          label={words.password}
          hint={account.fields.password.newHint}
          error={work.errorOf('password')}
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
            id={work.idOf('recoveryCode')}
            name="recoveryCode"
            mono
            {...TYPED_SECRET}
            autoCapitalize="characters"
            label={words.recoveryCode}
            hint={words.recoveryCodeHint}
            error={work.errorOf('recoveryCode')}
          />
        ) : (
          lossList(work)
        )}
      </AccountForm>
    </div>
  );
}
