'use client';

import { useEffect } from 'react';

/** Asks before the page is left while `hasUnsaved` says that something would be lost. */
export function useLeaveGuard(hasUnsaved: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasUnsaved]);
}
