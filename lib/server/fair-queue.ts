/**
 * A short queue in which nobody waits for the crowd of another: kinds of work take turns, and within
 * a kind those whom the work is for. Rules: nobody waits longer than the patience, the queue is
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

export function createFairQueue<Kind extends string>(rules: QueueRules): FairQueue<Kind> {
  const room = pLimit(rules.atOnce);
  const kinds = new Map<Kind, Rows>();

  /** One free place takes whoever's turn it is, which need not be the one that came first. */
  const takePlace = () =>
    new Promise<void>((done) => {
      const next = takeNext(kinds);
      if (next === undefined) done();
      else next(done);
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

/** The first row of the first kind; both go to the end. */
function takeNext<Kind>(kinds: Map<Kind, Rows>): Tell | undefined {
  const [first] = kinds;
  if (first === undefined) return undefined;
  const [kind, rows] = first;
  const [of = '', row = []] = [...rows][0] ?? [];
  const next = row.shift();
  rows.delete(of);
  if (row.length > 0) rows.set(of, row);
  kinds.delete(kind);
  if (rows.size > 0) kinds.set(kind, rows);
  return next;
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
