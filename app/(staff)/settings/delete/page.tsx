import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { deleteAccount } from '@/app/(staff)/settings/delete/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { DeleteAccount } from '@/components/settings/delete-account';
import { OwnRequests } from '@/components/settings/own-requests';
import { PageHeading } from '@/components/ui/page-heading';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.deleteAccount.title };

const PATH = '/settings/delete';

/** What goes with one's own account, where to hand it over, and the end of it. */
export default async function DeleteAccountPage() {
  const found = await readForStaff(PATH, 'member', ({ accountId }) =>
    accountDesk().own.listRequestsAlone(accountId),
  );
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { heading, lead } = settings.deleteAccount;
  return (
    <div className="grid gap-7">
      <PageHeading lead={lead}>{heading}</PageHeading>
      <OwnRequests requests={found.value} />
      <DeleteAccount
        asksCode={found.staff.hasSecondFactor}
        readOwnVault={readOwnVault}
        deleteAccount={deleteAccount}
      />
    </div>
  );
}
