'use client';

import { createContext, useContext, type ReactNode } from 'react';
import type { SendingPolicy } from '@/lib/sealed/sending-policy';

/** Who looks at the compose page, and what they may send. */
export interface Standing {
  /** null for everybody who is not signed in */
  readonly staff: { readonly name: string } | null;
  readonly policy: SendingPolicy;
  /** Whether this site can send mail. */
  readonly canMail: boolean;
}

const StandingContext = createContext<Standing | null>(null);

/** As the page was rendered; null where it could not be known: then the server decides when the form is sent. */
export function useStanding(): Standing | null {
  return useContext(StandingContext);
}

export interface StandingProviderProps {
  readonly standing: Standing | null;
  readonly children: ReactNode;
}

export function StandingProvider({ standing, children }: StandingProviderProps) {
  return <StandingContext value={standing}>{children}</StandingContext>;
}
