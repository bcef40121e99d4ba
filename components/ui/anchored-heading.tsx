import type { ReactNode } from 'react';

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
