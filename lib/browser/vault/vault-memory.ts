/**
 * The open vault, for the pages of this browser until it locks. Rules: no page holds its seed
 * between two uses; what is kept is encrypted under a key that takes two halves, one here, which no
 * script can read out, and one with the session on the server, which ends at sign-out and with the
 * lock time: a disk alone opens nothing; a vault that is not the account's any more is never used,
 * nor is what the server names in its place; nothing of it is ever in localStorage.
 *
 * @see lib/protocol/README.md, Accounts and vaults
 */
import type { VaultShareResult } from '@/lib/accounts/outcomes';
import {
  constantTimeEqual,
  decodeBase64url,
  randomBytes,
  toVaultPublicKey,
  toVaultSeed,
  utf8,
  type VaultPublicKey,
  type VaultSeed,
} from '@/lib/protocol/bytes';
import { IV_BYTES, LABELS, VAULT_SHARE_BYTES } from '@/lib/protocol/constants';
import { askServer } from '../ask-server';
import { BrowserTrouble } from '../browser-trouble';
import {
  changeKept,
  eraseKept,
  goesWithThePage,
  putKept,
  readKept,
  type KeptVault,
} from './vault-shelf';
import { tellTabs } from './vault-tabs';

export { goesWithThePage };

export interface OpenVault {
  readonly seed: VaultSeed;
  readonly publicKey: VaultPublicKey;
}

/** What the server says of it, base64url. */
export type ShareOfVault = Pick<
  Extract<VaultShareResult, { status: 'open' }>,
  'share' | 'lockMinutes'
>;

const LOCAL_KEY_BYTES = 32;
const MINUTE_MS = 60_000;

/** Keeps a vault open for `lockMinutes` from its last use. */
export async function keepVault(
  accountId: string,
  { seed, publicKey }: OpenVault,
  { share, lockMinutes }: ShareOfVault,
): Promise<void> {
  const { subtle } = crypto;
  const drawn = randomBytes(LOCAL_KEY_BYTES);
  const localKey = await subtle.importKey('raw', drawn, 'HKDF', false, ['deriveKey']);
  drawn.fill(0);
  const iv = randomBytes(IV_BYTES);
  const key = await keyOf(localKey, share);
  await putKept({
    accountId,
    localKey,
    iv,
    sealedSeed: await subtle.encrypt({ name: 'AES-GCM', iv }, key, seed),
    publicKey,
    lockAfterMs: lockMinutes * MINUTE_MS,
    lastUsedMs: Date.now(),
  });
  tellTabs('opened');
}

/**
 * The vault of this account for one piece of work; null where it is locked. That is asked of the
 * server each time, and puts the lock off there and here.
 *
 * @throws BrowserTrouble where the server can't say now; the vault stays as it is
 */
export async function readVault(
  accountId: string,
  readVaultShare: (form: FormData) => Promise<VaultShareResult>,
): Promise<OpenVault | null> {
  const kept = await readInTime();
  if (kept?.accountId !== accountId) return null;
  const told = await askServer('readVaultShare', () => readVaultShare(new FormData()));
  if (told.status === 'refused' && told.refusal !== 'sign_in_required') {
    throw new BrowserTrouble(told.refusal === 'fault_in_look' ? 'fault_in_look' : 'server_failed');
  }
  const vault = told.status === 'open' ? await openKept(kept, told) : null;
  if (vault === null || told.status !== 'open') {
    await lockVault();
    return null;
  }
  const isOpenStill = await changeKept((now) => ({
    ...now,
    lockAfterMs: told.lockMinutes * MINUTE_MS,
    lastUsedMs: Date.now(),
  }));
  return isOpenStill ? vault : null;
}

/** Another time without use for a vault that is open. */
export async function changeLockTime(accountId: string, lockMinutes: number): Promise<void> {
  if (!(await isVaultOpen(accountId))) return;
  await changeKept((kept) => ({ ...kept, lockAfterMs: lockMinutes * MINUTE_MS }));
  // Each tab counts for itself.
  tellTabs('opened');
}

/** Milliseconds until it locks, if it is open; null if not. This is no use of it. Erases one whose time is over. */
export async function timeLeft(accountId: string): Promise<number | null> {
  const kept = await readInTime();
  return kept?.accountId === accountId ? kept.lastUsedMs + kept.lockAfterMs - Date.now() : null;
}

export async function isVaultOpen(accountId: string): Promise<boolean> {
  return (await timeLeft(accountId)) !== null;
}

/** Erases what is kept here, and in the other tabs what they show of it. */
export async function lockVault(): Promise<void> {
  await eraseKept();
  tellTabs('locked');
}

/** Another tab locked it: what only this page keeps goes too. */
export async function hearOfLock(): Promise<void> {
  if (goesWithThePage()) await eraseKept();
}

/** Erases one whose time is over, whoever's it is. */
export async function lockIfOver(): Promise<void> {
  await readInTime();
}

async function readInTime(): Promise<KeptVault | null> {
  const kept = await readKept();
  if (kept === undefined) return null;
  // What an older version of this page left has another form, and a key that lies beside it.
  const isWhole = (kept as Partial<KeptVault>).localKey !== undefined;
  const unused = Date.now() - kept.lastUsedMs;
  // A clock that was set back must not keep it open for longer.
  if (isWhole && unused >= 0 && unused < kept.lockAfterMs) return kept;
  await lockVault();
  return null;
}

/** Null for what was kept with another share, and for a vault that is not the account's any more. */
async function openKept(
  { localKey, iv, sealedSeed, publicKey }: KeptVault,
  told: Extract<VaultShareResult, { status: 'open' }>,
): Promise<OpenVault | null> {
  if (!constantTimeEqual(publicKey, decodeBase64url(told.publicKey))) return null;
  const key = await keyOf(localKey, told.share);
  try {
    const seed = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealedSeed);
    return { seed: toVaultSeed(new Uint8Array(seed)), publicKey: toVaultPublicKey(publicKey) };
  } catch {
    return null;
  }
}

/** Of both halves: without either it is as good as random. */
function keyOf(localKey: CryptoKey, share: string): Promise<CryptoKey> {
  const salt = decodeBase64url(share, VAULT_SHARE_BYTES);
  const info = utf8(LABELS.keptVault);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    localKey,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
