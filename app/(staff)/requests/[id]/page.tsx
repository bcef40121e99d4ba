import type { Metadata } from 'next';
import { readOwnVault, readVaultShare } from '@/app/(account)/actions';
import {
  acknowledgeReply,
  addReader,
  chooseNotice,
  claimReply,
  closeRequest,
  destroyRequest,
  extendRequest,
  keepSeed,
  removeReader,
} from '@/app/(staff)/requests/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { RequestInbox } from '@/components/request/request-inbox';
import { UnknownMessage } from '@/components/secret/calm-message';
import { allowedExpiries } from '@/lib/sealed/sending-policy';
import { showRequest } from '@/lib/requests/inbox';
import { listColleagues } from '@/lib/requests/readers';
import { readPolicy } from '@/lib/sealed/sending';
import { database } from '@/lib/server/database';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { processContext } from '@/lib/server/context';
import { answerWith } from '@/lib/server/request-context';
import { settings } from '@/lib/server/settings';
import { requests } from '@/messages/en/requests';

export const metadata: Metadata = { title: requests.inbox.title };

interface InboxPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

/** Showing this page opens nothing. To whom the request is not known it does not exist. */
export default async function InboxPage({ params }: InboxPageProps) {
  const { id } = await params;
  const path = `/requests/${encodeURIComponent(id)}`;
  const found = await readForStaff(path, 'member', ({ accountId }) =>
    Promise.all([
      showRequest(processContext(), accountId, id),
      listColleagues(processContext()),
      readPolicy(database()),
    ]),
  );
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={path} />;
  const [state, colleagues, policy] = found.value;
  if (state.status === 'unknown') {
    answerWith(404);
    const { unknown } = requests.inbox;
    return (
      <UnknownMessage words={unknown} arrives={false}>
        <p>
          <a href="/dashboard">{unknown.next}</a>
        </p>
      </UnknownMessage>
    );
  }
  return (
    <RequestInbox
      accountId={found.staff.accountId}
      initial={state.inbox}
      colleagues={colleagues}
      lifetimes={allowedExpiries(policy)}
      hasMail={processContext().sendsMail}
      leaseSeconds={settings().leaseSeconds}
      actions={{
        readOwnVault,
        readVaultShare,
        claimReply,
        acknowledgeReply,
        addReader,
        keepSeed,
        removeReader,
        chooseNotice,
        extendRequest,
        closeRequest,
        destroyRequest,
      }}
    />
  );
}
