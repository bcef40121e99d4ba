'use client';

import { useSyncExternalStore } from 'react';

const neverChanges = () => () => undefined;

/** False in what the server prints and until the script has taken over, then true. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}
