import { ProtocolError } from '@/lib/protocol/errors';

/** The code with which `work` is refused, or 'accepted'. Any other error is a bug and throws. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'accepted';
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

/** How often each refusal was given, by code. */
export async function refusalsOf(
  works: readonly (() => unknown)[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const work of works) {
    const code = await refusalOf(work);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
