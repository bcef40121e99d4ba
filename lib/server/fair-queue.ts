/**
 * A short queue in which nobody waits for the crowd of another: kinds of work take turns, and within
 * a kind those whom the work is for, whoever had a turn longest ago, or never, before the others: so
 * who comes once is not behind those who come all the time. Rules: nobody waits longer than the patience, the queue is
 * bounded, and where it is full the longest row of one is what gives way, never whoever comes with
 * the first.
 */
import pLimit from 'p-limit';

export interface QueueRules {
  /** Pieces of work that run at once. */
  readonly atOnce: number;
  /** How many may wait, of each kind. */
  readonly waiting: number;
  /** Milliseconds after which one that still waits is told that there is no room. */
  readonly patience: number;
}

export interface Turn<Kind extends string> {
  readonly kind: Kind;
  /** Whom it is for: a message, an address. */
  readonly of: string;
}

export interface FairQueue<Kind extends string> {
  /** Runs `work` when its turn comes, in the context of the caller; null where it never came. */
  run<Result>(turn: Turn<Kind>, work: () => Promise<Result>): Promise<Result | null>;
}

/** What one that waits is told: that its turn has come, and whom to tell when it is done; or null. */
type Tell = (done: (() => void) | null) => void;
type Rows = Map<string, Tell[]>;

/** How many of those who had a turn are remembered. */
const REMEMBERED = 1_000;

export function createFairQueue<Kind extends string>(rules: QueueRules): FairQueue<Kind> {
  const room = pLimit(rules.atOnce);
  const kinds = new Map<Kind, Rows>();
  const served = new Map<string, number>();
  let turns = 0;

  const remember = (of: string) => {
    served.delete(of);
    served.set(of, (turns += 1));
    const [oldest] = served.keys();
    if (served.size > REMEMBERED && oldest !== undefined) served.delete(oldest);
  };

  /** One free place takes whoever's turn it is, which need not be the one that came first. */
  const takePlace = () =>
    new Promise<void>((done) => {
      const next = takeNext(kinds, served);
      if (next === undefined) {
        done();
        return;
      }
      remember(next.of);
      next.tell(done);
    });

  const enter = ({ kind, of }: Turn<Kind>): Promise<(() => void) | null> =>
    new Promise((resolve) => {
      const rows = kinds.get(kind) ?? new Map<string, Tell[]>();
      const row = rows.get(of) ?? [];
      if (countOf(rows) >= rules.waiting && !makeRoom(rows, row.length)) {
        resolve(null);
        return;
      }
      const leave = setTimeout(() => {
        drop(kinds, { kind, of }, tell);
        resolve(null);
      }, rules.patience);
      const tell: Tell = (done) => {
        clearTimeout(leave);
        resolve(done);
      };
      row.push(tell);
      rows.set(of, row);
      kinds.set(kind, rows);
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

/** Of the first kind, which goes to the end, the row that had its turn longest ago. */
function takeNext<Kind>(
  kinds: Map<Kind, Rows>,
  served: ReadonlyMap<string, number>,
): { readonly of: string; readonly tell: Tell } | undefined {
  const [first] = kinds;
  if (first === undefined) return undefined;
  const [kind, rows] = first;
  const [of = ''] = [...rows.keys()].sort(
    (one, other) => (served.get(one) ?? 0) - (served.get(other) ?? 0),
  );
  const row = rows.get(of) ?? [];
  const tell = row.shift();
  if (row.length === 0) rows.delete(of);
  kinds.delete(kind);
  if (rows.size > 0) kinds.set(kind, rows);
  return tell === undefined ? undefined : { of, tell };
}

/** Sends the last of the longest row away, if that row is longer than the one of who comes would be. */
function makeRoom(rows: Rows, held: number): boolean {
  let longest: Tell[] = [];
  for (const row of rows.values()) if (row.length > longest.length) longest = row;
  if (longest.length <= held + 1) return false;
  longest.pop()?.(null);
  return true;
}

function drop<Kind extends string>(
  kinds: Map<Kind, Rows>,
  { kind, of }: Turn<Kind>,
  tell: Tell,
): void {
  const rows = kinds.get(kind);
  const rest = rows?.get(of)?.filter((other) => other !== tell) ?? [];
  if (rest.length > 0) rows?.set(of, rest);
  else rows?.delete(of);
  if (rows?.size === 0) kinds.delete(kind);
}

function countAll<Kind>(kinds: Map<Kind, Rows>): number {
  let count = 0;
  for (const rows of kinds.values()) count += countOf(rows);
  return count;
}

function countOf(rows: Rows): number {
  let count = 0;
  for (const row of rows.values()) count += row.length;
  return count;
}
