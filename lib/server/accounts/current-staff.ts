/**
 * Who is calling, and who may call what needs an account; what a caller may do to one row is a condition
 * of its statement. The cookie is next-auth's; what it names is looked up at
 * each request, so that a session that was ended elsewhere has ended here. A
 * database that is away throws: nobody is taken for signed out by accident.
 */
import 'server-only';
import { cache } from 'react';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { SESSION_LIFETIME } from '@/lib/accounts/policy';
import { findStaff as findStaffOfSession, type Staff } from '@/lib/accounts/sessions';
import type { RefusalCode } from '@/lib/refusal-code';
import { database } from '../database';
import { historyGuard } from '../history/process-history';
import { takesCookies } from '../request-context';
import { cookieOptions, pageCookies, sessionCookieName } from './session-cookie';

/** Null for everybody who is not signed in. @throws DatabaseAway or MarkError */
export const findStaff = cache(async (): Promise<Staff | null> => {
  const tokenHash = await findSessionHash();
  return tokenHash === null ? null : findStaffOf(tokenHash);
});

/** The same for a cookie that was read elsewhere. @throws DatabaseAway or MarkError */
export function findStaffOf(tokenHash: Uint8Array): Promise<Staff | null> {
  return findStaffOfSession(database(), historyGuard(), tokenHash);
}

/** What the database would keep of the cookie that came along, whether or not it has ended. */
export async function findSessionHash(): Promise<Uint8Array | null> {
  if (!takesCookies()) return null;
  const cookie = (await pageCookies()).get(sessionCookieName());
  return cookie === undefined ? null : hashOpaqueToken(cookie.value);
}

/** Gives this browser another cookie for the session that it has, as next-auth gave the first. */
export async function renewSessionCookie(sessionToken: string): Promise<void> {
  const expires = new Date(Date.now() + SESSION_LIFETIME * 1000);
  (await pageCookies()).set(sessionCookieName(), sessionToken, { ...cookieOptions(), expires });
}

/** Who may call: `member` is everybody who is signed in. */
export type StaffRule = 'member' | 'owner';

export function mayCall(rule: StaffRule, { role }: Pick<Staff, 'role'>): boolean {
  return rule === 'member' || role === 'OWNER';
}

type Caller = Staff | { readonly refusal: RefusalCode };

/** Everybody who is signed in. */
export const member = (): Promise<Caller> => caller('member');

export const owner = (): Promise<Caller> => caller('owner');

async function caller(rule: StaffRule): Promise<Caller> {
  const staff = await findStaff();
  if (staff === null) return { refusal: 'sign_in_required' };
  return mayCall(rule, staff) ? staff : { refusal: 'not_allowed' };
}
