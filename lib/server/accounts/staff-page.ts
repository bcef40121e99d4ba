/** What a page of staff reads before it is drawn: who is calling first, the rest on their behalf. */
import 'server-only';
import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import type { Staff } from '@/lib/accounts/sessions';
import { readForPage, type PageRefusal } from '../read-for-page';
import { answerWith } from '../request-context';
import { findStaff, mayCall, type StaffRule } from './current-staff';

/** Why a staff page is not shown to a member who is signed in. */
export type StaffPageRefusal = PageRefusal | 'not_allowed';

export type StaffPageReading<Value> =
  { readonly staff: Staff; readonly value: Value } | { readonly refusal: StaffPageRefusal };

/**
 * Visitors who are not signed in are sent to do so, and come back. A database that is
 * away, or a bug, is a calm page with its status: nobody is taken for signed out by it.
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
