import type { ReactNode } from 'react';

export interface SectionProps {
  /** Of its heading; ids of the page are its own. */
  readonly id: string;
  readonly heading: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** One thing to see to, set off from the one before by a hairline. */
export function Section({ id, heading, lead, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="grid gap-5 border-t border-line pt-7">
      <div className="grid gap-2">
        <h2 id={id} tabIndex={-1} className="text-xl">
          {heading}
        </h2>
        {lead !== undefined && <p className="text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
