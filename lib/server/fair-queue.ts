/**
 * A short queue in which nobody waits for the crowd of another. Kinds of work take turns, and within
 * a kind those for whom the work is: an address, a message. Whoever had a turn longest ago, or never,
 * is next. Nobody waits longer than the patience, and the queue is bounded: where it is full, one of
 * the largest crowd gives way, and of those alike the one who had a turn last.
 */
import pLimit from 'p-limit';

export interface QueueRules<Kind extends string> {
  /** Pieces of work that run at once. */
  readonly atOnce: number;
  /** How many may wait. */
  readonly waiting: Readonly<Record<Kind, number>>;
  /** Milliseconds after which one that still waits is told that there is no room. */
  readonly patience: number;
}

export interface Turn<Kind extends string> {
  readonly kind: Kind;
  /** For whom it is: whichever of them had a turn last, or has most waiting, counts first. */
  readonly parties: readonly string[];
}

export interface FairQueue<Kind extends string> {
  /** Runs `work` when its turn comes, in the context of the caller; null where it never came. */
  run<Result>(turn: Turn<Kind>, work: () => Promise<Result>): Promise<Result | null>;
}

interface Waiting {
  readonly parties: readonly string[];
  /** Tells that its turn has come, and whom to tell when it is done; or null. */
  readonly tell: (done: (() => void) | null) => void;
}

/** How many of those who had a turn are remembered. */
const REMEMBERED = 2_000;

export function createFairQueue<Kind extends string>(rules: QueueRules<Kind>): FairQueue<Kind> {
  const room = pLimit(rules.atOnce);
  /** In the order of their turns; a kind that nobody waits for is not there. */
  const kinds = new Map<Kind, Waiting[]>();
  const served = new Map<string, number>();
  let turns = 0;

  const lastTurn = (party: string) => served.get(party) ?? 0;

  const remember = (party: string) => {
    served.delete(party);
    served.set(party, (turns += 1));
    const [oldest] = served.keys();
    if (served.size > REMEMBERED && oldest !== undefined) served.delete(oldest);
  };

  const remove = (kind: Kind, one: Waiting) => {
    const rest = kinds.get(kind)?.filter((other) => other !== one) ?? [];
    if (rest.length > 0) kinds.set(kind, rest);
    else kinds.delete(kind);
  };

  /** One free place takes whoever's turn it is, which need not be the one that came first. */
  const takePlace = () =>
    new Promise<void>((done) => {
      const [first] = kinds;
      if (first === undefined) {
        done();
        return;
      }
      const [kind, waiting] = first;
      const next = leastBy(waiting, ({ parties }) => descending(parties.map(lastTurn)));
      remove(kind, next);
      const rest = kinds.get(kind);
      // To the end: the other kinds are before it now.
      kinds.delete(kind);
      if (rest !== undefined) kinds.set(kind, rest);
      next.parties.forEach(remember);
      next.tell(done);
    });

  /** Who has to go where one too many waits. */
  const tooMany = (waiting: readonly Waiting[]): Waiting => {
    const crowdOf = (party: string) =>
      waiting.filter(({ parties }) => parties.includes(party)).length;
    // Backwards, for of those alike whoever came last has waited least.
    return leastBy(waiting.toReversed(), ({ parties }) => [
      ...descending(parties.map(crowdOf)).map((size) => -size),
      ...descending(parties.map(lastTurn)).map((turn) => -turn),
    ]);
  };

  const enter = ({ kind, parties }: Turn<Kind>): Promise<(() => void) | null> =>
    new Promise((resolve) => {
      const one: Waiting = {
        parties,
        tell: (done) => {
          clearTimeout(leave);
          resolve(done);
        },
      };
      const leave = setTimeout(() => {
        remove(kind, one);
        resolve(null);
      }, rules.patience);
      const waiting = [...(kinds.get(kind) ?? []), one];
      kinds.set(kind, waiting);
      if (waiting.length > rules.waiting[kind]) {
        const superfluous = tooMany(waiting);
        remove(kind, superfluous);
        superfluous.tell(null);
        if (superfluous === one) return;
      }
      // Those who went away left their places in the room's own queue: no more of them than are waiting.
      if (room.pendingCount < countAll(kinds)) void room(takePlace);
    });

  return {
    run: async (turn, work) => {
      const done = await enter(turn);
      if (done === null) return null;
      try {
        return await work();
      } finally {
        done();
      }
    },
  };
}

/** The first of those whose numbers are least, compared one after the other. At least one is given. */
function leastBy<Item>(items: readonly Item[], numbersOf: (item: Item) => readonly number[]): Item {
  const ranked = items.map((item) => ({ item, numbers: numbersOf(item) }));
  const [first] = ranked.sort((one, other) => compare(one.numbers, other.numbers));
  if (first === undefined) throw new Error('Nobody waits.');
  return first.item;
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, number] of one.entries()) {
    const difference = number - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function descending(numbers: readonly number[]): number[] {
  return numbers.toSorted((one, other) => other - one);
}

function countAll<Kind>(kinds: ReadonlyMap<Kind, readonly Waiting[]>): number {
  let count = 0;
  for (const waiting of kinds.values()) count += waiting.length;
  return count;
}
