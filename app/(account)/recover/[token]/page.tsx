import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { recoverAccount } from '@/app/(account)/recover/actions';
import { RecoverHere } from '@/components/recovery/recover-here';
import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/link-button';
import { lookAtRecovery } from '@/lib/accounts/recover-account';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { readForPage } from '@/lib/server/read-for-page';
import { answerWith } from '@/lib/server/request-context';
import { refusals } from '@/messages/en/errors';
import { recovery } from '@/messages/en/recovery';

export const metadata: Metadata = { title: recovery.title };

interface RecoveryPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/** Showing it uses nothing up: a mail scanner may look. */
export default async function RecoveryPage({ params }: RecoveryPageProps) {
  const { token } = await params;
  const found = await readForPage('recovery page', () => lookAtRecovery(accountDesk(), token));
  if ('refusal' in found) {
    return <CalmPage heading={recovery.title}>{refusals[found.refusal]}</CalmPage>;
  }
  if (found.value === null) answerWith(404);
  const { heading, text, again } = recovery.unknown;
  return (
    <RecoverHere
      token={token}
      view={found.value}
      unknown={
        <CalmPage heading={heading} actions={<LinkButton href="/recover">{again}</LinkButton>}>
          <p>{text}</p>
        </CalmPage>
      }
      recoverAccount={recoverAccount}
      readOwnVault={readOwnVault}
    />
  );
}
