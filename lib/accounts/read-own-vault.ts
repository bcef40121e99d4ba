/**
 * One's own vault, for one's own browser. Rules: it is handed over wrapped, and only the password
 * opens it there; what the browser keeps of an open one is worth nothing without the session's
 * share, which is handed out until the lock time is over by the server's clock and no longer.
 */
import { encodeBase64url } from '@/lib/protocol/base64url';
import { randomBytes } from '@/lib/protocol/bytes';
import { VAULT_SHARE_BYTES } from '@/lib/protocol/constants';
import type { DoneResult, VaultResult, VaultShareResult } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { provePassword, type Prover } from './prove-password';

type Caller = Pick<Staff, 'sessionId'>;

/**
 * To unlock it: still wrapped.
 *
 * @param tried what a password came to that did not open it: whoever sits at a browser that was left
 * open guesses there, and its person hears of it as of every other try
 */
export async function readOwnVault(
  desk: AccountDesk,
  staff: Prover,
  tried?: Uint8Array,
): Promise<VaultResult> {
  if (tried !== undefined) {
    const proved = await provePassword(desk, staff, tried);
    if (proved.status === 'refused') return proved;
  }
  const vault = await desk.store.startVault(staff.sessionId, randomBytes(VAULT_SHARE_BYTES));
  if (vault === null) return { status: 'refused', refusal: 'sign_in_required' };
  return {
    status: 'found',
    accountId: vault.accountId,
    salt: encodeBase64url(vault.passwordSalt),
    publicKey: encodeBase64url(vault.publicKey),
    seedByPassword: encodeBase64url(vault.seedByPassword),
    share: encodeBase64url(vault.share),
    lockMinutes: vault.lockMinutes,
  };
}

/** To use one that is open: each use is asked for, and puts the lock off. */
export async function readVaultShare(
  desk: AccountDesk,
  { sessionId }: Caller,
): Promise<VaultShareResult> {
  const found = await desk.store.touchVault(sessionId);
  if (found === null) return { status: 'locked' };
  return {
    status: 'open',
    share: encodeBase64url(found.share),
    publicKey: encodeBase64url(found.publicKey),
    lockMinutes: found.lockMinutes,
  };
}

/** Locks it in this browser, whatever that still keeps. */
export async function lockOwnVault(desk: AccountDesk, { sessionId }: Caller): Promise<DoneResult> {
  await desk.store.lockVault(sessionId);
  return { status: 'done' };
}
