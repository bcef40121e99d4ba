/**
 * The open vault, for the pages of this browser until it locks. Rules: what is
 * stored is encrypted under a key that no script can read out, only use; it is
 * erased at sign-out and once nobody has used it for the time that its owner
 * set; nothing of it is ever in localStorage.
 */
import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import {
  toVaultPublicKey,
  toVaultSeed,
  type VaultPublicKey,
  type VaultSeed,
} from '@/lib/protocol/bytes';
import { IV_BYTES } from '@/lib/protocol/constants';

export interface OpenVault {
  readonly seed: VaultSeed;
  readonly publicKey: VaultPublicKey;
}

interface StoredVault {
  readonly accountId: string;
  readonly key: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealedSeed: ArrayBuffer;
  readonly publicKey: Uint8Array;
  readonly lockAfterMs: number;
  readonly lastUsedMs: number;
}

const NAME = 'vault';

let shared: UseStore | undefined;

function store(): UseStore {
  shared ??= createStore('sealpost', 'vault');
  return shared;
}

/** Keeps a vault open for `lockMinutes` from its last use. */
export async function keepVault(
  accountId: string,
  { seed, publicKey }: OpenVault,
  lockMinutes: number,
): Promise<void> {
  const { subtle } = crypto;
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const stored: StoredVault = {
    accountId,
    key,
    iv,
    sealedSeed: await subtle.encrypt({ name: 'AES-GCM', iv }, key, seed),
    publicKey,
    lockAfterMs: lockMinutes * 60_000,
    lastUsedMs: Date.now(),
  };
  await set(NAME, stored, store());
}

/** The vault of this account, if it is open; using it keeps it open. */
export async function readVault(accountId: string): Promise<OpenVault | null> {
  const stored = await readStored();
  if (stored?.accountId !== accountId) return null;
  await set(NAME, { ...stored, lastUsedMs: Date.now() }, store());
  const seed = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: stored.iv },
    stored.key,
    stored.sealedSeed,
  );
  return { seed: toVaultSeed(new Uint8Array(seed)), publicKey: toVaultPublicKey(stored.publicKey) };
}

/** Another time without use for a vault that is open. */
export async function changeLockTime(accountId: string, lockMinutes: number): Promise<void> {
  const stored = await readStored();
  if (stored?.accountId !== accountId) return;
  await set(NAME, { ...stored, lockAfterMs: lockMinutes * 60_000 }, store());
}

/** Whether it is open; unlike `readVault` this is no use of it. Erases one whose time is over. */
export async function isVaultOpen(accountId: string): Promise<boolean> {
  return (await readStored())?.accountId === accountId;
}

export async function lockVault(): Promise<void> {
  await del(NAME, store());
}

async function readStored(): Promise<StoredVault | null> {
  const stored = await get<StoredVault>(NAME, store());
  if (stored === undefined) return null;
  const unused = Date.now() - stored.lastUsedMs;
  // A clock that was set back must not keep it open for longer.
  if (unused >= 0 && unused < stored.lockAfterMs) return stored;
  await lockVault();
  return null;
}
