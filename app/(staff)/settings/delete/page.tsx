import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { deleteAccount } from '@/app/(staff)/settings/delete/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { DeleteAccount } from '@/components/settings/delete-account';
import { OwnRequests } from '@/components/settings/own-requests';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.deleteAccount.title };

const PATH = '/settings/delete';

/** What goes with one's own account, where to hand it over, and the end of it. */
export default async function DeleteAccountPage() {
  const found = await readForStaff(PATH, 'member', async ({ accountId, role }) => {
    const { own, members } = accountDesk();
    const [alone, everybody] = await Promise.all([
      own.listRequestsAlone(accountId),
      role === 'OWNER' ? members.listMembers() : [],
    ]);
    const owners = everybody.filter((member) => member.role === 'OWNER').length;
    return { alone, isOnlyOwner: owners === 1 };
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
      <OwnRequests requests={alone} />
      <DeleteAccount
        requests={alone}
        asksCode={found.staff.hasSecondFactor}
        readOwnVault={readOwnVault}
        deleteAccount={deleteAccount}
      />
    </div>
  );
}
