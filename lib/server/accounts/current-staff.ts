/**
 * Who is calling. The cookie is next-auth's; what it names is looked up at
 * each request, so that a session that was ended elsewhere has ended here. A
 * database that is away throws: nobody is taken for signed out by accident.
 */
import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { SESSION_LIFETIME } from '@/lib/accounts/policy';
import type { Staff } from '@/lib/accounts/ports';
import { findStaff as findStaffInStore } from '../account-store/find-staff';
import { database } from '../database';
import { historyGuard } from '../history/process-history';
import { cookieOptions, sessionCookieName } from './session-cookie';

/** Null for everybody who is not signed in. @throws DatabaseAway or MarkError */
export const findStaff = cache(async (): Promise<Staff | null> => {
  const tokenHash = await findSessionHash();
  return tokenHash === null ? null : findStaffOf(tokenHash);
});

/** The same for a cookie that was read elsewhere. @throws DatabaseAway or MarkError */
export function findStaffOf(tokenHash: Uint8Array): Promise<Staff | null> {
  return findStaffInStore(database(), historyGuard(), tokenHash);
}

/** What the database would keep of the cookie that came along, whether or not it has ended. */
export async function findSessionHash(): Promise<Uint8Array | null> {
  const cookie = (await cookies()).get(sessionCookieName());
  return cookie === undefined ? null : hashOpaqueToken(cookie.value);
}

/** Gives this browser another cookie for the session that it has, as next-auth gave the first. */
export async function renewSessionCookie(sessionToken: string): Promise<void> {
  const expires = new Date(Date.now() + SESSION_LIFETIME * 1000);
  (await cookies()).set(sessionCookieName(), sessionToken, { ...cookieOptions(), expires });
}
