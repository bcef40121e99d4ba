import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export interface PageHeadingProps extends ComponentProps<'h1'> {
  /** A line above the heading, in small capitals: who it is from. */
  readonly above?: ReactNode;
  /** One or two sentences under the heading. */
  readonly lead?: ReactNode;
  readonly align?: 'start' | 'center' | undefined;
}

/** The page's `<h1>`. It takes focus from a script, so that a changed page can be announced by it. */
export function PageHeading({
  above,
  lead,
  align = 'start',
  className,
  ...rest
}: PageHeadingProps) {
  return (
    <div className={classNames('page-heading', align === 'center' && 'page-heading-center')}>
      {above !== undefined && <p className="page-heading-above">{above}</p>}
      <h1 tabIndex={-1} {...rest} className={classNames('page-heading-title', className)} />
      {lead !== undefined && <p className="page-heading-lead">{lead}</p>}
    </div>
  );
}
