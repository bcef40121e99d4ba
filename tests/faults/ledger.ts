/**
 * What is known outside of the servers: every link that was shown, who received what and when, and
 * every answer. Each answer is held against it at once.
 *
 * What is allowed, by the specification (sections 14, 15, 20 and 21):
 * - A request without a whole answer may or may not have done what it asked for.
 * - The one who claimed may ask again for as long as the lease lasts. If nothing was answered for so
 *   long, the lease may have ended with nobody having read it: counted, and no violation.
 * - What can't be recorded is not claimed: an opening that was refused while the keyring's disk took
 *   nothing leaves a secret that opens. Until that claim is undone others may be told that it was
 *   opened, and a destruction that meets it ends it as opened.
 * - A claimed secret counts as opened before its reader has it.
 * - What was asked for before a restore ended may be unknown, kept closed or erased from then on,
 *   and ended as the copy has it; it opens for nobody. It never "waits": an opening would be refused.
 */
import type { Answer } from './answers';
import { LEASE_SECONDS } from './house';
import { UNREAD, type Told } from './pages';
import type { Sealed } from './sealed';

export const INVARIANTS = {
  readTwice: 'read twice',
  lost: 'lost',
  notStored: 'links shown for what is not stored',
  contradicted: 'records that contradict what happened',
  readAfterEnd: 'read after it was destroyed or kept closed',
  silent: 'faults that health did not tell',
  unwell: 'faults after which the service did not get well',
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Entry {
  readonly sealed: Sealed;
  /** When its sealing was asked for, and answered: it was stored in between. */
  readonly askedAt: number;
  readonly answeredAt: number;
  /** When each opener, by nonce, received it. */
  readonly receivedAt: Map<string, number>;
  /** When the first opening with the right proofs began; null if none did. */
  openingBegunAt: number | null;
  /** When each opener first asked without an answer, in a way that may have claimed. */
  readonly unansweredAt: Map<string, number>;
  /** Openers that were told that it was opened, with the time. */
  readonly refusedAt: Map<string, number>;
  /** Destructions asked for and confirmed, by whom. */
  readonly destroyBegun: Set<Told>;
  destroyedAt: number | null;
  wrongTries: number;
  wrongTriesAnsweredAt: number[];
  /** Whether any answer ever knew it. */
  wasSeen: boolean;
  /** As what it was first told that nobody read and nobody can any more. */
  endedUnread: Told | null;
  /** As what it was told last, to anybody. */
  lastTold: Told | null;
  /** Whether an opening was refused while the keyring's disk took nothing. */
  wasRefusedByDisk: boolean;
}

interface Period {
  readonly from: number;
  to: number;
}

export interface Asked {
  readonly begunAt: number;
  readonly endedAt: number;
}

export interface Ledger {
  readonly entries: readonly Entry[];
  /** How many showed each violation, each secret counted once. */
  counts(): Record<Invariant, number>;
  /** Secrets whose lease ended unanswered. */
  leasesOver(): number;
  readonly descriptions: readonly string[];
  add(sealed: Sealed, asked: Asked): Entry;
  violate(invariant: Invariant, key: object, description: string): void;
  /** A fault of the keyring's disk, or a restore: begins now, and ends when the answer is called. */
  beginDiskFault(): () => void;
  beginRestore(): () => void;
  /** Whether it was asked for before a restore that has ended. */
  isOver(entry: Entry): boolean;
  /** Says which fault is on, for the descriptions. */
  setFault(name: string): void;
  openingBegins(entry: Entry, at: number): void;
  openingEnds(entry: Entry, nonce: string, answer: Answer, asked: Asked): void;
  told(entry: Entry, told: Told, asked: Asked, tries?: number | null): void;
  /** A lease after all of its openers are done: whether it was opened and nobody received it. */
  judgeUnreceived(entry: Entry): void;
}

export function createLedger(): Ledger {
  const entries: Entry[] = [];
  const violations = new Map<Invariant, Set<object>>();
  const descriptions: string[] = [];
  const diskFaults: Period[] = [];
  const restores: Period[] = [];
  const leaseOver = new Set<Entry>();
  const begun = Date.now();
  let fault = 'none';

  const beginIn = (periods: Period[]) => () => {
    const period = { from: Date.now(), to: Infinity };
    periods.push(period);
    return () => {
      period.to = Date.now();
    };
  };

  function violate(invariant: Invariant, key: object, description: string): void {
    const keys = violations.get(invariant) ?? new Set();
    violations.set(invariant, keys);
    if (keys.has(key)) return;
    keys.add(key);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    descriptions.push(`${seconds} s, ${fault}: ${INVARIANTS[invariant]}: ${description}`);
  }

  const describe = ({ sealed }: Entry, what: string) =>
    `${sealed.text.slice(0, 16)} (${sealed.kind}${sealed.hasPassphrase ? ', passphrase' : ''}) ${what}`;

  const isDuringRestore = ({ begunAt, endedAt }: Asked) =>
    restores.some(({ from, to }) => begunAt < to && endedAt > from);

  /** Whether it is from before a restore which had ended when the request began, or may be. */
  const isFromBefore = (entry: Entry, { begunAt }: Asked) =>
    restores.some(({ to }) => entry.askedAt < to && begunAt >= to);
  /** What was asked for during a restore may have been stored after it, and then opens. */
  const isSurelyFromBefore = (entry: Entry, { begunAt }: Asked) =>
    restores.some(({ to }) => entry.answeredAt < to && begunAt >= to);

  function received(entry: Entry, nonce: string, text: string, asked: Asked): void {
    const others = [...entry.receivedAt.keys()].filter((other) => other !== nonce);
    if (others.length > 0) violate('readTwice', entry, describe(entry, 'by two openers'));
    if (text !== entry.sealed.text) {
      violate('contradicted', entry, describe(entry, 'came as another text'));
    }
    if (entry.destroyedAt !== null && entry.destroyedAt < asked.begunAt) {
      violate('readAfterEnd', entry, describe(entry, 'after its destruction was confirmed'));
    }
    if (isSurelyFromBefore(entry, asked)) {
      violate('readAfterEnd', entry, describe(entry, 'from before a restore'));
    }
    if (entry.endedUnread !== null) {
      violate('contradicted', entry, describe(entry, `read, and told as ${entry.endedUnread}`));
    }
    if (!entry.receivedAt.has(nonce)) entry.receivedAt.set(nonce, asked.endedAt);
    entry.wasSeen = true;
  }

  function told(entry: Entry, what: Told, asked: Asked, tries: number | null = null): void {
    if (isDuringRestore(asked)) return;
    const contradicts = (why: string) =>
      violate('contradicted', entry, describe(entry, `told as ${what}, ${why}`));
    const wasRead = entry.receivedAt.size > 0;
    if (isFromBefore(entry, asked)) {
      const isSure = isSurelyFromBefore(entry, asked);
      if (what === 'waiting' && isSure) contradicts('from before a restore');
      else if (wasRead && UNREAD.includes(what)) contradicts('which was read before a restore');
      return;
    }
    if (what === 'unknown') {
      const shown = entry.wasSeen ? 'lost' : 'notStored';
      violate(shown, entry, describe(entry, 'is unknown'));
      return;
    }
    entry.wasSeen = true;
    entry.lastTold = what;
    if (what === 'keptClosed' || what === 'restore') {
      violate('lost', entry, describe(entry, `told as ${what}, and no restore came after it`));
      return;
    }
    const readBefore = [...entry.receivedAt.values()].some((at) => at < asked.begunAt);
    if (what === 'waiting') {
      if (readBefore) contradicts('which was read');
      if (entry.destroyedAt !== null && entry.destroyedAt < asked.begunAt) {
        contradicts('which was destroyed');
      }
    } else if (what === 'opened') {
      const { openingBegunAt } = entry;
      if (openingBegunAt === null || openingBegunAt > asked.endedAt)
        contradicts('which nobody opened');
    } else {
      entry.endedUnread ??= what;
      if (wasRead) contradicts('which was read');
      if (!entry.destroyBegun.has(what)) contradicts('which nobody asked for');
    }
    // Those that were answered while this was asked for may have come after it was looked up.
    const answered = entry.wrongTriesAnsweredAt.filter((at) => at < asked.begunAt).length;
    if (tries !== null && (tries > entry.wrongTries || tries < answered)) {
      contradicts(`with ${tries} wrong tries in place of ${answered}`);
    }
  }

  return {
    entries,
    descriptions,
    violate,
    told,
    beginDiskFault: beginIn(diskFaults),
    beginRestore: beginIn(restores),
    leasesOver: () => leaseOver.size,
    counts: () => {
      const counted = Object.keys(INVARIANTS).map((name) => [
        name,
        violations.get(name as Invariant)?.size ?? 0,
      ]);
      return Object.fromEntries(counted) as Record<Invariant, number>;
    },
    isOver: (entry) => isFromBefore(entry, { begunAt: Date.now(), endedAt: Date.now() }),
    setFault: (name) => {
      fault = name;
    },
    add(sealed, { begunAt, endedAt }) {
      const entry: Entry = {
        sealed,
        askedAt: begunAt,
        answeredAt: endedAt,
        receivedAt: new Map(),
        openingBegunAt: null,
        unansweredAt: new Map(),
        refusedAt: new Map(),
        destroyBegun: new Set(),
        destroyedAt: null,
        wrongTries: 0,
        wrongTriesAnsweredAt: [],
        wasSeen: false,
        endedUnread: null,
        lastTold: null,
        wasRefusedByDisk: false,
      };
      entries.push(entry);
      return entry;
    },
    openingBegins(entry, at) {
      entry.openingBegunAt ??= at;
    },
    openingEnds(entry, nonce, answer, asked) {
      if (answer.kind === 'received') received(entry, nonce, answer.text, asked);
      else if (answer.kind === 'told') {
        told(entry, answer.told, asked);
        if (answer.told === 'opened') entry.refusedAt.set(nonce, asked.endedAt);
      } else if (answer.kind === 'wrongPassphrase') {
        violate('contradicted', entry, describe(entry, 'refused the right passphrase'));
      } else {
        const couldNotClaim = diskFaults.some(
          ({ from, to }) =>
            asked.begunAt >= from &&
            (answer.kind === 'unavailable' ? asked.begunAt : asked.endedAt) <= to,
        );
        if (couldNotClaim) entry.wasRefusedByDisk = true;
        else if (!entry.unansweredAt.has(nonce)) {
          entry.unansweredAt.set(nonce, asked.begunAt);
        }
      }
    },
    judgeUnreceived(entry) {
      const now = Date.now();
      const isUnread = entry.lastTold === 'opened' && entry.receivedAt.size === 0;
      if (!isUnread || isFromBefore(entry, { begunAt: now, endedAt: now })) return;
      const isOverByTime = [...entry.unansweredAt].some(
        ([nonce, since]) => (entry.refusedAt.get(nonce) ?? since) - since >= LEASE_SECONDS * 1000,
      );
      const wasClaimed = entry.unansweredAt.size > 0 || entry.wasRefusedByDisk;
      const mayHaveEnded = isOverByTime || (wasClaimed && entry.destroyBegun.size > 0);
      if (mayHaveEnded) leaseOver.add(entry);
      else violate('lost', entry, describe(entry, 'opened, and nobody received it'));
    },
  };
}
