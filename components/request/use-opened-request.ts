import { useEffect, useState } from 'react';
import type { Gate } from '@/components/account/vault-gate';
import type { InboxActions } from '@/components/request/request-actions';
import { loadPart } from '@/lib/browser/load-part';
import type {
  OpenedRequest,
  RequestSource,
  SealedRequest,
} from '@/lib/browser/requests/request-seed';
import type { Colleague } from '@/lib/requests/outcomes';

/** A request that the vault opens. Its keys are had for one piece of work at a time, and kept by nobody. */
export interface ReadableRequest {
  readonly fingerprint: string;
  readonly source: RequestSource;
  /** Null where the vault has locked: the gate asks for the password. @throws BrowserTrouble */
  readonly open: () => Promise<OpenedRequest | null>;
}

/** `altered` and null: see `openRequest`. `failed`: nobody could say. */
type Look = ReadableRequest | 'opening' | 'failed' | 'altered' | null;

const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/**
 * What one's vault makes of a request; `altered` and null where it can't open it: see
 * `openRequest`. What another vault sealed is kept as this one wraps it, quietly: if that fails,
 * the next look does it.
 */
export function useOpenedRequest(
  sealed: SealedRequest,
  { isOpen, read }: Gate,
  { colleagues, keepSeed }: Keeping,
): Look {
  const [request, setRequest] = useState<Look>('opening');
  // By what it says: every answer of the server is a new object.
  const told = JSON.stringify(sealed);
  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    const given = JSON.parse(told) as SealedRequest;
    const look = async () => {
      const [{ openRequest }, vault] = await Promise.all([loadSeed(), read()]);
      return vault === null ? 'opening' : openRequest(given, vault, colleagues);
    };
    const open = async () => {
      const opened = await look();
      return typeof opened === 'string' ? null : opened;
    };
    void look()
      .catch(() => 'failed' as const)
      .then((opened) => {
        if (!isCurrent) return;
        if (opened === null || typeof opened === 'string') {
          setRequest(opened);
          return;
        }
        const { fingerprint, source, seedToKeep } = opened;
        setRequest({ fingerprint, source, open });
        if (seedToKeep === null) return;
        const form = new FormData();
        form.set('request', given.id);
        form.set('sealedSeed', seedToKeep);
        keepSeed(form).catch(() => undefined);
      });
    return () => {
      isCurrent = false;
    };
  }, [told, isOpen, read, colleagues, keepSeed]);
  return request;
}

interface Keeping {
  readonly colleagues: readonly Colleague[];
  readonly keepSeed: InboxActions['keepSeed'];
}
