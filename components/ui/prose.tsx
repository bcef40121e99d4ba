import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

/** Long text: sets headings, paragraphs, numbered steps and tables inside it. */
export function Prose({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={classNames('prose', className)} />;
}

export interface AnchoredHeadingProps {
  readonly level: 2 | 3;
  /** Of the heading: `#id` in the page's address leads to it. */
  readonly id: string;
  readonly children: ReactNode;
}

/** A heading that is a link to itself, so that its address can be copied. */
export function AnchoredHeading({ level, id, children }: AnchoredHeadingProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <Heading id={id}>
      <a className="anchored-heading" href={`#${id}`}>
        {children}
      </a>
    </Heading>
  );
}

/**
 * A sentence with a little markup: `code` between backticks, **names of
 * controls** between double asterisks. Everything else is plain text.
 */
export function MarkedText({ text }: { readonly text: string }) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece, index) => {
    if (piece.startsWith('`')) return <code key={index}>{piece.slice(1, -1)}</code>;
    if (piece.startsWith('**')) return <b key={index}>{piece.slice(2, -2)}</b>;
    return piece;
  });
}
