/** People who send, look, open, race each other, mistype and destroy, while the faults happen. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './answers';
import type { Client } from './client';
import { LEASE_SECONDS, type House } from './house';
import type { Entry, Ledger } from './ledger';
import type { Told } from './pages';
import type { Chance } from './random';
import { newNonce, type Kind } from './sealed';

export interface Traffic {
  /** Lets everybody finish what they began, then opens what nobody has tried and looks at everything. */
  finish(): Promise<void>;
  /** Seals, opens and acknowledges one, while all is well: the mark moves. */
  openOne(): Promise<void>;
  /** How often each thing succeeded. */
  readonly done: ReadonlyMap<string, number>;
}

const PEOPLE = 10;
/** Milliseconds between two tries of one who got no answer. */
const AGAIN_MS = 300;
/** Milliseconds after which an opener who never gets an answer gives up; and all of them, at the end. */
const PATIENCE_MS = 60_000;
const LAST_PATIENCE_MS = 90_000;
const AT_ONCE = 8;

export function startTraffic(
  client: Client,
  { instances }: House,
  ledger: Ledger,
  chance: Chance,
): Traffic {
  let isOver = false;
  let lastEnd = Infinity;
  const patienceEnd = () => Math.min(lastEnd, Date.now() + PATIENCE_MS);
  const done = new Map<string, number>();
  const count = (what: string) => done.set(what, (done.get(what) ?? 0) + 1);
  const base = () => chance.pick(instances).proxy.url;
  const timed = async <T>(ask: () => Promise<T>) => {
    const begunAt = Date.now();
    const result = await ask();
    return { result, asked: { begunAt, endedAt: Date.now() } };
  };

  async function seal(kind: Kind, isLocked: boolean): Promise<Entry | null> {
    // Some are long enough for an answer to be cut in their middle.
    const text = `${randomBytes(12).toString('hex')}${'.'.repeat(chance.happens(0.2) ? 4_000 : 0)}`;
    const [make, name] =
      isLocked && kind !== 'reply'
        ? [client.sealLocked[kind], `seal ${kind} with a passphrase`]
        : [client.seal[kind], `seal ${kind}`];
    const begunAt = Date.now();
    try {
      const { result, asked } = await timed(() => make(base(), text));
      count(name);
      return ledger.add(result, asked);
    } catch {
      // No link was shown: nothing is known. A little patience, and nobody hammers what is down.
      await delay(Math.max(0, AGAIN_MS - (Date.now() - begunAt)));
      return null;
    }
  }

  /** Asks until there is an answer, at either instance. */
  async function open(entry: Entry, nonce = newNonce()): Promise<void> {
    const { sealed } = entry;
    ledger.openingBegins(entry, Date.now());
    for (const end = Date.now() + PATIENCE_MS; ;) {
      const { result, asked } = await timed(() => sealed.open(base(), nonce));
      ledger.openingEnds(entry, nonce, result, asked);
      if (result.kind === 'received') {
        count(`open ${sealed.kind}`);
        if (chance.happens(0.7) && (await sealed.acknowledge(base(), nonce))) count('acknowledge');
      }
      if (result.kind !== 'nothing' && result.kind !== 'unavailable') return;
      if (ledger.isOver(entry)) return;
      if (Date.now() > end) {
        ledger.violate('lost', entry, `${sealed.text.slice(0, 16)} gave no answer`);
        return;
      }
      await delay(AGAIN_MS);
    }
  }

  async function look(entry: Entry, how: 'look' | 'status'): Promise<Answer> {
    const { result, asked } = await timed(() => entry.sealed[how](base()));
    if (result.kind === 'told') {
      ledger.told(entry, result.told, asked, result.tries);
      count(how);
    }
    return result;
  }

  async function destroy(entry: Entry, by: Extract<Told, 'sender' | 'recipient'>): Promise<void> {
    const { sealed } = entry;
    const ask = by === 'sender' ? sealed.destroyAsSender : sealed.destroyAsRecipient;
    if (ask === null) return;
    entry.destroyBegun.add(by);
    const { result, asked } = await timed(() => ask(base()));
    if (result.kind !== 'told') return;
    if (result.told !== 'waiting') ledger.told(entry, result.told, asked);
    if (result.told !== by) return;
    entry.destroyedAt ??= asked.endedAt;
    count(`destroy as ${by}`);
  }

  async function tryWrongly(entry: Entry, times: number, nonce = newNonce()): Promise<void> {
    for (let tries = 0; tries < times; tries += 1) {
      if (entry.sealed.hasPassphrase) entry.wrongTries += 1;
      const { result, asked } = await timed(() => entry.sealed.openWrongly(base(), nonce));
      if (result.kind === 'received') ledger.openingEnds(entry, nonce, result, asked);
      if (result.kind !== 'wrongPassphrase') continue;
      count('wrong passphrase');
      if (entry.sealed.hasPassphrase && !ledger.isOver(entry)) {
        entry.wrongTriesAnsweredAt.push(asked.endedAt);
      }
    }
  }

  const pause = (longest: number) => delay(chance.between(0, longest));

  /** What waits has to open; what was opened, somebody has to have. */
  async function settle(entry: Entry): Promise<void> {
    for (const end = patienceEnd(); ;) {
      const answer = await look(entry, 'status');
      if (answer.kind === 'told') {
        const isLeft = answer.told === 'waiting' && entry.receivedAt.size === 0;
        if (isLeft && !ledger.isOver(entry)) await open(entry);
        ledger.judgeUnreceived(entry);
        return;
      }
      if (Date.now() > end) {
        ledger.violate('unwell', entry, 'a status page says nothing');
        return;
      }
      await delay(AGAIN_MS);
    }
  }

  /** Secrets whose openers were told that they were opened, and nobody had them. */
  const missed: Promise<void>[] = [];

  /** One secret or reply, from its sealing to its end. */
  async function live(): Promise<void> {
    const kind = chance.pick(['server', 'server', 'browser', 'browser', 'reply'] as const);
    const entry = await seal(kind, chance.happens(0.15));
    if (entry === null) return;
    if (chance.happens(0.3)) await look(entry, chance.pick(['look', 'status'] as const));
    await pause(3_000);
    if (entry.sealed.hasPassphrase && chance.happens(0.5)) {
      await tryWrongly(entry, chance.between(1, 3));
    }
    // The rest waits for the end of the run.
    if (chance.happens(0.15)) return;
    const story = chance.next();
    if (story < 0.5) await open(entry);
    else if (story < 0.7) await Promise.all([open(entry), open(entry), open(entry)]);
    else if (story < 0.85) {
      await Promise.all([
        open(entry),
        destroy(entry, chance.pick(['sender', 'recipient'] as const)),
      ]);
    } else if (story < 0.93) {
      await destroy(entry, chance.pick(['sender', 'recipient'] as const));
      if (entry.destroyedAt !== null) await open(entry);
    } else if (kind === 'browser' && !entry.sealed.hasPassphrase) {
      // A holder of the link who sends wrong proofs: before the opening, or after it with its nonce.
      const nonce = newNonce();
      if (chance.happens(0.5)) await tryWrongly(entry, 10);
      await open(entry, nonce);
      await tryWrongly(entry, 10, nonce);
    } else await open(entry);
    await look(entry, chance.pick(['look', 'status'] as const));
    const isMissed = entry.receivedAt.size === 0 && entry.refusedAt.size > 0;
    if (isMissed) missed.push(delay(LEASE_SECONDS * 1000).then(() => settle(entry)));
  }

  const people = Array.from({ length: PEOPLE }, async () => {
    while (!isOver) await live();
  });
  // What goes wrong here is a defect of this suite, and told by `finish`.
  const finished = Promise.all(people);
  finished.catch(() => {});

  return {
    done,
    async openOne() {
      for (;;) {
        const entry = await seal('browser', false);
        if (entry === null) continue;
        await open(entry, newNonce());
        // Only what somebody received must be in the mark by now.
        if (entry.receivedAt.size > 0) return;
      }
    },
    async finish() {
      isOver = true;
      await finished;
      lastEnd = Date.now() + LAST_PATIENCE_MS;
      await Promise.all(missed);
      const rest = [...ledger.entries];
      const settleRest = async () => {
        for (let entry = rest.pop(); entry !== undefined; entry = rest.pop()) await settle(entry);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, settleRest));
    },
  };
}
