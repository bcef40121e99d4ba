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

export interface CardProps extends ComponentProps<'div'> {
  readonly as?: 'div' | 'section' | 'article' | undefined;
}

/** A sheet of paper: one hairline around generous margins. A section needs `aria-labelledby`. */
export function Card({ as: Element = 'div', className, ...rest }: CardProps) {
  return <Element {...rest} className={classNames('card', className)} />;
}

/** A list of facts, each with its name before it. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="border-t border-line">{children}</dl>;
}

export interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

export function Fact({ name, children }: FactProps) {
  return (
    <div className="grid gap-x-6 border-b border-line py-3 sm:grid-cols-[11rem_1fr]">
      <dt className="text-muted">{name}</dt>
      <dd dir="auto" className="min-w-0 wrap-anywhere">
        {children}
      </dd>
    </div>
  );
}

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
