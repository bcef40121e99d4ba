import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export interface NoticeProps extends Omit<ComponentProps<'div'>, 'title'> {
  readonly tone?: 'calm' | 'warning' | 'danger' | undefined;
  /** A short first line, set stronger. */
  readonly heading?: ReactNode;
}

/**
 * A remark set off by a rule at its side. The words carry the tone, the
 * colour only repeats it. Give `role="status"` or `role="alert"` when it
 * appears after the page did; a notice that was there from the start has none.
 */
export function Notice({ tone = 'calm', heading, className, children, ...rest }: NoticeProps) {
  return (
    <div {...rest} className={classNames('notice', `notice-${tone}`, className)}>
      {heading !== undefined && <p className="notice-heading">{heading}</p>}
      {children}
    </div>
  );
}
