'use client';

import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { mustSignIn } from '@/lib/accounts/sending-rules';
import type { WhoMaySend } from '@/lib/accounts/sending-policy';
import { readStanding, type Standing } from '@/lib/browser/standing';

interface Known {
  readonly standing: Standing | null;
  /** It was asked, and there was no answer. */
  readonly isUnanswered: boolean;
  /** What the owner had decided when the page was served, as far as the server knew. */
  readonly printedFor: WhoMaySend;
}

const KnownContext = createContext<Known>({
  standing: null,
  isUnanswered: false,
  printedFor: 'anyone',
});

/** Who is looking; null while that is not known, and where it can't be. */
export function useStanding(): Standing | null {
  return useContext(KnownContext).standing;
}

/**
 * Whether whoever is looking has to sign in before they send: as it was printed
 * for everybody without an account, or as it came out once that was asked.
 */
export function useSignInNeed(): 'none' | 'printed' | 'known' {
  const { standing, isUnanswered, printedFor } = useContext(KnownContext);
  if (standing === null) {
    if (printedFor !== 'members') return 'none';
    // Staff who were signed in lately would not be shown what is only printed.
    return isUnanswered ? 'known' : 'printed';
  }
  return mustSignIn(standing.policy, standing.staff !== null) ? 'known' : 'none';
}

export interface StandingProviderProps {
  readonly printedFor: WhoMaySend;
  readonly children: ReactNode;
}

/** Asks who is looking at a page that was printed for everybody, once its script runs. */
export function StandingProvider({ printedFor, children }: StandingProviderProps) {
  const [standing, setStanding] = useState<Standing | null>(null);
  const [isUnanswered, setUnanswered] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () =>
      void readStanding(leaving.signal).then((found) => {
        if (leaving.signal.aborted) return;
        setStanding(found);
        setUnanswered(found === null);
      });
    // A page that the browser had put aside may have been left by somebody who has signed out since.
    const askAgain = (event: PageTransitionEvent) => {
      if (event.persisted) ask();
    };
    ask();
    addEventListener('pageshow', askAgain, { signal: leaving.signal });
    return () => leaving.abort();
  }, []);
  const known = useMemo(
    () => ({ standing, isUnanswered, printedFor }),
    [standing, isUnanswered, printedFor],
  );
  return <KnownContext value={known}>{children}</KnownContext>;
}
