import { useEffect, useState } from 'react';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenedRequest } from '@/lib/browser/requests/request-seed';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';

const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/** The keys of a request by one's vault; null where it can't open them. */
export function useOpenedRequest(
  { publicKey, sealedSeed }: { readonly publicKey: string; readonly sealedSeed: string },
  vault: OpenVault,
): OpenedRequest | 'opening' | null {
  const [request, setRequest] = useState<OpenedRequest | 'opening' | null>('opening');
  useEffect(() => {
    let isCurrent = true;
    void loadSeed()
      .then(({ openRequest }) => openRequest({ publicKey, sealedSeed }, vault))
      .catch(() => null)
      .then((opened) => {
        if (isCurrent) setRequest(opened);
      });
    return () => {
      isCurrent = false;
    };
  }, [publicKey, sealedSeed, vault]);
  return request;
}
