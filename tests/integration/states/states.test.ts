import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { given, givenDatabase } from '@/tests/support/given';
import { WAITING } from '../begin-while-waiting';
import { newNonce } from '../desk';
import {
  KINDS,
  createWorld,
  isLocked,
  type Claim,
  type Kind,
  type Proof,
  type Row,
  type Subject,
} from './subjects';

/** The table of section 14 of the specification, one cell a line. */
const TABLE = `
sealed | claim | every proof | claimed | handed out | both
sealed | claim | every proof, leases off | opened | handed out | both
sealed | claim | every proof, which can’t be recorded | sealed | unavailable | both
sealed | claim | every proof, which can’t be recorded, leases off | sealed | unavailable | both
sealed | claim | every proof, on a row that was altered | sealed | unreadable | both
sealed | claim | every proof, its time is over | sealed | ended: expired | messages
sealed | claim | every proof, its time is over | sealed | ended: burned | replies
sealed | claim | every proof, made before the database went back | sealed | refused | both
sealed | claim | a wrong passphrase, on a row that was altered | sealed | unreadable | messages
sealed | claim | a wrong passphrase | sealed | wrong passphrase | messages
sealed | claim | a tenth wrong passphrase | burned | ended: burned | messages
sealed | claim | no passphrase, though there is one | sealed | passphrase asked for | messages
sealed | claim | a wrong open proof, and no passphrase | sealed | link altered | messages
sealed | claim | no proof of the link, or no reader | sealed | unknown | both
sealed | acknowledge | a nonce | sealed | refused | both
sealed | destroy | the status link | burned | ended: burned | both
sealed | destroy | the status link, its time is over | expired | ended: expired | messages
sealed | destroy | the link | burned | ended: burned | messages
sealed | destroy | no proof | sealed | unknown | both
sealed | sweep | its time is over | expired | nothing | messages
sealed | sweep | its time is over | burned | nothing | replies
sealed | end of its request | who asked | burned | nothing | replies
sealed | erase restored | the owner’s decision | burned | nothing | both
claimed | claim | every proof, the same nonce | claimed | handed out | both
claimed | claim | every proof, the same nonce, its time is over | claimed | handed out | messages
claimed | claim | every proof, the same nonce, its time is over | claimed | ended: opened | replies
claimed | claim | every proof, the same nonce, its lease is over | claimed | ended: opened | both
claimed | claim | every proof, the same nonce, on an altered row | claimed | unreadable | both
claimed | claim | every proof, the same nonce, which can’t be recorded | claimed | unavailable | both
claimed | claim | a wrong passphrase, the same nonce | claimed | wrong passphrase, uncounted | messages
claimed | claim | a wrong open proof, and no passphrase, the same nonce | claimed | link altered | messages
claimed | claim | every proof, another nonce | claimed | ended: opened | both
claimed | claim | a wrong passphrase, another nonce | claimed | ended: opened | messages
claimed | claim | the same nonce of another reader | claimed | ended: opened | replies
claimed | claim | no proof of the link, or no reader | claimed | unknown | both
claimed | acknowledge | the same nonce | opened | done | both
claimed | acknowledge | another nonce | claimed | refused | both
claimed | destroy | the status link | opened | ended: opened | both
claimed | destroy | the link | opened | ended: opened | messages
claimed | destroy | no proof | claimed | unknown | both
claimed | sweep | its lease is over | opened | nothing | both
claimed | end of its request | who asked | opened | nothing | replies
claimed | erase restored | the owner’s decision | opened | nothing | both
opened | claim | every proof, the same nonce | opened | ended: opened | both
opened | acknowledge | the same nonce | opened | refused | both
opened | destroy | the status link | opened | ended: opened | both
opened | claim | no proof of the link, or no reader | opened | unknown | both
burned | claim | every proof | burned | ended: burned | both
burned | destroy | the status link | burned | ended: burned | both
burned | claim | no proof of the link, or no reader | burned | unknown | both
expired | claim | every proof | expired | ended: expired | messages
expired | destroy | the status link | expired | ended: expired | messages
expired | claim | no proof of the link, or no reader | expired | unknown | messages
`;

interface Cell {
  readonly from: string;
  readonly event: string;
  readonly by: string;
  readonly to: string;
  readonly answer: string;
  readonly of: string;
}

const CELLS: readonly Cell[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [from = '', event = '', by = '', to = '', answer = '', of = ''] = line.split(' | ');
    return { from, event, by, to, answer, of };
  });

const database = givenDatabase();
const world = given(
  () => createWorld(database.url),
  (opened) => opened.close(),
);

beforeAll(() => {
  // What can't be recorded is told in the log.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterAll(() => vi.restoreAllMocks());

it('the specification and these tests have the same table of states', async () => {
  const specification = await readFile('lib/protocol/README.md', 'utf8');
  const start = specification.indexOf('| state   | what happens');
  const [, , ...rows] = specification
    .slice(start, specification.indexOf('\n\n', start))
    .split('\n');
  const cells = rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
      .join(' | '),
  );
  expect(cells).toEqual(TABLE.trim().split('\n'));
});

/** The kinds that a cell is about: of messages both seals, with and without a passphrase. */
function kindsOf({ of, by }: Cell): readonly Kind[] {
  return KINDS.filter((kind) => {
    if (kind === 'reply') return of !== 'messages';
    if (of === 'replies') return false;
    if (by.includes('open proof')) return kind === 'browser';
    if (by.startsWith('no passphrase')) return kind === 'server, locked';
    return by.includes('passphrase') ? isLocked(kind) : true;
  });
}

describe.each(CELLS)('$from, $event, with $by', (cell) => {
  it.each(kindsOf(cell))(`of %s: ${cell.to}, ${cell.answer}`, async (kind) => {
    const subject = await world.make(kind);
    const nonce = newNonce();
    await bring(subject, cell.from, nonce);
    await prepare(subject, cell);
    const answer = await act(subject, cell, nonce).finally(async () => {
      world.mark.isBroken = false;
      await world.accept();
    });
    expect(answer).toBe(cell.answer);

    const row = await subject.read();
    const counted = cell.answer === 'wrong passphrase' ? 1 : 0;
    expect(row).toMatchObject({
      state: cell.to,
      wrong: cell.by.startsWith('a tenth') ? 10 : counted,
      isErased: cell.to !== 'sealed' && cell.to !== 'claimed',
    });
    expect(statesOf(row)).toEqual(statesPassed(cell));
    if (answer === 'unreadable' || answer === 'unavailable') {
      // Whatever was done in vain was undone: once put right it is opened by its next reader.
      if (cell.by.includes('altered')) await subject.alter();
      if (cell.from === 'sealed') {
        expect(await subject.claim({ nonce: newNonce() })).toBe('handed out');
      }
    }
  });
});

describe.each(KINDS)('the outbox, of %s', (kind) => {
  it('has one event for each step, a claim that was undone among them', async () => {
    const subject = await world.make(kind);
    const nonce = newNonce();
    world.mark.isBroken = true;
    expect(await subject.claim({ nonce })).toBe('unavailable');
    world.mark.isBroken = false;
    if (isLocked(kind)) await subject.claim({ nonce, proof: 'wrong passphrase' });
    expect(await subject.claim({ nonce })).toBe('handed out');
    expect(await subject.claim({ nonce })).toBe('handed out');
    expect(await subject.acknowledge(nonce)).toBe('done');
    expect(await subject.acknowledge(nonce)).toBe('refused');
    expect(await subject.destroy('status link')).toBe('ended: opened');
    expect((await subject.read()).events).toEqual([
      'sealed',
      'claimed',
      'released',
      ...(isLocked(kind) ? ['wrong_passphrase'] : []),
      'claimed',
      'opened',
    ]);
  });
});

describe.each(KINDS)('between claim and answer, of %s', (kind) => {
  it('a claim that can’t be recorded is not undone under a reader whom another answer of the same nonce reached', async () => {
    const subject = await world.make(kind);
    const nonce = newNonce();
    let letGo: () => void = () => undefined;
    world.mark.held = new Promise((resolve) => {
      letGo = resolve;
    });
    const slow = subject.claim({ nonce });
    await vi.waitUntil(() => world.mark.isWaitedFor, WAITING);
    expect((await subject.read()).state).toBe('claimed');
    world.mark.held = null;
    expect(await subject.claim({ nonce })).toBe('handed out');
    world.mark.isBroken = true;
    letGo();
    expect(await slow).toBe('unavailable');
    world.mark.isBroken = false;
    expect(await subject.claim({ nonce: newNonce() })).toBe('ended: opened');
  });

  it('content goes out once where leases are off, however often the same nonce asks at once', async () => {
    const subject = await world.make(kind);
    const nonce = newNonce();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => subject.claim({ nonce, hasLeases: false })),
    );
    expect(answers.filter((answer) => answer === 'handed out')).toHaveLength(1);
    expect(await subject.read()).toMatchObject({ state: 'opened', isErased: true });
  });

  it('what was erased and can’t be recorded is told as it is: it has ended', async () => {
    const subject = await world.make(kind);
    world.mark.isBroken = true;
    const answer = await subject.destroy('status link').finally(() => {
      world.mark.isBroken = false;
    });
    expect(answer).toBe('ended: burned');
    expect((await subject.read()).state).toBe('burned');
  });
});

it('a passphrase that is sent where there is none is ignored: no try is counted or kept', async () => {
  const subject = await world.make('server');
  const claim = { nonce: newNonce(), proof: 'wrong passphrase' } as const;
  await subject.alter();
  for (let tries = 0; tries < 12; tries += 1) expect(await subject.claim(claim)).toBe('unreadable');
  expect(await subject.read()).toMatchObject({ state: 'sealed', wrong: 0 });
  await subject.alter();
  expect(await subject.claim(claim)).toBe('handed out');
});

it('twelve wrong open proofs where there is no passphrase count and burn nothing', async () => {
  const subject = await world.make('browser');
  for (let tries = 0; tries < 12; tries += 1) {
    expect(await subject.claim({ nonce: newNonce(), proof: 'wrong open proof' })).toBe(
      'link altered',
    );
  }
  expect(await subject.read()).toMatchObject({ state: 'sealed', wrong: 0 });
  expect(await subject.claim({ nonce: newNonce() })).toBe('handed out');
});

it.each(KINDS.filter(isLocked))(
  'wrong passphrases, with the nonce that opened it, never make what was read unread: %s',
  async (kind) => {
    const subject = await world.make(kind);
    const nonce = newNonce();
    expect(await subject.claim({ nonce })).toBe('handed out');
    for (let tries = 0; tries < 12; tries += 1) {
      await subject.claim({ nonce, proof: 'wrong passphrase' });
    }
    expect(await subject.read()).toMatchObject({ state: 'claimed', wrong: 0 });
  },
);

/** The states that a row went through, as its events say, but for claims that were undone. */
function statesOf({ events }: Row): readonly string[] {
  return events.filter(
    (kind, at) =>
      kind !== 'wrong_passphrase' && kind !== 'released' && events[at + 1] !== 'released',
  );
}

/** The states that lead to where a cell begins, and the one that it leads to. */
function statesPassed({ from, event, to }: Cell): readonly string[] {
  const isClaimed =
    from === 'opened' || (event === 'claim' && from === 'sealed' && to === 'opened');
  return [...new Set(['sealed', ...(isClaimed ? ['claimed'] : []), from, to])];
}

async function bring(subject: Subject, state: string, nonce: string): Promise<void> {
  if (state === 'sealed') return;
  if (state === 'burned') await subject.destroy('status link');
  else if (state === 'expired') {
    await subject.passTime();
    await subject.sweep();
  } else {
    expect(await subject.claim({ nonce })).toBe('handed out');
    if (state === 'opened') expect(await subject.acknowledge(nonce)).toBe('done');
  }
  expect((await subject.read()).state).toBe(state);
}

async function prepare(subject: Subject, { by }: Cell): Promise<void> {
  if (by.includes('its time is over')) await subject.passTime();
  if (by.includes('its lease is over')) await subject.passLease();
  if (by.includes('altered row') || by.includes('was altered')) await subject.alter();
  if (by.includes('before the database went back')) await world.goBack();
  if (by.includes('be recorded')) world.mark.isBroken = true;
  if (by.startsWith('a tenth')) {
    for (let tries = 0; tries < 9; tries += 1) {
      expect(await subject.claim({ nonce: newNonce(), proof: 'wrong passphrase' })).toBe(
        'wrong passphrase',
      );
    }
  }
}

async function act(subject: Subject, { event, by }: Cell, nonce: string): Promise<string> {
  switch (event) {
    case 'claim':
      return subject.claim(claimOf(by, nonce));
    case 'acknowledge':
      return subject.acknowledge(by === 'another nonce' ? newNonce() : nonce);
    case 'destroy':
      return subject.destroy(destroyerOf(by));
    case 'sweep':
      await subject.sweep();
      return 'nothing';
    case 'end of its request':
      await subject.endRequest();
      return 'nothing';
    case 'erase restored':
      await world.eraseRestored();
      return 'nothing';
    default:
      throw new Error(`No test knows what “${event}” is.`);
  }
}

function claimOf(by: string, nonce: string): Claim {
  return {
    nonce: by.includes('same nonce') ? nonce : newNonce(),
    proof: proofOf(by),
    hasLeases: !by.includes('leases off'),
    byColleague: by.includes('another reader'),
  };
}

function proofOf(by: string): Proof {
  if (by.startsWith('every proof') || by.startsWith('the same nonce')) return 'every';
  if (by.startsWith('a wrong open proof')) return 'wrong open proof';
  if (/^a (wrong|tenth wrong) passphrase/.test(by)) return 'wrong passphrase';
  if (by.startsWith('no passphrase')) return 'no passphrase';
  if (by.startsWith('no proof of the link')) return 'no link';
  throw new Error(`No test knows what “${by}” proves.`);
}

function destroyerOf(by: string): 'status link' | 'link' | 'nobody' {
  if (by.startsWith('the status link')) return 'status link';
  if (by === 'the link') return 'link';
  if (by === 'no proof') return 'nobody';
  throw new Error(`No test knows who destroys with “${by}”.`);
}
