/** The rules of requests that people can see. Expiries are those of messages. */

/** Characters (UTF-16 units, as a form control counts them). */
export const MAX_QUESTION_LENGTH = 500;

export const MAX_REPLIES = 50;
export const DEFAULT_REPLIES = 1;

/** How many of the staff one request can have as readers. */
export const MAX_READERS = 50;

/** Seconds for which replies can still be read once a request has expired. Then all is erased. */
export const KEEP_LIFETIME = 30 * 24 * 60 * 60;

/** Replies to one request that give their place back: each leaves a row, and may have been told of by mail. */
export const MAX_PLACES_FREED = 50;

/** An expiry as the caller reckons it; the database refuses one that its own clock doesn't give. */
export interface Lifetime {
  /** Seconds from now. */
  readonly lifetime: number;
  /** What that comes to; milliseconds since 1970. */
  readonly expiresAtMs: number;
  readonly keepUntilMs: number;
}

/** @param lifetime seconds from `nowMs`, the database's clock as nearly as it is known */
export function lifetimeFrom(nowMs: number, lifetime: number): Lifetime {
  const expiresAtMs = nowMs + lifetime * 1000;
  return { lifetime, expiresAtMs, keepUntilMs: expiresAtMs + KEEP_LIFETIME * 1000 };
}
