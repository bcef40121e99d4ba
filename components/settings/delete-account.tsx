'use client';

import { leaveFor } from '@/components/account/use-form-work';
import { ProvedAct } from '@/components/settings/proved-act';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { leaveWord } from '@/lib/browser/parting-word';
import { settings } from '@/messages/en/settings';

export interface DeleteAccountProps {
  readonly asksCode: boolean;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly deleteAccount: (form: FormData) => Promise<DoneResult>;
}

const loadForgetting = () => loadPart(() => import('@/lib/browser/account/forget-here'));

/** Deletes one's own account, and leaves nothing of it in this browser. */
export function DeleteAccount({ asksCode, readOwnVault, deleteAccount }: DeleteAccountProps) {
  const words = settings.deleteAccount;
  return (
    <ProvedAct
      name="delete-account"
      variant="danger"
      label={words.submit}
      words={{ question: words.question, confirm: words.confirm, keep: words.keep }}
      asksCode={asksCode}
      readOwnVault={readOwnVault}
      onProved={async (form) => {
        const { forgetHere } = await loadForgetting();
        const result = await askServer('deleteAccount', () => deleteAccount(form));
        if (result.status === 'refused') return result;
        await forgetHere();
        leaveWord('accountDeleted');
        return leaveFor('/sign-in');
      }}
    />
  );
}
