import type { Metadata } from 'next';
import { destroyFromStatus, withdrawReply } from '@/app/(site)/s/[token]/actions';
import { ReplyStatusView } from '@/components/request/reply-status-view';
import { IncompleteLink } from '@/components/secret/incomplete-link';
import { StatusView } from '@/components/secret/status-view';
import { TOKEN_LENGTHS } from '@/lib/protocol/constants';
import { isPartOf } from '@/lib/protocol/link';
import { lookAtStatus } from '@/lib/server/message-desk';
import { lookAtReply } from '@/lib/server/request-pages';
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
  const reply = await lookAtReply(token);
  if (reply !== null) {
    return <ReplyStatusView statusToken={token} initial={reply} withdraw={withdrawReply} />;
  }
  return (
    <StatusView
      statusToken={token}
      initial={await lookAtStatus(token)}
      destroyFromStatus={destroyFromStatus}
    />
  );
}
