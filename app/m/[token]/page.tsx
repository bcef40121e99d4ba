import type { Metadata } from 'next';
import {
  acknowledge,
  claimBrowserSealed,
  destroyBrowserSealed,
  knock,
  openServerSealed,
} from '@/app/m/[token]/actions';
import { BrowserSealed } from '@/components/secret/browser-sealed';
import { NoLink, UnknownMessage } from '@/components/secret/calm-message';
import { ServerSealed } from '@/components/secret/server-sealed';
import { createNonce } from '@/lib/browser/claim-memory';
import { MESSAGE_PATH } from '@/lib/protocol/constants';
import { isCutShort, readLink } from '@/lib/protocol/link';
import { readOpenPage } from '@/lib/sealed/pages';
import { answerWith } from '@/lib/server/request-context';
import { settings } from '@/lib/server/settings';
import { open } from '@/messages/en/open';

export const metadata: Metadata = { title: open.title };

interface OpenPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/**
 * Showing this page changes nothing. What a browser-sealed link's page has to
 * know is behind the `#`, so its script reads its own address.
 */
export default async function OpenPage({ params }: OpenPageProps) {
  const { token } = await params;
  const { leaseSeconds } = settings();
  const link = readLink(MESSAGE_PATH + token, '');
  switch (link?.seal) {
    case 'browser':
      return (
        <BrowserSealed
          actions={{ knock, claimBrowserSealed, destroyBrowserSealed, acknowledge }}
          leaseSeconds={leaseSeconds}
        />
      );
    case 'server':
      return (
        <ServerSealed
          linkToken={link.linkToken}
          nonce={createNonce()}
          initial={await readOpenPage(link.linkToken)}
          actions={{ openServerSealed, acknowledge }}
          leaseSeconds={leaseSeconds}
        />
      );
    case undefined:
      answerWith(404);
      return (
        <NoLink
          isCutShort={isCutShort(MESSAGE_PATH + token, null)}
          otherwise={
            <UnknownMessage words={open.unknown} arrives={false}>
              <p>{open.unknown.next}</p>
            </UnknownMessage>
          }
        />
      );
  }
}
