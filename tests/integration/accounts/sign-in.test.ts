import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signIn } from '@/lib/accounts/sign-in';
import type { Context } from '@/lib/server/context';
import { hashSignInKey, verifySignInKey } from '@/lib/server/accounts/sign-in-key';
import { addAccount, givenAccountContext } from './account-context';

const context = givenAccountContext();

describe('signing in', () => {
  it('costs an unknown address the same work as a known one, and answers it alike', async () => {
    const { email } = await addAccount(context);
    const checked: boolean[] = [];
    const watched: Context = {
      ...context,
      verifySignInKey: (hash, signInKey) => {
        checked.push(hash !== null);
        return context.verifySignInKey(hash, signInKey);
      },
    };
    const tryFor = (address: string) =>
      signIn(watched, {
        email: address,
        signInKey: randomBytes(32),
        code: '',
        device: '',
        replaces: null,
      });
    const [known, unknown] = [await tryFor(email), await tryFor('nobody@example.org')];
    expect(known).toEqual({ status: 'refused', refusal: 'sign_in_wrong' });
    expect(unknown).toEqual(known);
    expect(checked, 'one check each').toEqual([true, false]);
  });
});

describe('the check of a sign-in key', () => {
  it('takes the key of its hash, and no key at all where there is no account', async () => {
    const signInKey = randomBytes(32);
    const hash = await hashSignInKey(signInKey);
    expect(await verifySignInKey(hash, signInKey)).toBe(true);
    expect(await verifySignInKey(hash, randomBytes(32))).toBe(false);
    expect(await verifySignInKey(null, signInKey)).toBe(false);
    // What the work for nobody is done with is known to whoever reads the source.
    expect(await verifySignInKey(null, new Uint8Array(32))).toBe(false);
  });
});
