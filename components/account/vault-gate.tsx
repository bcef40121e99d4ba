'use client';

import { useEffect, useState, type ReactNode } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { NeedsScript } from '@/components/account/needs-script';
import { PasswordField } from '@/components/account/password-field';
import { textOf } from '@/components/account/password-work';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { useWork } from '@/components/secret/use-work';
import { Card } from '@/components/ui/card';
import type { VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import { account } from '@/messages/en/account';

export interface VaultGateProps {
  readonly accountId: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  /** Gets the vault, or null while it is locked: then the gate stands in front. */
  readonly children: (vault: OpenVault) => ReactNode;
}

const PASSWORD = 'vault-password';

const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));
const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));

/** Shows what needs the vault once it is open, and asks for the password while it is locked. */
export function VaultGate({ accountId, readOwnVault, children }: VaultGateProps) {
  const { run, step, trouble } = useWork<'looking' | 'unlocking'>();
  const [vault, setVault] = useState<OpenVault | 'locked' | null>(null);
  const [errors, setErrors] = useState<FormErrors>({});
  const shownErrors = useShownErrors(errors);

  useEffect(() => {
    let isCurrent = true;
    void loadVault()
      .then(({ readVault }) => readVault(accountId))
      .catch(() => null)
      .then((found) => {
        if (isCurrent) setVault(found ?? 'locked');
      });
    return () => {
      isCurrent = false;
    };
  }, [accountId]);

  if (vault === null) {
    return (
      <noscript>
        <NeedsScript />
      </noscript>
    );
  }
  if (vault !== 'locked') return children(vault);

  const unlock = (password: string) =>
    run('unlocking', async (_next, signal) => {
      const { unlockVault } = await loadUnlocking();
      const sealed = await askServer(() => readOwnVault(new FormData()));
      if (sealed.status === 'refused') {
        setErrors({ form: sealed.refusal });
        return;
      }
      const opened = await unlockVault(sealed, password, signal);
      if (opened === null) setErrors({ [PASSWORD]: 'password_wrong' });
      else setVault(opened);
    });
  return (
    <Card as="section" aria-labelledby="vault-heading" className="grid gap-5">
      <h2 id="vault-heading" className="text-xl">
        {account.vault.heading}
      </h2>
      <p className="text-muted">{account.vault.lead}</p>
      <AccountForm
        errors={shownErrors}
        trouble={trouble}
        step={
          step === null
            ? null
            : { label: account.steps.unlocking, longLabel: account.stretchingLong }
        }
        submit={account.vault.submit}
        onSubmit={(form) => {
          const password = textOf(form, 'password');
          setErrors(password === '' ? { [PASSWORD]: 'password_wrong' } : {});
          if (password !== '') void unlock(password);
        }}
      >
        <PasswordField
          id={PASSWORD}
          name="password"
          autoComplete="current-password"
          error={shownErrors.errorOf(PASSWORD)}
        />
      </AccountForm>
    </Card>
  );
}
