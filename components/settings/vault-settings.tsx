'use client';

import { useEffect, useState } from 'react';
import {
  AccountForm,
  textOf,
  useFormWork,
  type Ask,
  type FormTask,
} from '@/components/account/account-form';
import { watchFromPage } from '@/components/account/vault-gate';
import { LiveRegion } from '@/components/ui/notice';
import { PassingButton } from '@/components/ui/question';
import { Select } from '@/components/ui/choice';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { VAULT_LOCK_MINUTES } from '@/lib/accounts/policy';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import { settings } from '@/messages/en/settings';

export interface VaultSettingsProps {
  readonly accountId: string;
  readonly lockMinutes: number;
  readonly saveVaultLock: Ask<DoneResult>;
  readonly lockOwnVault: Ask<DoneResult>;
}

const words = settings.security.vault;

const CHOICES = VAULT_LOCK_MINUTES.map((minutes) => ({
  value: String(minutes),
  label: words.choices[minutes],
}));

const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));

/** Whether the vault is open in this browser, and for how long it stays so. */
export function VaultSettings(props: VaultSettingsProps) {
  const { accountId, lockMinutes, saveVaultLock, lockOwnVault } = props;
  const [isOpen, setOpen] = useState<boolean | null>(null);
  /** The lock and the form are one work: what is said beside the form is of the form alone. */
  const [says, setSays] = useState('');
  const work = useFormWork('vault', [], { label: settings.working });

  useEffect(
    () => watchFromPage(accountId, { onLook: setOpen, onMissing: () => setOpen(false) }),
    [accountId],
  );

  const lock: FormTask = async (form) => {
    setSays('');
    const { lockVault } = await loadVault();
    // Here first: whatever becomes of the answer, nothing is readable here any more.
    await lockVault();
    setOpen(false);
    return askServer('lockOwnVault', () => lockOwnVault(form));
  };

  const save: FormTask = async (form) => {
    const result = await askServer('saveVaultLock', () => saveVaultLock(form));
    if (result.status === 'refused') return result;
    const { changeLockTime } = await loadVault();
    await changeLockTime(accountId, Number(textOf(form, 'minutes')));
    setSays(settings.saved);
    return result;
  };

  return (
    <>
      <div className="actions">
        <LiveRegion>{isOpen === null ? '' : isOpen ? words.open : words.locked}</LiveRegion>
        {isOpen === true && (
          <PassingButton onClick={() => work.submit(lock)}>{words.lockNow}</PassingButton>
        )}
      </div>
      <AccountForm work={work} says={says} submit={words.submit} onSubmit={save}>
        <Select
          {...work.field('minutes')}
          label={words.minutes}
          options={CHOICES}
          defaultValue={String(lockMinutes)}
        />
      </AccountForm>
    </>
  );
}
