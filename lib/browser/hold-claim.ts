import { rememberClaim, rememberHeld, type HeldClaim } from './claim-memory';

export interface ClaimToHold extends Omit<HeldClaim, 'until'> {
  /** What it is remembered by: M2, ID1 or the id of a reply. */
  readonly linkToken: string;
}

export interface Hold {
  /** For showing it again. */
  readonly needsPassphrase: boolean;
  /** ISO 8601, by this device's clock; null where leases are off, or once it was let go. */
  readonly until: string | null;
  /** The reader has it: the server may forget it now. A second call does nothing. */
  readonly release: () => void;
}

/**
 * Keeps, once a secret is on the screen, what shows it again in this tab after a slip: going back,
 * a reload, a pull too far. Ends when its reader has taken it, or with the lease.
 *
 * @param acknowledge tells the server; after the lease it need not be told
 * @param onGone called once, when it can't be shown again any more
 */
export async function holdClaim(
  { linkToken, ...claim }: ClaimToHold,
  leaseSeconds: number,
  acknowledge: () => Promise<void>,
  onGone: () => void,
): Promise<Hold> {
  const { needsPassphrase } = claim;
  let isHeld = true;

  async function letGo(tell: boolean): Promise<void> {
    if (!isHeld) return;
    isHeld = false;
    // Remembered first: a reload while the server is being told must not make this reader
    // believe that somebody else has read the secret.
    await rememberClaim(linkToken, { state: 'shown', openedAt: claim.openedAt });
    dropKey();
    onGone();
    if (tell) await acknowledge();
  }

  const release = () => void letGo(true);
  if (leaseSeconds === 0) {
    await letGo(true);
    return { needsPassphrase, until: null, release };
  }
  const until = await rememberHeld(linkToken, claim, Date.now() + leaseSeconds * 1000);
  setTimeout(() => void letGo(false), until - Date.now());
  return { needsPassphrase, until: new Date(until).toISOString(), release };
}

/** Takes the key of a link out of the address: from now on it opens nothing. */
export function dropKey(): void {
  // Through the framework's own wrapper, or it would write the old address back.
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
}
