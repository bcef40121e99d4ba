/**
 * How much one address may ask for. In memory, for each app instance: the
 * limits protect the machine, what protects a message is counted in its row.
 * A limiter that fails refuses.
 */
import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { outsideRequests } from './request-context';
import { once } from './runtime';

const WINDOW = 10 * 60;

const limiters = once('limiters', () => ({
  /** Messages made. */
  create: new RateLimiterMemory({ points: 600, duration: WINDOW }),
  /** Kilobytes stored. */
  createKilobytes: new RateLimiterMemory({ points: 256 * 1024, duration: WINDOW }),
  /** Replies sent by clients. */
  reply: new RateLimiterMemory({ points: 120, duration: WINDOW }),
  /** Kilobytes of replies. */
  replyKilobytes: new RateLimiterMemory({ points: 64 * 1024, duration: WINDOW }),
  /** Everything that a link can be asked: knocking, opening, status, destroying. */
  ask: new RateLimiterMemory({ points: 3_000, duration: WINDOW }),
  /** Tries to sign in or sign up, and asking for what that takes. */
  signIn: new RateLimiterMemory({ points: 120, duration: WINDOW }),
  /** Codes of one account's second factor: the address does not count, since guessers have many. */
  secondFactor: new RateLimiterMemory({ points: 10, duration: WINDOW }),
  /** What somebody does who is signed in. */
  staff: new RateLimiterMemory({ points: 3_000, duration: WINDOW }),
}));

export type Limit = keyof ReturnType<typeof limiters>;

/** True if `address` may spend `points` now. @throws when the limiter itself fails */
export async function withinLimit(limit: Limit, address: string, points = 1): Promise<boolean> {
  try {
    // A limiter sets a timer for each new address, of as long as its window.
    await outsideRequests(() => limiters()[limit].consume(address, points));
    return true;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false;
    throw refusal;
  }
}
