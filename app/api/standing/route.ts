import { lookAtStanding } from '@/lib/server/standing';

export const dynamic = 'force-dynamic';

/** What a prerendered page needs to know of who is looking: their name, and what they may send. */
export async function GET(): Promise<Response> {
  const found = await lookAtStanding();
  const headers = { 'Cache-Control': 'no-store' };
  return 'value' in found
    ? Response.json(found.value, { headers })
    : Response.json({ status: found.refusal }, { status: statusOf(found.refusal), headers });
}

function statusOf(refusal: 'too_many_requests' | 'look_failed'): 429 | 503 {
  return refusal === 'look_failed' ? 503 : 429;
}
