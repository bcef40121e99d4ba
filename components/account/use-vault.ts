import { useCallback, useEffect, useState } from 'react';
import type { VaultActions } from '@/components/account/vault-actions';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import type { RefusalCode } from '@/lib/refusal-code';

/**
 * The vault, for one piece of work: nobody keeps it. Null where it has locked; then the gate is
 * shut already, and asks for the password.
 *
 * @throws BrowserTrouble where the server does not say
 */
export type ReadVault = () => Promise<OpenVault | null>;

const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));
const loadWatch = () => loadPart(() => import('@/lib/browser/vault/watch-vault'));
const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));

/** Whether the vault is open in this browser, as the clock goes and other tabs do; and a way to open it. */
export function useVault(accountId: string, { readOwnVault, readVaultShare }: VaultActions) {
  const [state, setState] = useState<'looking' | 'open' | 'locked'>('looking');
  const [goesWithThePage, setGoesWithThePage] = useState(false);
  const { run, step, trouble } = useWork<'unlocking'>();

  const read = useCallback<ReadVault>(async () => {
    const here = await loadVault();
    const vault = await here.readVault(accountId, readVaultShare);
    setGoesWithThePage(here.goesWithThePage());
    setState(vault === null ? 'locked' : 'open');
    return vault;
  }, [accountId, readVaultShare]);

  useEffect(() => {
    let stop: (() => void) | null = null;
    let isCurrent = true;
    // Where nobody knows, the password is asked for, and what is open stays so.
    const lookOnce = Promise.resolve()
      .then(read)
      .catch(() => {
        if (isCurrent) setState('locked');
      });
    void lookOnce.then(loadWatch).then(
      ({ watchVault }) => {
        if (!isCurrent) return;
        const onLook = (isOpen: boolean) => setState(isOpen ? 'open' : 'locked');
        stop = watchVault(accountId, { onLook, touch: read });
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
      stop?.();
    };
  }, [accountId, read]);

  const unlock = (password: string, refuse: (refusal: RefusalCode) => void) =>
    run('unlocking', async (_next, signal) => {
      const refusal = await open(password, signal);
      if (refusal !== null) refuse(refusal);
    });

  async function open(password: string, signal: AbortSignal): Promise<RefusalCode | null> {
    const { unlockVault } = await loadUnlocking();
    const sealed = await askServer('readOwnVault', () => readOwnVault(new FormData()));
    if (sealed.status === 'refused') return sealed.refusal;
    // Somebody else has signed in since: this page is not theirs.
    if (sealed.accountId !== accountId) return 'sign_in_required';
    const refusal = await unlockVault(readOwnVault, sealed, password, signal);
    if (refusal !== null) return refusal;
    setGoesWithThePage((await loadVault()).goesWithThePage());
    setState('open');
    return null;
  }

  return { state, read, unlock, isUnlocking: step !== null, trouble, goesWithThePage };
}
