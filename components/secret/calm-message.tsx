'use client';

import type { ReactNode } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import type { SealState } from '@/components/site/seal';
import { SealRule } from '@/components/site/seal-rule';
import { Card } from '@/components/ui/card';

export interface CalmMessageProps {
  readonly heading: ReactNode;
  readonly seal?: SealState | undefined;
  /** Whether a script put this in place of something else: then the heading takes focus. */
  readonly arrives: boolean;
  /** What has happened and what to do, as paragraphs. */
  readonly children: ReactNode;
}

/** A page with nothing to press, or nearly. Like the site's calm page, but it may come later. */
export function CalmMessage({ heading, seal = 'open', arrives, children }: CalmMessageProps) {
  return (
    <Card className="calm-page">
      <SealRule state={seal} />
      <ArrivingHeading arrives={arrives} align="center">
        {heading}
      </ArrivingHeading>
      <div className="calm-page-text">{children}</div>
    </Card>
  );
}
