'use client';

import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { readStanding, type Standing } from '@/lib/browser/standing';

const Known = createContext<Standing | null>(null);

/** Who is looking; null while that is not known, and where it can't be. */
export function useStanding(): Standing | null {
  return useContext(Known);
}

/** Asks who is looking at a page that was printed for everybody, once its script runs. */
export function StandingProvider({ children }: { readonly children: ReactNode }) {
  const [standing, setStanding] = useState<Standing | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () =>
      void readStanding(leaving.signal).then((found) => {
        if (!leaving.signal.aborted) setStanding(found);
      });
    // A page that the browser had put aside may have been left by somebody who has signed out since.
    const askAgain = (event: PageTransitionEvent) => {
      if (event.persisted) ask();
    };
    ask();
    addEventListener('pageshow', askAgain, { signal: leaving.signal });
    return () => leaving.abort();
  }, []);
  return <Known value={standing}>{children}</Known>;
}
