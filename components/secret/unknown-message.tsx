'use client';

import type { ReactNode } from 'react';
import { CalmMessage } from '@/components/secret/calm-message';

export interface UnknownMessageProps {
  readonly words: {
    readonly heading: string;
    readonly lead: string;
    readonly causes: readonly string[];
  };
  readonly arrives: boolean;
  /** What to do now. */
  readonly children: ReactNode;
}

/** The same page for used, expired, altered and never existed: a guess learns nothing from it. */
export function UnknownMessage({ words, arrives, children }: UnknownMessageProps) {
  return (
    <CalmMessage arrives={arrives} heading={words.heading}>
      <p>{words.lead}</p>
      <ul className="grid list-disc gap-2 ps-5">
        {words.causes.map((cause) => (
          <li key={cause}>{cause}</li>
        ))}
      </ul>
      {children}
    </CalmMessage>
  );
}
