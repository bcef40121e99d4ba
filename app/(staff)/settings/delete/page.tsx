import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { deleteAccount } from '@/app/(staff)/settings/delete/actions';
import { OwnLosses } from '@/components/account/losses';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { DeleteAccount } from '@/components/settings/own-account';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/surface';
import { listRequestsAlone } from '@/lib/accounts/losses';
import { findOwners } from '@/lib/accounts/members';
import { database } from '@/lib/server/database';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.deleteAccount.title };

const PATH = '/settings/delete';

/** What goes with one's own account, where to hand it over, and the end of it. */
export default async function DeleteAccountPage() {
  const found = await readForStaff(PATH, 'member', async ({ accountId, role }) => {
    const [alone, owners] = await Promise.all([
      listRequestsAlone(database(), accountId),
      role === 'OWNER' ? findOwners(database()) : [],
    ]);
    return { alone, isOnlyOwner: owners.length === 1 };
  });
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { heading, lead, onlyOwner } = settings.deleteAccount;
  const { alone, isOnlyOwner } = found.value;
  if (isOnlyOwner) {
    return (
      <div className="grid gap-7">
        <PageHeading lead={onlyOwner}>{heading}</PageHeading>
        <div>
          <LinkButton href="/settings/members">{settings.navigation.members}</LinkButton>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-7">
      <PageHeading lead={lead}>{heading}</PageHeading>
      <OwnLosses requests={alone} />
      <DeleteAccount
        requests={alone}
        asksCode={found.staff.hasSecondFactor}
        readOwnVault={readOwnVault}
        deleteAccount={deleteAccount}
      />
    </div>
  );
}
