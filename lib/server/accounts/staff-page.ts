/** What a page of staff reads before it is drawn: who is calling first, the rest on their behalf. */
import 'server-only';
import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import type { Staff } from '@/lib/accounts/ports';
import { readForPage, type PageReading } from '../read-for-page';
import { answerWith } from '../request-context';
import { findStaff } from './current-staff';
import { mayCall, type StaffRule } from './staff-rule';

/** Why a page of staff is not shown to somebody who is signed in. */
export type StaffPageRefusal =
  Extract<PageReading<never>, { refusal: unknown }>['refusal'] | 'not_allowed';

export type StaffPageReading<Value> =
  { readonly staff: Staff; readonly value: Value } | { readonly refusal: StaffPageRefusal };

/**
 * Whoever is not signed in goes to do so, and comes back. A database that is
 * away is a calm page with its status: nobody is taken for signed out by it.
 * @param path where to come back to; a path of this app
 * @param rule who may see the page; others are refused before anything is read
 */
export async function readForStaff<Value>(
  path: string,
  rule: StaffRule,
  read: (staff: Staff) => Promise<Value>,
): Promise<StaffPageReading<Value>> {
  // Never prerendered: said here, since what says so below would be taken for a failure.
  await connection();
  const found = await readForPage(
    'staff page',
    async () => {
      const staff = await findStaff();
      if (staff === null) return null;
      return mayCall(rule, staff) ? { staff, value: await read(staff) } : 'not_allowed';
    },
    'staff',
  );
  if ('refusal' in found) return found;
  if (found.value === null) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (found.value !== 'not_allowed') return found.value;
  answerWith(403);
  return { refusal: 'not_allowed' };
}

/** The same for a page that needs no more than who is calling. */
export function findStaffForPage(path: string): Promise<StaffPageReading<null>> {
  return readForStaff(path, 'member', () => Promise.resolve(null));
}
