import { askServer, isAway, wasCut, type Answer } from './ask-server';
import type { Act } from './lost-answer';

/** Milliseconds before the second, third and fourth try. */
const WAITS = [600, 1800, 4500] as const;

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Asks a few times where the answer was lost or the database is away, with
 * growing waits. Only for what may be asked twice: looking, and claiming by
 * one and the same nonce.
 *
 * @throws BrowserTrouble if no answer came to the last try, or at once for any other failure
 */
export async function askAgain<Result extends Answer>(
  act: Act,
  ask: () => Promise<Result>,
  waits: readonly number[] = WAITS,
): Promise<Result> {
  for (const wait of waits) {
    try {
      const answer = await askServer(act, ask);
      if (!isAway(answer)) return answer;
    } catch (error) {
      if (!wasCut(error)) throw error;
    }
    await pause(wait);
  }
  return askServer(act, ask);
}

/**
 * Claims by one nonce. With a passphrase it asks once only: a wrong one may be
 * counted each time it arrives, and a person should decide to spend a try.
 *
 * @throws BrowserTrouble
 */
export function askToClaim<Result extends Answer>(
  act: Act,
  ask: () => Promise<Result>,
  hasPassphrase: boolean,
): Promise<Result> {
  return askAgain(act, ask, hasPassphrase ? [] : WAITS);
}
