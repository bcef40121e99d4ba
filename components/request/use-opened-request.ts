import { useEffect, useState } from 'react';
import type { InboxActions } from '@/components/request/request-actions';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenedRequest, SealedRequest } from '@/lib/browser/requests/request-seed';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import type { Colleague } from '@/lib/requests/outcomes';

const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/**
 * The keys of a request by one's vault; `altered` and null where it can't open
 * them: see `openRequest`. What another vault sealed is kept as this one wraps
 * it, quietly: if that fails, the next look does it.
 */
export function useOpenedRequest(
  sealed: SealedRequest,
  vault: OpenVault,
  { colleagues, keepSeed }: Keeping,
): OpenedRequest | 'opening' | 'altered' | null {
  const [request, setRequest] = useState<OpenedRequest | 'opening' | 'altered' | null>('opening');
  // By what it says: every answer of the server is a new object.
  const told = JSON.stringify(sealed);
  useEffect(() => {
    let isCurrent = true;
    const given = JSON.parse(told) as SealedRequest;
    void loadSeed()
      .then(({ openRequest }) => openRequest(given, vault, colleagues))
      .catch(() => null)
      .then((opened) => {
        if (!isCurrent) return;
        setRequest(opened);
        if (opened === null || opened === 'altered' || opened.seedToKeep === null) return;
        const form = new FormData();
        form.set('request', given.id);
        form.set('sealedSeed', opened.seedToKeep);
        keepSeed(form).catch(() => undefined);
      });
    return () => {
      isCurrent = false;
    };
  }, [told, vault, colleagues, keepSeed]);
  return request;
}

interface Keeping {
  readonly colleagues: readonly Colleague[];
  readonly keepSeed: InboxActions['keepSeed'];
}
