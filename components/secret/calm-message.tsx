'use client';

import type { ReactNode } from 'react';
import { CalmPage } from '@/components/site/calm-page';
import { RefusedPage } from '@/components/site/refused-page';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/script-only';
import { isCutShort } from '@/lib/protocol/link';
import type { RefusalCode } from '@/lib/refusal-code';
import { common } from '@/messages/en/common';

interface UnknownMessageProps {
  readonly words: {
    readonly heading: string;
    readonly lead: string;
    readonly causes: readonly string[];
  };
  readonly arrives: boolean;
  /** What to do now. */
  readonly children: ReactNode;
}

/** The same page for used, expired, altered and never existed: a guess learns nothing from it. */
export function UnknownMessage({ words, arrives, children }: UnknownMessageProps) {
  return (
    <CalmPage arrives={arrives} heading={words.heading}>
      <p>{words.lead}</p>
      <ul className="grid list-disc gap-2 ps-5">
        {words.causes.map((cause) => (
          <li key={cause}>{cause}</li>
        ))}
      </ul>
      {children}
    </CalmPage>
  );
}

interface IncompleteLinkProps {
  /** Whether a script put this in place of something else. */
  readonly arrives?: boolean;
}

/** For a link, of whatever kind, of which part is missing for certain. */
export function IncompleteLink({ arrives = false }: IncompleteLinkProps) {
  const { heading, text, next } = common.incompleteLink;
  return (
    <CalmPage key="incomplete" arrives={arrives} heading={heading}>
      <p>{text}</p>
      <p>{next}</p>
    </CalmPage>
  );
}

interface NoLinkProps {
  /** Whether that is certain without what follows the `#`, which the server does not get. */
  readonly isCutShort: boolean;
  /** What stands there for a link of which it is not certain. */
  readonly otherwise: ReactNode;
}

/** For what the server can't read as a link. The browser knows its own address better. */
export function NoLink(props: NoLinkProps) {
  const isCut = useHydrated()
    ? isCutShort(location.pathname + location.search, location.hash)
    : props.isCutShort;
  return isCut ? <IncompleteLink /> : props.otherwise;
}

interface UnavailableStatusProps {
  readonly refusal: RefusalCode;
  readonly words: Readonly<Record<'heading' | 'retry', string>>;
}

/** Nothing is known just now. */
export function UnavailableStatus({ refusal, words }: UnavailableStatusProps) {
  const isHydrated = useHydrated();
  return (
    <RefusedPage arrives={false} heading={words.heading} refusal={refusal}>
      {isHydrated && (
        <div>
          <Button onClick={() => location.reload()}>{words.retry}</Button>
        </div>
      )}
    </RefusedPage>
  );
}
