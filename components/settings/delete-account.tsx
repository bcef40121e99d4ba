'use client';

import { useRouter } from 'next/navigation';
import { leaveFor } from '@/components/account/use-form-work';
import { ProvedAct } from '@/components/settings/proved-act';
import { setLosses } from '@/components/account/set-losses';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import type { OwnRequest } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { leaveWord } from '@/lib/browser/parting-word';
import { settings } from '@/messages/en/settings';

export interface DeleteAccountProps {
  /** What goes with it, as the page shows it. */
  readonly requests: readonly OwnRequest[];
  readonly asksCode: boolean;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly deleteAccount: (form: FormData) => Promise<DoneResult>;
}

const loadForgetting = () => loadPart(() => import('@/lib/browser/account/forget-here'));

/** Deletes one's own account, and leaves nothing of it in this browser. */
export function DeleteAccount(props: DeleteAccountProps) {
  const { requests, asksCode, readOwnVault, deleteAccount } = props;
  const router = useRouter();
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
