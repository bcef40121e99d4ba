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

/** Why pressing came to nothing; announced when it appears. Renders nothing visible without one. */
export function Problem({ text }: { readonly text: string | null | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && (
        <Notice tone="danger">
          <p>{text}</p>
        </Notice>
      )}
    </div>
  );
}

export interface LiveRegionProps extends ComponentProps<'div'> {
  /** `polite` waits for a pause; `assertive` interrupts, for what the person must know at once. */
  readonly politeness?: 'polite' | 'assertive' | undefined;
  /** Announced only. Otherwise its text is shown too. */
  readonly hidden?: boolean | undefined;
}

/** Announces what is put into it later. Render it empty first: a region born full is not read. */
export function LiveRegion({
  politeness = 'polite',
  hidden = false,
  className,
  ...rest
}: LiveRegionProps) {
  return (
    <div
      {...rest}
      role={politeness === 'polite' ? 'status' : 'alert'}
      aria-live={politeness}
      className={classNames(hidden && 'visually-hidden', className)}
    />
  );
}
