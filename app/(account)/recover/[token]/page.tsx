import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { recoverAccount } from '@/app/(account)/recover/actions';
import { tokenPage, type TokenPageProps } from '@/app/(account)/token-page';
import { RecoverHere } from '@/components/account/recover-form';
import { LinkButton } from '@/components/ui/button';
import { lookAtRecovery } from '@/lib/accounts/recovery';
import { recovery } from '@/messages/en/recovery';

export const metadata: Metadata = { title: recovery.title };

export default async function RecoveryPage(props: TokenPageProps) {
  return tokenPage(props, {
    at: 'recovery page',
    words: recovery,
    goOn: <LinkButton href="/recover">{recovery.unknown.again}</LinkButton>,
    look: lookAtRecovery,
    show: (token, view, unknown) => (
      <RecoverHere
        token={token}
        view={view}
        unknown={unknown}
        recoverAccount={recoverAccount}
        readOwnVault={readOwnVault}
      />
    ),
  });
}
