'use client';

import type { ReactNode } from 'react';
import { CalmMessage } from '@/components/secret/calm-message';
import { useHydrated } from '@/components/secret/use-hydrated';
import { isCutShort } from '@/lib/protocol/link';
import { common } from '@/messages/en/common';

export interface IncompleteLinkProps {
  /** Whether a script put this in place of something else. */
  readonly arrives?: boolean;
}

/** For a link, of whatever kind, of which part is missing for certain. */
export function IncompleteLink({ arrives = false }: IncompleteLinkProps) {
  const { heading, text, next } = common.incompleteLink;
  return (
    <CalmMessage key="incomplete" arrives={arrives} heading={heading}>
      <p>{text}</p>
      <p>{next}</p>
    </CalmMessage>
  );
}

export interface NoLinkProps {
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
