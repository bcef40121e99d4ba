/**
 * Who is calling. The cookie is next-auth's; what it names is looked up at
 * each request, so that a session that was ended elsewhere has ended here. A
 * database that is away throws: nobody is taken for signed out by accident.
 */
import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import type { Staff } from '@/lib/accounts/ports';
import { accountDesk } from './account-desk';
import { sessionCookieName } from './session-cookie';

/** Null for everybody who is not signed in. @throws DatabaseAway */
export const findStaff = cache(async (): Promise<Staff | null> => {
  const cookie = (await cookies()).get(sessionCookieName());
  const tokenHash = cookie === undefined ? null : await hashOpaqueToken(cookie.value);
  return tokenHash === null ? null : accountDesk().store.findStaff(tokenHash);
});
