import { examineHealth } from '@/lib/server/health';

export const dynamic = 'force-dynamic';

/** 200 while the instance can seal and open, else 503; by codes, and nothing else about the inside. */
export async function GET(): Promise<Response> {
  const { problems, warnings } = await examineHealth();
  const isDown = problems.length > 0;
  const status = isDown ? 'unavailable' : warnings.length > 0 ? 'degraded' : 'ok';
  return Response.json(
    {
      status,
      ...(isDown ? { problems } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
    { status: isDown ? 503 : 200, headers: { 'Cache-Control': 'no-store' } },
  );
}
