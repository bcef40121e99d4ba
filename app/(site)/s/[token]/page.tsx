import type { Metadata } from 'next';
import { destroyFromStatus, withdrawReply } from '@/app/(site)/s/[token]/actions';
import { ReplyStatusView } from '@/components/request/reply-status-view';
import { IncompleteLink } from '@/components/secret/calm-message';
import { StatusView } from '@/components/secret/status-view';
import { TOKEN_LENGTHS } from '@/lib/protocol/constants';
import { isPartOf } from '@/lib/protocol/link';
import { lookAtReply } from '@/lib/requests/replies';
import { readStatusPage } from '@/lib/sealed/pages';
import { lookForPage } from '@/lib/server/read-for-page';
import { answerWith } from '@/lib/server/request-context';
import { status } from '@/messages/en/status';

export const metadata: Metadata = { title: status.title };

interface StatusPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/** A sender's page about a secret, or a client's about a reply: the token says which. */
export default async function StatusPage({ params }: StatusPageProps) {
  const { token } = await params;
  if (isPartOf(token, TOKEN_LENGTHS.status)) {
    answerWith(404);
    return <IncompleteLink />;
  }
  // A token that belongs to no reply may be that of a message: nothing is said of it yet.
  const reply = await lookForPage(
    'reply status page',
    (context) => lookAtReply(context, token),
    {},
  );
  if (reply.status !== 'unknown') {
    return <ReplyStatusView statusToken={token} initial={reply} withdraw={withdrawReply} />;
  }
  return (
    <StatusView
      statusToken={token}
      initial={await readStatusPage(token)}
      destroyFromStatus={destroyFromStatus}
    />
  );
}
