import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { VaultResult } from '@/lib/accounts/outcomes';
import { confirmPassword, unlockVault } from '@/lib/browser/vault/unlock-vault';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { createVault } from '@/lib/protocol/vault';

// What a password comes to does not matter here, and takes a second.
vi.mock('@/lib/browser/stretch-passphrase', () => ({
  stretchInBrowser: () => Promise.resolve(new Uint8Array(32)),
}));

const { signal } = new AbortController();
/** What the vault is read with: nothing, and then what a password came to that did not open it. */
const tried: (string | undefined)[] = [];
let refusal: 'password_wrong' | 'password_slowed';
let sealed: Extract<VaultResult, { status: 'found' }>;

const readOwnVault = vi.fn((form: FormData): Promise<VaultResult> => {
  const signInKey = form.get('signInKey');
  tried.push(typeof signInKey === 'string' ? signInKey : undefined);
  return Promise.resolve(signInKey === null ? sealed : { status: 'refused', refusal });
});

beforeEach(async () => {
  tried.length = 0;
  refusal = 'password_wrong';
  const vault = await createVault();
  sealed = {
    status: 'found',
    accountId: 'ada',
    salt: encodeBase64url(randomBytes(16)),
    publicKey: encodeBase64url(vault.publicKey),
    seedByPassword: encodeBase64url(randomBytes(60)),
    share: encodeBase64url(randomBytes(32)),
    lockMinutes: 15,
  };
});

describe('a password that does not open the vault in the browser', () => {
  it('is told to the server, which counts it and says what it makes of it', async () => {
    refusal = 'password_slowed';
    expect(await confirmPassword(readOwnVault, 'not mine at all', signal)).toEqual({ refusal });
    expect(tried).toEqual([undefined, expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it('is told at the gate of the vault as well, where the next one is tried at once', async () => {
    refusal = 'password_slowed';
    expect(await unlockVault(readOwnVault, sealed, 'not mine at all', signal)).toBe(
      'password_wrong',
    );
    expect(tried).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it('is wrong even where the server can’t be told', async () => {
    readOwnVault.mockResolvedValueOnce(sealed).mockRejectedValueOnce(new TypeError('cut'));
    expect(await confirmPassword(readOwnVault, 'not mine at all', signal)).toEqual({
      refusal: 'password_wrong',
    });
  });
});
