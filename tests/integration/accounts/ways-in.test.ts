import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/server/context';
import type { Prisma, PrismaClient } from '@/lib/server/prisma-client/client';
import { rowsOf, specifiedCalls, wordsIn } from '@/tests/unit/specification/tables';
import { ACTS, NO_WAY_IN, type Shown } from './ways-in';
import { setUpSecondFactor, settle, type World } from './ways-in-world';
import { givenAccountContext, staffOf, type TestAccountContext } from './account-context';

const TEXT = readFileSync(join(process.cwd(), 'lib', 'protocol', 'README.md'), 'utf8');
const ROWS = rowsOf(TEXT, 'act', 'asks', 'tells').map(([act = '', asks = '', tells = '']) => ({
  act: act.replaceAll('`', ''),
  asks: asks.split(/[,;] /),
  tells: wordsIn(tells),
}));

const context = givenAccountContext();
let world: World;

/** What the history has counted. */
async function endings(): Promise<bigint> {
  const [row] = await context.database.$queryRaw<
    { endings: bigint }[]
  >`SELECT endings FROM history`;
  return row?.endings ?? -1n;
}

/** Every row by which somebody gets in. What an owner's row forgets, too: the order is the same. */
async function everything(): Promise<unknown> {
  const { database: client } = context;
  return [
    await client.account.findMany({ orderBy: { id: 'asc' } }),
    await client.session.findMany({ orderBy: { id: 'asc' } }),
    await client.invitation.findMany({ orderBy: { id: 'asc' } }),
    await client.accountRecovery.findMany({ orderBy: { id: 'asc' } }),
    await client.secondFactorCode.findMany({ orderBy: { id: 'asc' } }),
    await client.emailChange.findMany({ orderBy: { id: 'asc' } }),
    await endings(),
  ];
}

/** A database whose answers, but for those within an act, are from before a second factor came on. */
function withoutSecondFactors(client: PrismaClient): PrismaClient {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== '$queryRaw') return value.bind(target) as unknown;
      return async (statement: Prisma.Sql) => {
        const rows = await target.$queryRaw<object[]>(statement);
        return rows.map((row) =>
          'secondFactorSince' in row ? { ...row, secondFactorSince: null } : row,
        );
      };
    },
  });
}

const noticesOf = (mails: readonly string[]) =>
  Array.from(new Set(mails.map((mail) => mail.replace('password changed', 'password_changed'))))
    .map((mail) => mail.split(' ')[0] ?? '')
    .sort();

describe('the table of ways in', () => {
  it('has every act that the specification has an action for, and says of the rest that they are none', () => {
    const acts = new Set(ROWS.map(({ act }) => act.split(',')[0]));
    const pages = /^\/(sign-in|sign-up|invitation|recover|settings|email)/;
    const actions = specifiedCalls().filter(({ page }) => pages.test(page));
    const left = new Set(actions.map(({ action }) => action).filter((name) => !acts.has(name)));
    expect(Array.from(left).sort()).toEqual([...NO_WAY_IN].sort());
    const sentence = TEXT.split('\n').find((line) => line.endsWith('change no way in.')) ?? '';
    expect(wordsIn(sentence).sort()).toEqual([...NO_WAY_IN].sort());
  });

  it('has a test for each row', () => {
    expect(Object.keys(ACTS).sort()).toEqual(ROWS.map(({ act }) => act).sort());
  });
});

describe.each(ROWS)('$act', ({ act, asks, tells }) => {
  const acting = ACTS[act];
  if (acting === undefined) throw new Error(`No test acts by ${act}.`);

  beforeEach(async () => {
    world = await settle(context, acting.role);
  });

  const attempt = async (
    shown: Partial<Shown>,
    by: TestAccountContext = context,
    meanwhile?: () => Promise<unknown>,
  ) => {
    const prepared = (await acting.prepare?.(context, world)) ?? '';
    await meanwhile?.();
    const before = await everything();
    const copy = await endings();
    context.mails.length = 0;
    const right = { signInKey: world.actor.signInKey, code: world.freshCode() };
    const outcome = await acting.act(by, world, { ...right, ...shown, prepared });
    return { outcome, copy, before, after: await everything() };
  };

  const wrongs: readonly (readonly [asked: string, refusal: string, shown: Partial<Shown>])[] = [
    ['password', 'wrong', { signInKey: randomBytes(32) }],
    ['code', 'second_factor_needed', { code: '' }],
    ['code', 'second_factor_wrong', { code: '000000' }],
  ];

  it.each(wrongs.filter(([asked]) => asks.includes(asked)))(
    'asks for the %s: it is refused with %s without, changes nothing and tells nobody',
    async (_asked, refusal, shown) => {
      const { outcome, before, after } = await attempt(shown);
      expect(outcome).toMatchObject({ refusal: expect.stringContaining(refusal) as string });
      expect(after).toEqual(before);
      expect(context.mails).toEqual([]);
    },
  );

  if (asks.includes('code'))
    describe('of somebody whose second factor comes on meanwhile', () => {
      beforeEach(async () => {
        const { actor, tokenHash } = world;
        await context.database.$executeRaw`
        UPDATE accounts SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL
        WHERE id = ${actor.accountId}::uuid`;
        world = { ...world, staff: await staffOf(context, tokenHash), freshCode: () => '' };
      });

      const comeOn = () => setUpSecondFactor(context, world.actor);

      it('asks for a code, however long the password waited for its turn', async () => {
        const inTurn: Context['withStretchingRoom'] = async (_room, work) => {
          await comeOn();
          return work();
        };
        const { outcome } = await attempt({}, { ...context, withStretchingRoom: inTurn });
        expect(outcome).toMatchObject({ refusal: 'second_factor_needed' });
      });

      it('is not done by what was proved before, not even by its statement', async () => {
        const stale = { ...context, database: withoutSecondFactors(context.database) };
        const { outcome, before, after } = await attempt({}, stale, comeOn);
        expect(outcome).toHaveProperty('refusal');
        expect(after).toEqual(before);
        expect(context.mails).toEqual([]);
      });
    });

  if (tells.length > 0)
    it('is not done where nobody can be told of it', async () => {
      const prepared = (await acting.prepare?.(context, world)) ?? '';
      // The proof uses a code up before what it is shown for is begun.
      const forgetUse = () =>
        context.database.$executeRaw`UPDATE second_factor_codes SET used_at = NULL`;
      await forgetUse();
      const before = await everything();
      const right = { signInKey: world.actor.signInKey, code: world.freshCode() };
      context.queue.fails = true;
      const done = acting
        .act(context, world, { ...right, prepared })
        // Some of it may be left for after the answer.
        .then(() => context.finish())
        .finally(() => {
          context.queue.fails = false;
        });
      await expect(done).rejects.toThrow();
      await forgetUse();
      expect(await everything()).toEqual(before);
    });

  it('is done with what it asks for, tells whom it says, and counts: a copy from just before it is noticed', async () => {
    const { outcome, copy } = await attempt({});
    expect(outcome).not.toHaveProperty('refusal');
    await context.finish();
    const heard = noticesOf(context.mails);
    expect(heard.every((notice) => tells.includes(notice))).toBe(true);
    expect(heard.length > 0).toBe(tells.length > 0);
    const about = acting.tells?.(world) ?? [];
    expect(context.mails.map((mail) => /\S+@\S+/.exec(mail)?.[0]).sort()).toEqual(
      [...about].sort(),
    );
    expect(await context.history.check()).toBe(true);
    await context.database.$executeRaw`UPDATE history SET endings = ${copy}`;
    expect(await context.history.check()).toBe(false);
  });
});
