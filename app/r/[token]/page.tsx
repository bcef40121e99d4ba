import type { Metadata } from 'next';
import { replyOnServer, storeSealedReply } from '@/app/r/[token]/actions';
import { ReplyPage } from '@/components/request/reply-page';
import { NoLink, UnknownMessage } from '@/components/secret/calm-message';
import { createNonce } from '@/lib/browser/claim-memory';
import { REQUEST_PATH } from '@/lib/protocol/constants';
import { isCutShort, readRequestLink } from '@/lib/protocol/link';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { lookForPage } from '@/lib/server/read-for-page';
import { answerWith } from '@/lib/server/request-context';
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
      look={await lookForPage('reply page', (context) => lookAtRequest(context, link.token))}
      actions={{ replyOnServer, storeSealedReply }}
    />
  );
}
