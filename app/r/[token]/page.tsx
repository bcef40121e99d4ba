import type { Metadata } from 'next';
import { replyOnServer, storeSealedReply } from '@/app/r/[token]/actions';
import { ReplyPage } from '@/components/request/reply-page';
import { NoLink } from '@/components/secret/incomplete-link';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { createNonce } from '@/lib/browser/claim-memory';
import { REQUEST_PATH } from '@/lib/protocol/constants';
import { isCutShort, readRequestLink } from '@/lib/protocol/link';
import { answerWith } from '@/lib/server/request-context';
import { lookAtRequest } from '@/lib/server/request-pages';
import { reply } from '@/messages/en/reply';

export const metadata: Metadata = { title: reply.title };

interface RequestPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/** Showing this page changes nothing. */
export default async function RequestPage({ params }: RequestPageProps) {
  const { token } = await params;
  const link = readRequestLink(REQUEST_PATH + token, '');
  if (link === null) {
    answerWith(404);
    return (
      <NoLink
        isCutShort={isCutShort(REQUEST_PATH + token, null)}
        otherwise={
          <UnknownMessage words={reply.unknown} arrives={false}>
            <p>{reply.unknown.next}</p>
          </UnknownMessage>
        }
      />
    );
  }
  return (
    <ReplyPage
      linkToken={link.token}
      nonce={createNonce()}
      look={await lookAtRequest(link.token)}
      actions={{ replyOnServer, storeSealedReply }}
    />
  );
}
