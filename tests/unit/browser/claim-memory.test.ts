import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  beginClaim,
  createNonce,
  forgetClaim,
  recallClaim,
  rememberClaim,
  rememberHeld,
} from '@/lib/browser/claim-memory';
import { CLAIM_NONCE_BYTES } from '@/lib/protocol/constants';
import { decodeBase64url } from '@/lib/protocol/bytes';

const linkToken = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456_';

/** The part of Web Storage that is used. */
function createStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

let storage: ReturnType<typeof createStorage>;

beforeEach(() => {
  storage = createStorage();
  vi.stubGlobal('sessionStorage', storage);
});

describe('what a tab remembers of a claim', () => {
  it('repeats the nonce of a claim whose answer was lost, and no other', async () => {
    const first = await beginClaim(linkToken, createNonce(), true);
    await expect(beginClaim(linkToken, createNonce(), true)).resolves.toBe(first);
    await expect(beginClaim(`${linkToken}x`, createNonce(), true)).resolves.not.toBe(first);
  });

  it('lets go of the nonce once the secret was shown', async () => {
    const nonce = await beginClaim(linkToken, createNonce(), false);
    const shown = { state: 'shown', openedAt: '2026-11-23T22:00:00.000Z' } as const;
    await rememberClaim(linkToken, shown);
    await expect(recallClaim(linkToken)).resolves.toEqual(shown);
    expect([...storage.items].join()).not.toContain(nonce);
    await forgetClaim(linkToken);
    expect(storage.items.size).toBe(0);
  });

  it('shows what was opened again by its nonce until the lease ends, which showing does not put off, and then lets go of it', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const nonce = await beginClaim(linkToken, createNonce(), true);
    const claim = { nonce, needsPassphrase: true, openedAt: '2026-11-23T22:00:00.000Z' };
    await expect(rememberHeld(linkToken, claim, 1_120_000)).resolves.toBe(1_120_000);
    await expect(beginClaim(linkToken, createNonce(), true)).resolves.toBe(nonce);
    await expect(rememberHeld(linkToken, claim, 1_200_000)).resolves.toBe(1_120_000);

    vi.setSystemTime(1_119_999);
    await expect(recallClaim(linkToken)).resolves.toEqual({
      state: 'held',
      ...claim,
      until: 1_120_000,
    });
    vi.setSystemTime(1_120_000);
    const shown = { state: 'shown', openedAt: claim.openedAt };
    await expect(recallClaim(linkToken)).resolves.toEqual(shown);
    expect([...storage.items].join()).not.toContain(nonce);
    vi.useRealTimers();
  });

  it('never holds the link, not even as a name', async () => {
    await beginClaim(linkToken, createNonce(), false);
    const kept = [...storage.items].join();
    for (let start = 0; start + 6 <= linkToken.length; start += 1) {
      expect(kept).not.toContain(linkToken.slice(start, start + 6));
    }
  });

  it.each([
    '',
    'null',
    '[]',
    '{"state":"claiming"}',
    '{"state":"shown","openedAt":7}',
    '{"state":"held","nonce":"n","until":1}',
    'not JSON',
  ])('is nothing where something else wrote %s', async (text) => {
    await beginClaim(linkToken, createNonce(), false);
    for (const name of storage.items.keys()) storage.items.set(name, text);
    await expect(recallClaim(linkToken)).resolves.toBeNull();
  });

  it('does without storage: then a claim is not repeated after a reload', async () => {
    vi.stubGlobal('sessionStorage', undefined);
    const nonce = createNonce();
    await expect(beginClaim(linkToken, nonce, false)).resolves.toBe(nonce);
    await expect(recallClaim(linkToken)).resolves.toBeNull();
  });
});

describe('a claim nonce', () => {
  it('is as long as the protocol wants it, and new each time', () => {
    const nonces = Array.from({ length: 100 }, createNonce);
    expect(new Set(nonces).size).toBe(nonces.length);
    for (const nonce of nonces) decodeBase64url(nonce, CLAIM_NONCE_BYTES);
  });
});
