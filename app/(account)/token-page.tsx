import type { ReactNode } from 'react';
import { IncompleteLink } from '@/components/secret/calm-message';
import { CalmPage } from '@/components/site/calm-page';
import { RefusedPage } from '@/components/site/refused-page';
import { OPAQUE_TOKEN_LENGTH } from '@/lib/accounts/opaque-token';
import { isPartOf } from '@/lib/protocol/link';
import { processContext, type Context } from '@/lib/server/context';
import { readForPage } from '@/lib/server/read-for-page';
import { answerWith } from '@/lib/server/request-context';

export interface TokenPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

export interface TokenPage<Found> {
  /** Its name in the log. */
  readonly at: string;
  readonly words: {
    readonly title: string;
    /** For a link that is good for nothing (any more). */
    readonly unknown: { readonly heading: string; readonly text: string };
  };
  /** What to press where the link is good for nothing. */
  readonly goOn?: ReactNode;
  /** What the link is good for; null for nothing. */
  readonly look: (context: Context, token: string) => Promise<Found | null>;
  /** The page, which says `unknown` where nothing was found. */
  readonly show: (token: string, found: Found | null, unknown: ReactNode) => ReactNode;
}

/** A page behind a link from a mail. Showing it uses nothing up: a mail scanner may look. */
export async function tokenPage<Found>(
  { params }: TokenPageProps,
  { at, words, goOn, look, show }: TokenPage<Found>,
): Promise<ReactNode> {
  const { token } = await params;
  if (isPartOf(token, OPAQUE_TOKEN_LENGTH)) {
    answerWith(404);
    return <IncompleteLink />;
  }
  const found = await readForPage(at, () => look(processContext(), token));
  if ('refusal' in found) {
    return <RefusedPage heading={words.title} refusal={found.refusal} />;
  }
  if (found.value === null) answerWith(404);
  const unknown = (
    <CalmPage heading={words.unknown.heading} actions={goOn}>
      <p>{words.unknown.text}</p>
    </CalmPage>
  );
  return show(token, found.value, unknown);
}
