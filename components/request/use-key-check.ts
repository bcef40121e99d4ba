import { useEffect, useState } from 'react';
import type { KeyCheck } from '@/lib/browser/requests/check-request-key';
import { loadPart } from '@/lib/browser/load-part';
import type { AskedFor } from '@/lib/requests/outcomes';

export type CheckedKey = KeyCheck | { readonly kind: 'checking' } | { readonly kind: 'failed' };

const loadCheck = () => loadPart(() => import('@/lib/browser/requests/check-request-key'));

const CHECKING: CheckedKey = { kind: 'checking' };

/** Compares what is served with this page's own address, and again when another link is put there. */
export function useKeyCheck(asked: AskedFor): CheckedKey {
  const [checked, setChecked] = useState<CheckedKey>(CHECKING);

  useEffect(() => {
    let isCurrent = true;
    let stop: () => void = () => undefined;
    const accept = (check: CheckedKey) => {
      if (isCurrent) setChecked(check);
    };
    void loadCheck()
      .then(({ checkRequestKey, watchRequestLink }) => {
        const check = () =>
          checkRequestKey(location, asked).then(accept, () => accept({ kind: 'failed' }));
        if (isCurrent) stop = watchRequestLink(() => void check());
        return check();
      })
      .catch(() => accept({ kind: 'failed' }));
    return () => {
      isCurrent = false;
      stop();
    };
  }, [asked]);

  return checked;
}
