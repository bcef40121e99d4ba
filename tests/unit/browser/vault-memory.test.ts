import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VaultShareResult } from '@/lib/accounts/outcomes';
import { BrowserTrouble } from '@/lib/browser/browser-trouble';
import {
  changeLockTime,
  goesWithThePage,
  isVaultOpen,
  keepVault,
  lockVault,
  readVault,
  timeLeft,
  type OpenVault,
} from '@/lib/browser/vault/vault-memory';
import { readKept } from '@/lib/browser/vault/vault-shelf';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { createVault } from '@/lib/protocol/vault';

// There is no IndexedDB here: what is kept is in the page's memory, as in a browser that refuses it.

const ADA = 'ada';
const newShare = () => randomBytes(32).toString('base64url');

let vault: OpenVault;
let share: string;
/** What the server answers, when it is asked for the share. */
let told: VaultShareResult;
const ask = vi.fn(() => Promise.resolve(told));
const read = (accountId = ADA) => readVault(accountId, ask);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  ask.mockClear();
  vault = await createVault();
  share = newShare();
  told = { status: 'open', share, publicKey: encodeBase64url(vault.publicKey), lockMinutes: 15 };
  await keepVault(ADA, vault, { share, lockMinutes: 15 });
});

afterEach(async () => {
  await lockVault();
  vi.useRealTimers();
});

const pass = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);

describe('a vault that is open in a browser', () => {
  it('is read with the session’s share, which is asked for at every use', async () => {
    expect(await read()).toEqual(vault);
    expect(await read()).toEqual(vault);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is for its account alone, and for another one nothing is asked', async () => {
    expect(await read('ben')).toBeNull();
    expect(ask).not.toHaveBeenCalled();
    expect(await read()).toEqual(vault);
  });

  it('is kept as nothing that opens it: neither its seed, nor a key that can be read out', async () => {
    const kept = await readKept();
    const stored = Buffer.from(kept?.sealedSeed ?? new ArrayBuffer(0));
    expect(stored.length).toBe(48);
    expect(stored.includes(Buffer.from(vault.seed))).toBe(false);
    expect(kept?.localKey.extractable).toBe(false);
  });

  it.each<[string, () => VaultShareResult]>([
    ['says that it has locked', () => ({ status: 'locked' })],
    [
      'knows of nobody who is signed in',
      () => ({ status: 'refused', refusal: 'sign_in_required' }),
    ],
    ['has another share', () => ({ ...told, share: newShare() }) as VaultShareResult],
    [
      'names another vault as the account’s',
      () => ({ ...told, publicKey: randomBytes(1216).toString('base64url') }) as VaultShareResult,
    ],
  ])('is erased, and never replaced by what the server names, once that %s', async (_, answer) => {
    told = answer();
    expect(await read()).toBeNull();
    expect(await readKept()).toBeUndefined();
  });

  it('stays as it is where the server can’t say', async () => {
    const before = told;
    told = { status: 'refused', refusal: 'look_failed' };
    await expect(read()).rejects.toBeInstanceOf(BrowserTrouble);
    told = before;
    expect(await read()).toEqual(vault);
  });

  it('locks by this device’s clock too, and each use puts that off', async () => {
    pass(14);
    expect(await read()).toEqual(vault);
    pass(14);
    expect(await timeLeft(ADA)).toBe(60_000);
    pass(1);
    expect(await isVaultOpen(ADA)).toBe(false);
    expect(await read()).toBeNull();
    expect(await readKept()).toBeUndefined();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('is not kept open by a clock that is set back', async () => {
    pass(-1);
    expect(await read()).toBeNull();
  });

  it('takes the lock time that was chosen meanwhile, here or elsewhere', async () => {
    await changeLockTime(ADA, 5);
    expect(await timeLeft(ADA)).toBe(5 * 60_000);
    told = { ...told, lockMinutes: 60 } as VaultShareResult;
    await read();
    expect(await timeLeft(ADA)).toBe(60 * 60_000);
  });

  it('comes back by no use that was under way when it was locked', async () => {
    ask.mockImplementationOnce(async () => {
      await lockVault();
      return told;
    });
    expect(await read()).toBeNull();
    expect(await readKept()).toBeUndefined();
  });

  it('goes with the page where the browser keeps nothing, which is known', () => {
    expect(goesWithThePage()).toBe(true);
  });
});
