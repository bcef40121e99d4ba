import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export interface DisclosureProps extends ComponentProps<'details'> {
  readonly summary: ReactNode;
}

/** Something folded away under its summary; works without a script. */
export function Disclosure({ summary, className, children, ...rest }: DisclosureProps) {
  return (
    <details {...rest} className={classNames('disclosure', className)}>
      <summary className="disclosure-summary">{summary}</summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}
