import 'server-only';
import type { Staff } from '@/lib/accounts/ports';
import { answerWith } from '../request-context';
import { requireStaff } from './current-staff';

/** For pages of owners: null for a member, whose answer is a 403 then. @param path see `requireStaff` */
export async function findOwner(path: string): Promise<Staff | null> {
  const staff = await requireStaff(path);
  if (staff.role === 'OWNER') return staff;
  answerWith(403);
  return null;
}
