import type { ReactNode } from 'react';
import { CalmPage, type CalmPageProps } from '@/components/site/calm-page';
import type { RefusalCode } from '@/lib/refusal-code';
import { faultHeading, refusals } from '@/messages/en/errors';

export interface RefusedPageProps extends Omit<CalmPageProps, 'children'> {
  readonly refusal: RefusalCode;
  /** Below the reason: what tries again. */
  readonly children?: ReactNode;
}

/**
 * In place of a page that can't be shown just now. Where the reason is a bug of ours the page is headed
 * by that, and offers no other try: the same would come of it.
 */
export function RefusedPage({ refusal, heading, actions, children, ...page }: RefusedPageProps) {
  if (refusal === 'fault_in_look') {
    return (
      <CalmPage {...page} heading={faultHeading}>
        <p>{refusals[refusal]}</p>
      </CalmPage>
    );
  }
  return (
    <CalmPage {...page} heading={heading} actions={actions}>
      <p>{refusals[refusal]}</p>
      {children}
    </CalmPage>
  );
}
