import { findStaff } from '@/lib/server/accounts/current-staff';
import { readForPage } from '@/lib/server/read-for-page';
import { statusOf } from '@/lib/server/refusal-status';

export const dynamic = 'force-dynamic';

/** Who is signed in, for a page that has just signed them out: what next-auth answers says less. */
export async function GET(): Promise<Response> {
  const found = await readForPage('standing', findStaff);
  const headers = { 'Cache-Control': 'no-store' };
  if ('refusal' in found) {
    const status = statusOf(found.refusal);
    return Response.json({ status: found.refusal }, { status, headers });
  }
  const staff = found.value;
  return Response.json({ staff: staff && { name: staff.name } }, { headers });
}
