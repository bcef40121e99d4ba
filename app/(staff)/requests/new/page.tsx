import type { Metadata } from 'next';
import { readOwnVault, readVaultShare } from '@/app/(account)/actions';
import { createRequest } from '@/app/(staff)/requests/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { NewRequest } from '@/components/request/new-request';
import { allowedExpiries } from '@/lib/sealed/sending-policy';
import { listColleagues } from '@/lib/requests/readers';
import { readPolicy } from '@/lib/sealed/sending';
import { database } from '@/lib/server/database';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { processContext } from '@/lib/server/context';
import { requests } from '@/messages/en/requests';

export const metadata: Metadata = { title: requests.create.title };

const PATH = '/requests/new';

export default async function NewRequestPage() {
  const found = await readForStaff(PATH, 'member', () =>
    Promise.all([listColleagues(processContext()), readPolicy(database())]),
  );
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { accountId } = found.staff;
  const [everybody, policy] = found.value;
  return (
    <NewRequest
      accountId={accountId}
      colleagues={everybody.filter((colleague) => colleague.accountId !== accountId)}
      lifetimes={allowedExpiries(policy)}
      hasMail={processContext().sendsMail}
      actions={{ createRequest, readOwnVault, readVaultShare }}
    />
  );
}
