import { answersToHealthCheck } from '@/lib/server/health';

export const dynamic = 'force-dynamic';

/** 200 while the database answers, else 503; nothing else about the inside. */
export async function GET(): Promise<Response> {
  const healthy = await answersToHealthCheck();
  return Response.json(
    { status: healthy ? 'ok' : 'unavailable' },
    { status: healthy ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
