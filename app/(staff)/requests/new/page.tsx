import type { Metadata } from 'next';
import { readOwnVault, readVaultShare } from '@/app/(account)/actions';
import { createRequest } from '@/app/(staff)/requests/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { NewRequest } from '@/components/request/new-request';
import { allowedExpiries } from '@/lib/accounts/sending-rules';
import { listColleagues } from '@/lib/requests/inbox';
import { readPolicy } from '@/lib/server/accounts/sending-policy';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { isMailConfigured } from '@/lib/server/mail/queue-mail';
import { requestDesk } from '@/lib/server/request-desk';
import { requests } from '@/messages/en/requests';

export const metadata: Metadata = { title: requests.create.title };

const PATH = '/requests/new';

export default async function NewRequestPage() {
  const found = await readForStaff(PATH, 'member', () =>
    Promise.all([listColleagues(requestDesk()), readPolicy()]),
  );
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { accountId } = found.staff;
  const [everybody, policy] = found.value;
  return (
    <NewRequest
      accountId={accountId}
      colleagues={everybody.filter((colleague) => colleague.accountId !== accountId)}
      lifetimes={allowedExpiries(policy)}
      hasMail={isMailConfigured()}
      actions={{ createRequest, readOwnVault, readVaultShare }}
    />
  );
}
