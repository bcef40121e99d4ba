/**
 * How much one address may ask for, counted in the database for all instances together; while that
 * is away, by each for itself. The limits protect the machine, what protects a message is counted in
 * its row. Rules: where neither can count, it is refused; what is kept names nobody, and goes with
 * its window; memory does not grow with the addresses.
 */
import 'server-only';
import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { accountsKey } from './accounts/accounts-key';
import { databasePool } from './database';
import { log } from './log';
import { outsideRequests } from './request-context';
import { once } from './runtime';

/** Seconds. */
const WINDOW = 10 * 60;

const POINTS = {
  /** Messages made. */
  create: 600,
  /** Kilobytes stored. */
  createKilobytes: 256 * 1024,
  /** Replies sent by clients. */
  reply: 120,
  /** Kilobytes of replies. */
  replyKilobytes: 64 * 1024,
  /** Everything that a link can be asked: knocking, opening, status, destroying. */
  ask: 3_000,
  /** Tries to sign in or sign up, and asking for what that takes. Of a known browser, for itself. */
  signIn: 120,
  /** What signed-in staff do. */
  staff: 3_000,
} as const;

export type Limit = keyof typeof POINTS;

/**
 * How much of a name counts while each instance counts for itself: 4,096 different ones at most.
 * Who shares one with another has less, never more.
 */
const COARSE = 3;
/** Milliseconds for which a database that could not count is not asked again. */
const AWAY = 2_000;

class CoarseMemory extends RateLimiterMemory {
  override consume(name: string, points?: number): Promise<RateLimiterRes> {
    return super.consume(name.slice(0, COARSE), points);
  }
}

const limiters = once('limiters', () => {
  const storeClient = createStoreClient();
  const made = (limit: Limit): [Limit, RateLimiterPostgres] => {
    const rules = { keyPrefix: limit, points: POINTS[limit], duration: WINDOW };
    return [
      limit,
      new RateLimiterPostgres({
        ...rules,
        storeClient,
        storeType: 'pool',
        tableName: 'limits',
        tableCreated: true,
        // The sweeper does that.
        clearExpiredByTimeout: false,
        // Who is over a limit costs no statement until the window ends.
        inMemoryBlockOnConsumed: rules.points,
        insuranceLimiter: new CoarseMemory(rules),
      }),
    ];
  };
  return new Map((Object.keys(POINTS) as Limit[]).map(made));
});

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Statements of the limiters on the shared connections, without names: PgBouncer may not know those. */
function createStoreClient(): { query: (statement: Statement) => Promise<unknown> } {
  let awayUntilMs = -Infinity;
  return {
    query: async ({ text, values }) => {
      if (performance.now() < awayUntilMs) throw new Error('The database was away just now.');
      try {
        return await databasePool().query({ text, values });
      } catch (error) {
        awayUntilMs = performance.now() + AWAY;
        throw error;
      }
    },
  };
}

/**
 * True if `of` (an address, or a browser that is known) may spend `points` now.
 *
 * @throws when nothing could count, KeyringError among others
 */
export async function withinLimit(limit: Limit, of: string, points = 1): Promise<boolean> {
  const limiter = limiters().get(limit);
  if (limiter === undefined) throw new Error(`There is no limit ${limit}.`);
  const name = await nameless(of);
  try {
    // A limiter sets a timer for each new name, of as long as its window.
    const { remainingPoints } = await outsideRequests(() => limiter.consume(name, points));
    // Once a window, however many come after: who watches the log learns of it, and not of whom.
    if (remainingPoints === 0) log.warn('limit_reached', { at: limit });
    return true;
  } catch (refusal) {
    if (isRefusal(refusal)) return false;
    throw refusal;
  }
}

/** The same for all instances, and for nobody without their key: a copy of the database names no address. */
async function nameless(of: string): Promise<string> {
  const hmac = createHmac('sha256', await accountsKey('limits'));
  return hmac.update(of).digest('hex').slice(0, 32);
}

/** What says when to come again is a refusal, of whichever bundle; an error does not. */
function isRefusal(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    !(thrown instanceof Error) &&
    'msBeforeNext' in thrown
  );
}
