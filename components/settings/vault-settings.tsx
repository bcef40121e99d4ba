'use client';

import { useEffect, useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { textOf } from '@/components/account/password-work';
import { useFormWork } from '@/components/account/use-form-work';
import { LiveRegion } from '@/components/ui/live-region';
import { PassingButton } from '@/components/ui/passing-button';
import { Select } from '@/components/ui/select';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { VAULT_LOCK_MINUTES } from '@/lib/accounts/policy';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { settings } from '@/messages/en/settings';

export interface VaultSettingsProps {
  readonly accountId: string;
  readonly lockMinutes: number;
  readonly saveVaultLock: (form: FormData) => Promise<DoneResult>;
  readonly lockOwnVault: (form: FormData) => Promise<DoneResult>;
}

const words = settings.security.vault;

const CHOICES = VAULT_LOCK_MINUTES.map((minutes) => ({
  value: String(minutes),
  label: words.choices[minutes],
}));

const loadWatch = () => loadPart(() => import('@/lib/browser/vault/watch-vault'));
const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));

/** Whether the vault is open in this browser, and for how long it stays so. */
export function VaultSettings(props: VaultSettingsProps) {
  const { accountId, lockMinutes, saveVaultLock, lockOwnVault } = props;
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const [isSaved, setSaved] = useState(false);
  const work = useFormWork('vault', [], { label: settings.working });

  useEffect(() => {
    let stop: (() => void) | null = null;
    let isCurrent = true;
    void loadWatch().then(
      ({ watchVault }) => {
        if (isCurrent) stop = watchVault(accountId, { onLook: setOpen });
      },
      () => {
        if (isCurrent) setOpen(false);
      },
    );
    return () => {
      isCurrent = false;
      stop?.();
    };
  }, [accountId]);

  const lock = () =>
    work.submit(async () => {
      const { lockVault } = await loadVault();
      // Here first: whatever becomes of the answer, nothing is readable here any more.
      await lockVault();
      setOpen(false);
      const result = await askServer('lockOwnVault', () => lockOwnVault(new FormData()));
      return result.status === 'refused' ? result : null;
    });

  async function save(form: FormData) {
    const result = await askServer('saveVaultLock', () => saveVaultLock(form));
    if (result.status === 'refused') return result;
    const { changeLockTime } = await loadVault();
    await changeLockTime(accountId, Number(textOf(form, 'minutes')));
    setSaved(true);
    return null;
  }

  return (
    <>
      <div className="actions">
        <LiveRegion>{isOpen === null ? '' : isOpen ? words.open : words.locked}</LiveRegion>
        {isOpen === true && <PassingButton onClick={lock}>{words.lockNow}</PassingButton>}
      </div>
      <AccountForm
        {...work.shown}
        done={isSaved ? settings.saved : ''}
        submit={words.submit}
        onSubmit={(form) => {
          setSaved(false);
          work.submit(() => save(form));
        }}
      >
        <Select
          id={work.idOf('minutes')}
          name="minutes"
          label={words.minutes}
          options={CHOICES}
          defaultValue={String(lockMinutes)}
        />
      </AccountForm>
    </>
  );
}
