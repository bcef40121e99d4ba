import type { ReactNode } from 'react';
import { SealRule } from '@/components/site/seal-rule';
import type { SealState } from '@/components/site/seal';
import { Card } from '@/components/ui/card';
import { ReplacingHeading } from '@/components/secret/replacing-heading';

export interface CalmPageProps {
  readonly heading: ReactNode;
  readonly seal?: SealState | undefined;
  /** What may have happened and what to do, as paragraphs. */
  readonly children: ReactNode;
  /** The one or two things to press. */
  readonly actions?: ReactNode;
}

/** A card that says one thing and offers one way on: for what went otherwise than hoped. */
export function CalmPage({ heading, seal = 'open', children, actions }: CalmPageProps) {
  return (
    <Card className="calm-page">
      <SealRule state={seal} />
      <ReplacingHeading align="center">{heading}</ReplacingHeading>
      <div className="calm-page-text">{children}</div>
      {actions !== undefined && <div className="actions calm-page-actions">{actions}</div>}
    </Card>
  );
}
