import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';

const ROUNDS = 3;

/**
 * Holds what `act` leaves alive to some bytes. What is made once and kept, such as compiled code,
 * is no leak and shows in one round alone; a leak shows in each.
 */
export async function expectFlatHeap(
  bytes: number,
  act: (round: number) => Promise<unknown>,
): Promise<void> {
  const grown: number[] = [];
  while (grown.length < ROUNDS && !grown.some((growth) => growth < bytes)) {
    const before = heapAfterCollection();
    await act(grown.length);
    grown.push(heapAfterCollection() - before);
  }
  expect(Math.min(...grown), `bytes by round: ${grown.join(', ')}`).toBeLessThan(bytes);
}

/** Bytes of what is alive on the heap of this process. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
