import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import {
  acknowledgeReply,
  addReader,
  claimReply,
  closeRequest,
  destroyRequest,
  extendRequest,
  removeReader,
} from '@/app/(staff)/requests/actions';
import { RequestInbox } from '@/components/request/request-inbox';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { CalmPage } from '@/components/site/calm-page';
import { requireStaff } from '@/lib/server/accounts/current-staff';
import { readInbox } from '@/lib/server/request-pages';
import { refusals } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';
import { requests } from '@/messages/en/requests';

export const metadata: Metadata = { title: requests.inbox.title };

interface InboxPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

/** Showing this page opens nothing. To whom the request is not known it does not exist. */
export default async function InboxPage({ params }: InboxPageProps) {
  const { id } = await params;
  const staff = await requireStaff(`/requests/${encodeURIComponent(id)}`);
  const { state, colleagues } = await readInbox(staff.accountId, id);
  const { unknown } = requests.inbox;
  switch (state.status) {
    case 'unknown':
      return (
        <UnknownMessage words={unknown} arrives={false}>
          <p>
            <a href="/dashboard">{unknown.next}</a>
          </p>
        </UnknownMessage>
      );
    case 'refused':
      return (
        <CalmPage heading={reply.failed.heading}>
          <p>{refusals[state.refusal]}</p>
        </CalmPage>
      );
    case 'known':
      return (
        <RequestInbox
          accountId={staff.accountId}
          initial={state.inbox}
          colleagues={colleagues}
          actions={{
            readOwnVault,
            claimReply,
            acknowledgeReply,
            addReader,
            removeReader,
            extendRequest,
            closeRequest,
            destroyRequest,
          }}
        />
      );
  }
}
