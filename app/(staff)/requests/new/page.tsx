import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { createRequest } from '@/app/(staff)/requests/actions';
import { NewRequest } from '@/components/request/new-request';
import { CalmPage } from '@/components/site/calm-page';
import { requireStaff } from '@/lib/server/accounts/current-staff';
import { isMailConfigured } from '@/lib/server/mail/queue-mail';
import { readColleagues } from '@/lib/server/request-pages';
import { refusals } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';
import { requests } from '@/messages/en/requests';

export const metadata: Metadata = { title: requests.create.title };

export default async function NewRequestPage() {
  const staff = await requireStaff('/requests/new');
  const everybody = await readColleagues();
  if (everybody === null) {
    return (
      <CalmPage heading={reply.failed.heading}>
        <p>{refusals.unavailable}</p>
      </CalmPage>
    );
  }
  return (
    <NewRequest
      accountId={staff.accountId}
      colleagues={everybody.filter(({ accountId }) => accountId !== staff.accountId)}
      hasMail={isMailConfigured()}
      actions={{ createRequest, readOwnVault }}
    />
  );
}
