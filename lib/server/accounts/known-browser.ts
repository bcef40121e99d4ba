/**
 * Browsers that have signed in before. Each keeps a cookie with a random id and, for every account
 * that it has signed in to, a mark that only this server can make, of the password that it signed in
 * with. It opens nothing: a browser that has it is counted apart from all others (see `guesses.ts` and
 * `limits.ts`), so that a crowd of guessers keeps no person out of their own browser. Who knows a
 * password makes as many of them as they like, so they are counted in a few places, and once the
 * password is another, in a single one.
 */
import 'server-only';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PasswordProof } from '@/lib/accounts/proof';
import { clientAddress } from '../request-context';
import { accountsKey } from './accounts-key';
import { browserCookieName, cookieOptions, pageCookies } from './session-cookie';

const ID_BYTES = 16;
const MARK_BYTES = 16;
/** Characters of what tells one password of an account from another: it need not be secret. */
const GENERATION_LENGTH = 11;
/** Accounts that one browser is known to; who signed in longest ago gives way. */
const MOST_ACCOUNTS = 8;
/** Where the browsers that are known to one account are counted. Few people use more. */
const PLACES = 4;
/** Seconds: as long as browsers keep a cookie at the most. */
const LIFETIME = 400 * 24 * 60 * 60;

interface BrowserCookie {
  readonly id: string;
  /** As whose its tries to sign in are limited: that of its last sign-in. */
  readonly party: string;
  /** Newest first: a generation and its mark. */
  readonly entries: readonly string[];
}

/** The browser that asks, by its long-lived cookie. */
export interface KnownBrowser {
  /**
   * Where its tries count, if it has signed in to this account before: in one of a few places for the
   * password as it is, in a single one for all passwords before.
   */
  readonly knownTo: (account: PasswordProof) => Promise<string | null>;
  readonly remember: (account: PasswordProof) => Promise<void>;
}

export const knownBrowser: KnownBrowser = {
  knownTo: async (account) => {
    const browser = await readBrowser();
    const now = await generationOf(account);
    const entry = browser === null ? undefined : await entryOf(browser, account.accountId);
    if (browser === null || entry === undefined) return null;
    const isOfNow = entry.startsWith(now);
    return `${account.accountId} ${isOfNow ? await placeOf(browser.id, account) : 'from before'}`;
  },
  remember: async (account) => {
    const browser = await readBrowser();
    const id = browser?.id ?? randomBytes(ID_BYTES).toString('base64url');
    const before = browser === null ? undefined : await entryOf(browser, account.accountId);
    const others = browser?.entries.filter((other) => other !== before) ?? [];
    const generation = await generationOf(account);
    const entry = generation + (await markOf(id, account.accountId, generation));
    const party = await hmac('party', account.accountId, generation, await placeOf(id, account));
    const entries = [entry, ...others].slice(0, MOST_ACCOUNTS);
    const value = [id, party, await hmac('itself', id, party), ...entries].join('.');
    (await pageCookies()).set(browserCookieName(), value, { ...cookieOptions(), maxAge: LIFETIME });
  },
};

/** Whose tries to sign in are limited together: browsers that signed in before, or an address. */
export async function signInParty(): Promise<string> {
  const browser = await readBrowser();
  return browser === null ? clientAddress() : `browser ${browser.party}`;
}

/** Null for a browser without the cookie, or with one that this server did not make. */
async function readBrowser(): Promise<BrowserCookie | null> {
  const [id = '', party = '', itself = '', ...entries] =
    (await pageCookies()).get(browserCookieName())?.value.split('.') ?? [];
  return isSame(itself, await hmac('itself', id, party)) ? { id, party, entries } : null;
}

/** By which a browser is known to an account, whatever its password was. */
async function entryOf(
  { id, entries }: BrowserCookie,
  accountId: string,
): Promise<string | undefined> {
  for (const entry of entries.slice(0, MOST_ACCOUNTS)) {
    const generation = entry.slice(0, GENERATION_LENGTH);
    const mark = await markOf(id, accountId, generation);
    if (isSame(entry.slice(GENERATION_LENGTH), mark)) return entry;
  }
  return undefined;
}

function markOf(browserId: string, accountId: string, generation: string): Promise<string> {
  return hmac('known to', browserId, accountId, generation);
}

/** The hash that is kept of a password is salted: it is another one for each. */
async function generationOf({ accountId, signInHash }: PasswordProof): Promise<string> {
  return (await hmac('generation', accountId, signInHash)).slice(0, GENERATION_LENGTH);
}

/** Nobody chooses it: the id is drawn here. */
async function placeOf(browserId: string, { accountId }: PasswordProof): Promise<string> {
  const [byte = 0] = Buffer.from(await hmac('place', browserId, accountId), 'base64url');
  return `place ${String(byte % PLACES)}`;
}

async function hmac(...words: readonly string[]): Promise<string> {
  const digest = createHmac('sha256', await accountsKey('known browser'))
    .update(JSON.stringify(words))
    .digest();
  return digest.subarray(0, MARK_BYTES).toString('base64url');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
