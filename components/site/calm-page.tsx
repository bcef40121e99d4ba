'use client';

import type { ReactNode } from 'react';
import { SealRule, type SealState } from '@/components/site/seal';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { Button, LinkButton } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/script-only';
import { Card } from '@/components/ui/surface';
import { common } from '@/messages/en/common';

export interface CalmPageProps {
  readonly heading: ReactNode;
  readonly seal?: SealState | undefined;
  /**
   * Whether a script put this in place of something else: then the heading takes the focus, which
   * would be lost with what was pressed. Left out, it is whatever did not come from the server.
   */
  readonly arrives?: boolean;
  /** What has happened, or may have, and what to do, as paragraphs. */
  readonly children: ReactNode;
  /** The one or two things to press. */
  readonly actions?: ReactNode;
}

/** A card that says one thing and offers one way on: for what went otherwise than hoped. */
export function CalmPage(props: CalmPageProps) {
  const isHydrated = useHydrated();
  const { heading, seal = 'open', arrives = isHydrated, children, actions } = props;
  return (
    <Card className="calm-page">
      <SealRule state={seal} />
      <ArrivingHeading arrives={arrives} align="center">
        {heading}
      </ArrivingHeading>
      <div className="calm-page-text">{children}</div>
      {actions !== undefined && <div className="actions calm-page-actions">{actions}</div>}
    </Card>
  );
}

const words = common.error;

export interface ErrorNoticeProps {
  /** The framework marks what the server threw with a digest; the rest happened in this browser. */
  readonly error: Error & { readonly digest?: string };
  readonly onRetry: () => void;
}

/** Says to try again: for failures that are nobody's doing. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  return (
    <CalmPage
      heading={words.heading}
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            {words.retry}
          </Button>
          <LinkButton href="/">{words.home}</LinkButton>
        </>
      }
    >
      <p role="alert">{error.digest === undefined ? words.textHere : words.text}</p>
    </CalmPage>
  );
}
