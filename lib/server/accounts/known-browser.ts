/**
 * Browsers that have signed in before. Each keeps a cookie with a random id and, for every account
 * that it has signed in to, a mark that only this server can make. It opens nothing: whoever has it
 * is counted by themselves instead of with everybody else (see `guesses.ts` and `limits.ts`), so that
 * a crowd of guessers keeps no person out of their own browser.
 */
import 'server-only';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import type { KnownBrowser } from '@/lib/accounts/guess-ports';
import { clientAddress } from '../request-context';
import { accountsKey } from './accounts-key';
import { browserCookieName, cookieOptions } from './session-cookie';

const ID_BYTES = 16;
const MARK_BYTES = 16;
/** Accounts that one browser is known to; who signed in longest ago gives way. */
const MOST_ACCOUNTS = 8;
/** Seconds: as long as browsers keep a cookie at the most. */
const LIFETIME = 400 * 24 * 60 * 60;

interface BrowserCookie {
  readonly id: string;
  /** Newest first. */
  readonly marks: readonly string[];
}

export const knownBrowser: KnownBrowser = {
  knownTo: async (accountId) => {
    const browser = await readBrowser();
    if (browser === null) return null;
    const mark = await markOf(browser.id, accountId);
    return browser.marks.some((other) => isSame(other, mark)) ? browser.id : null;
  },
  remember: async (accountId) => {
    const browser = await readBrowser();
    const id = browser?.id ?? randomBytes(ID_BYTES).toString('base64url');
    const mark = await markOf(id, accountId);
    const others = browser?.marks.filter((other) => !isSame(other, mark)) ?? [];
    const marks = [mark, ...others].slice(0, MOST_ACCOUNTS);
    const value = [id, await markOf(id, 'itself'), ...marks].join('.');
    (await cookies()).set(browserCookieName(), value, { ...cookieOptions(), maxAge: LIFETIME });
  },
};

/** Whose tries to sign in are limited together: a browser that signed in before, or an address. */
export async function signInParty(): Promise<string> {
  const browser = await readBrowser();
  return browser === null ? clientAddress() : `browser ${browser.id}`;
}

/** Null for a browser without the cookie, or with one that this server did not make. */
async function readBrowser(): Promise<BrowserCookie | null> {
  const [id = '', itself = '', ...marks] =
    (await cookies()).get(browserCookieName())?.value.split('.') ?? [];
  return isSame(itself, await markOf(id, 'itself')) ? { id, marks } : null;
}

/** @param what an account's id, or `itself` */
async function markOf(browserId: string, what: string): Promise<string> {
  const hmac = createHmac('sha256', await accountsKey('known browser'));
  const digest = hmac.update(`${browserId} ${what}`).digest();
  return digest.subarray(0, MARK_BYTES).toString('base64url');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
