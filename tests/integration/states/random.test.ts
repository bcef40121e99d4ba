import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { given, givenDatabase } from '@/tests/support/given';
import { newNonce } from '../desk';
import { KINDS, createWorld, type Kind, type Proof, type World } from './subjects';

/** A failure prints its seed; SEED=… runs the same again. */
const seed = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };

const RUNS = 25;

const database = givenDatabase();
const world = given(
  () => createWorld(database.url),
  (opened) => opened.close(),
);

beforeAll(() => {
  // What can't be recorded is told in the log, again and again.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterAll(() => vi.restoreAllMocks());

/** Something that somebody does. `who` stands for a nonce. */
type Act =
  | {
      readonly does: 'claim';
      readonly who: number;
      readonly proof: Proof;
      readonly hasLeases: boolean;
    }
  | { readonly does: 'acknowledge'; readonly who: number }
  | { readonly does: 'destroy'; readonly by: 'status link' | 'link' | 'nobody' }
  | { readonly does: 'alter' | 'passTime' | 'passLease' | 'sweep' | 'breakMark' | 'mendMark' };

const who = fc.nat({ max: 2 });

function proofsOf(kind: Kind): readonly Proof[] {
  switch (kind) {
    case 'browser':
      return ['every', 'wrong open proof', 'no link'];
    case 'browser, locked':
      return ['every', 'wrong passphrase', 'no link'];
    case 'server, locked':
      return ['every', 'wrong passphrase', 'no passphrase', 'no link'];
    default:
      return ['every', 'no link'];
  }
}

function claims(kind: Kind): fc.Arbitrary<Act> {
  return fc.record({
    does: fc.constant('claim' as const),
    who,
    proof: fc.constantFrom(...proofsOf(kind)),
    hasLeases: fc.boolean(),
  });
}

const acknowledges: fc.Arbitrary<Act> = fc.record({
  does: fc.constant('acknowledge' as const),
  who,
});

function destroys(kind: Kind): fc.Arbitrary<Act> {
  const by = fc.constantFrom('status link' as const, 'nobody' as const);
  const byAnybody = fc.constantFrom('status link' as const, 'link' as const, 'nobody' as const);
  return fc.record({
    does: fc.constant('destroy' as const),
    by: kind === 'reply' ? by : byAnybody,
  });
}

function does(
  ...what: readonly Exclude<Act['does'], 'claim' | 'acknowledge' | 'destroy'>[]
): fc.Arbitrary<Act> {
  return fc.record({ does: fc.constantFrom(...what) });
}

/** What the specification's table makes of one act after the other. */
class Model {
  state: 'sealed' | 'claimed' | 'opened' | 'burned' | 'expired' = 'sealed';
  wrong = 0;
  isTimeOver = false;
  isLeaseOver = false;
  isAltered = false;
  isMarkBroken = false;
  claimer: number | null = null;

  constructor(readonly kind: Kind) {}

  act(act: Act): string {
    switch (act.does) {
      case 'claim':
        return this.claim(act);
      case 'acknowledge':
        if (this.state !== 'claimed' || this.claimer !== act.who) return 'refused';
        this.state = 'opened';
        return 'done';
      case 'destroy':
        return act.by === 'nobody' ? 'unknown' : this.destroy();
      case 'sweep':
        this.sweep();
        return 'nothing';
      case 'alter':
        this.isAltered = !this.isAltered;
        return 'nothing';
      case 'passTime':
        this.isTimeOver = true;
        return 'nothing';
      case 'passLease':
        this.isLeaseOver ||= this.state === 'claimed';
        return 'nothing';
      case 'breakMark':
      case 'mendMark':
        this.isMarkBroken = act.does === 'breakMark';
        return 'nothing';
    }
  }

  private claim({ who, proof, hasLeases }: Extract<Act, { does: 'claim' }>): string {
    if (proof === 'no link') return 'unknown';
    const { state } = this;
    if (state === 'sealed' && this.isTimeOver) {
      return this.kind === 'reply' ? 'ended: burned' : 'ended: expired';
    }
    if (state === 'claimed' && !this.isHeldBy(who)) return 'ended: opened';
    if (state !== 'sealed' && state !== 'claimed') return `ended: ${state}`;
    if (proof === 'no passphrase') return 'passphrase asked for';
    if (this.isAltered) return 'unreadable';
    if (proof === 'wrong open proof') return 'link altered';
    if (proof === 'wrong passphrase') return this.countWrong();
    if (this.isMarkBroken) return 'unavailable';
    this.state = hasLeases ? 'claimed' : 'opened';
    if (state === 'sealed') this.claimer = who;
    return 'handed out';
  }

  private isHeldBy(who: number): boolean {
    const isOver = this.isLeaseOver || (this.kind === 'reply' && this.isTimeOver);
    return this.claimer === who && !isOver;
  }

  private countWrong(): string {
    if (this.state === 'claimed') return 'wrong passphrase, uncounted';
    this.wrong += 1;
    if (this.wrong < 10) return 'wrong passphrase';
    this.state = 'burned';
    return 'ended: burned';
  }

  private destroy(): string {
    if (this.state === 'claimed') this.state = 'opened';
    else if (this.state === 'sealed') this.end();
    return `ended: ${this.state}`;
  }

  private end(): void {
    this.state = this.isTimeOver && this.kind !== 'reply' ? 'expired' : 'burned';
  }

  private sweep(): void {
    if (this.state === 'sealed' && this.isTimeOver) this.end();
    const isOver = this.isLeaseOver || (this.kind === 'reply' && this.isTimeOver);
    if (this.state === 'claimed' && isOver) this.state = 'opened';
  }
}

async function perform(
  subject: Awaited<ReturnType<World['make']>>,
  act: Act,
  nonces: readonly string[],
): Promise<string> {
  switch (act.does) {
    case 'claim':
      return subject.claim({ ...act, nonce: nonces[act.who] ?? '' });
    case 'acknowledge':
      return subject.acknowledge(nonces[act.who] ?? '');
    case 'destroy':
      return subject.destroy(act.by);
    case 'breakMark':
    case 'mendMark':
      // Not at once, so that it comes in the middle of what goes on meanwhile.
      await world.database.$queryRaw`SELECT 1`;
      world.mark.isBroken = act.does === 'breakMark';
      return 'nothing';
    default:
      await subject[act.does]();
      return 'nothing';
  }
}

const newNonces = () => [newNonce(), newNonce(), newNonce()];

describe.each(KINDS)('of %s', (kind) => {
  it('whatever is done in whatever order, the states and answers are those of the table', async () => {
    const anyAct = fc.oneof(
      { weight: 9, arbitrary: claims(kind) },
      { weight: 2, arbitrary: acknowledges },
      { weight: 1, arbitrary: destroys(kind) },
      { weight: 4, arbitrary: does('alter', 'passLease', 'sweep', 'breakMark', 'mendMark') },
      { weight: 1, arbitrary: does('passTime') },
    );
    const property = fc.asyncProperty(fc.array(anyAct, { maxLength: 30 }), async (acts) => {
      const subject = await world.make(kind);
      const model = new Model(kind);
      const nonces = newNonces();
      try {
        for (const act of acts) {
          // Time passes once, and only for what holds together: the row is wrapped anew for it.
          const isOver = model.isTimeOver || model.isAltered || !isLive(model);
          if (act.does === 'passTime' && isOver) continue;
          const expected = model.act(act);
          expect(await perform(subject, act, nonces), JSON.stringify(act)).toBe(expected);
          const { state, wrong, isErased } = await subject.read();
          expect({ state, wrong, isErased }, JSON.stringify(act)).toEqual({
            state: model.state,
            wrong: model.wrong,
            isErased: !isLive(model),
          });
          // Of a server-sealed passphrase no try stays reserved that came to nothing.
        }
      } finally {
        world.mark.isBroken = false;
      }
    });
    await fc.assert(property, { numRuns: RUNS, ...seed });
  });

  it('whatever is done at once: one reader at the most, nothing lost, nothing misreported', async () => {
    const anyAct = fc.oneof(
      { weight: 8, arbitrary: claims(kind) },
      { weight: 1, arbitrary: acknowledges },
      { weight: 1, arbitrary: destroys(kind) },
      { weight: 2, arbitrary: does('sweep', 'breakMark', 'mendMark') },
    );
    const property = fc.asyncProperty(
      fc.array(anyAct, { minLength: 2, maxLength: 24 }),
      async (acts) => {
        const subject = await world.make(kind);
        const nonces = newNonces();
        const answers = await Promise.all(acts.map((act) => perform(subject, act, nonces))).finally(
          () => {
            world.mark.isBroken = false;
          },
        );
        const done = acts.map((act, index) => ({ act, answer: answers[index] ?? '' }));
        const readers = done.flatMap(({ act, answer }) =>
          act.does === 'claim' && answer === 'handed out' ? [act.who] : [],
        );
        const row = await subject.read();
        const story = JSON.stringify({ row, done });
        expect(new Set(readers).size, story).toBeLessThanOrEqual(1);
        const countedWrong = answers.filter((answer) => answer === 'wrong passphrase').length;
        expect(countedWrong, story).toBe(Math.min(row.wrong, 9));
        if (row.wrong === 10) expect(row.state, story).toBe('burned');
        expect(row.isErased, story).toBe(row.state !== 'sealed' && row.state !== 'claimed');

        const wasRead = row.state === 'claimed' || row.state === 'opened';
        if (readers.length > 0) expect(wasRead, story).toBe(true);
        if (row.state === 'sealed') {
          expect(await subject.claim({ nonce: newNonce() }), story).toBe('handed out');
        }
        if (readers.length === 0 && wasRead) expect(mayBeClaimedInVain(acts), story).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: RUNS, ...seed });
  });
});

function isLive({ state }: Model): boolean {
  return state === 'sealed' || state === 'claimed';
}

/**
 * A claim that can't be recorded stays only where the same nonce repeated it meanwhile; and one with
 * leases off that is destroyed or acknowledged before it was handed out is not handed out any more.
 */
function mayBeClaimedInVain(acts: readonly Act[]): boolean {
  const claimers = acts.flatMap((act) =>
    act.does === 'claim' && act.proof === 'every' ? [act.who] : [],
  );
  const isEndedAtOnce = acts.some(
    ({ does: what }) => what === 'destroy' || what === 'acknowledge' || what === 'sweep',
  );
  return isEndedAtOnce || new Set(claimers).size < claimers.length;
}
