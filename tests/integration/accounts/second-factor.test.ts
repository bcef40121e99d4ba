import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import {
  confirmSecondFactor,
  countCodes,
  hasList,
  renewSecondFactorCodes,
  startSecondFactor,
  turnOffSecondFactor,
} from '@/lib/accounts/second-factor-setup';
import type { Staff } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import { addAccount, givenAccountContext, staffFor, type TestAccount } from './account-context';
import { drawList } from './code-list';

/** Milliseconds: a step of the authenticator app. */
const STEP = 30_000;
const TRIES = 200;

const context = givenAccountContext();

interface WithSecondFactor extends TestAccount {
  readonly staff: Staff;
  readonly codes: readonly string[];
  /** A code of the app, some steps from now. */
  readonly codeAt: (steps: number) => string;
}

async function started(account: TestAccount) {
  const staff = await staffFor(context, account);
  const result = await startSecondFactor(context, staff, account.signInKey);
  if (result.status !== 'started') throw new Error('It did not start.');
  const totp = new TOTP({ secret: result.base32 });
  const codeAt = (steps: number) => totp.generate({ timestamp: Date.now() + steps * STEP });
  return { staff, codeAt };
}

/** The code that turned it on is the one of the step before, so that now's is unused. */
async function withSecondFactor(): Promise<WithSecondFactor> {
  const account = await addAccount(context);
  const { staff, codeAt } = await started(account);
  const { codes, codeHashes } = await drawList(account.accountId);
  const confirmed = await confirmSecondFactor(context, staff, { code: codeAt(-1), codeHashes });
  if (confirmed.status !== 'done') throw new Error('It was not confirmed.');
  return { ...account, codes, codeAt, staff: { ...staff, hasSecondFactor: true } };
}

const tryWith = ({ email, signInKey }: TestAccount, code: string) =>
  signIn(context, { email, signInKey, code, device: '', replaces: null });

const sessionsOf = ({ accountId }: TestAccount) =>
  context.database.session.count({ where: { accountId } });

describe('setting a second factor up', () => {
  it('asks for nothing at sign-in before its first code was seen', async () => {
    const account = await addAccount(context);
    const { staff } = await started(account);
    expect((await tryWith(account, '')).status).toBe('signed_in');
    const { codeHashes } = await drawList(account.accountId);
    const wrong = { code: '000000', codeHashes };
    expect(await confirmSecondFactor(context, staff, wrong)).toMatchObject({
      refusal: 'second_factor_wrong',
    });
    expect((await tryWith(account, '')).status).toBe('signed_in');
  });

  it('takes the password', async () => {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const refused = { refusal: 'password_wrong' };
    expect(await startSecondFactor(context, staff, new Uint8Array(32))).toMatchObject(refused);
  });

  it('puts one list of codes in force, however many come at the same moment', async () => {
    const account = await addAccount(context);
    const { staff, codeAt } = await started(account);
    const code = codeAt(0);
    const lists = await Promise.all(Array.from({ length: 20 }, () => drawList(account.accountId)));
    const results = await Promise.all(
      lists.map(({ codeHashes }) => confirmSecondFactor(context, staff, { code, codeHashes })),
    );
    const isDone = results.map(({ status }) => status === 'done');
    expect(isDone.filter(Boolean)).toHaveLength(1);
    const kept = lists[isDone.indexOf(true)];
    expect(await hasList(context.database, account.accountId, kept?.codeHashes ?? [])).toBe(true);
    // Their code was right: they are no guesses.
    const refusals = results.flatMap((result) => ('refusal' in result ? [result.refusal] : []));
    expect(refusals).toEqual(new Array(19).fill('changed_meanwhile'));
  });

  it('can’t be started over one that is on', async () => {
    const account = await withSecondFactor();
    expect(await startSecondFactor(context, account.staff, account.signInKey)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
  });
});

describe('a code of the app', () => {
  it('is asked for, and signs in once: neither it nor an older one counts again', async () => {
    const account = await withSecondFactor();
    expect(await tryWith(account, '')).toMatchObject({ refusal: 'second_factor_needed' });
    const code = account.codeAt(0);
    expect((await tryWith(account, code)).status).toBe('signed_in');
    for (const used of [code, account.codeAt(-1)]) {
      expect(await tryWith(account, used)).toMatchObject({ refusal: 'second_factor_used' });
    }
  });

  it(`makes one session of ${TRIES} that use it at the same moment`, async () => {
    const account = await withSecondFactor();
    const code = account.codeAt(0);
    const results = await Promise.all(Array.from({ length: TRIES }, () => tryWith(account, code)));
    expect(results.filter(({ status }) => status === 'signed_in')).toHaveLength(1);
    expect(await sessionsOf(account)).toBe(2);
  });
});

describe('a code of the list', () => {
  it(`signs in once, also of ${TRIES} tries at the same moment`, async () => {
    const account = await withSecondFactor();
    const [code = ''] = account.codes;
    const results = await Promise.all(
      Array.from({ length: TRIES }, () => tryWith(account, code.toUpperCase())),
    );
    expect(results.filter(({ status }) => status === 'signed_in')).toHaveLength(1);
    expect(await countCodes(context.database, account.accountId)).toBe(9);
    expect(await tryWith(account, code)).toMatchObject({ refusal: 'second_factor_used' });
  });

  it('is of one account alone', async () => {
    const [account, stranger] = [await withSecondFactor(), await withSecondFactor()];
    expect(await tryWith(account, stranger.codes[0] ?? '')).toMatchObject({
      refusal: 'second_factor_wrong',
    });
  });

  it('stops with a new list', async () => {
    const account = await withSecondFactor();
    const { codes, codeHashes } = await drawList(account.accountId);
    const renewal = { ...account.shown, code: account.codes[1] ?? '', codeHashes };
    expect(await renewSecondFactorCodes(context, account.staff, renewal)).toEqual({
      status: 'done',
    });
    expect(await tryWith(account, account.codes[0] ?? '')).toMatchObject({
      refusal: 'second_factor_wrong',
    });
    expect((await tryWith(account, codes[0] ?? '')).status).toBe('signed_in');
  });
});

it('turned off, a second factor leaves nothing behind', async () => {
  const account = await withSecondFactor();
  const { accountId, staff, shown } = account;
  const code = account.codeAt(0);
  expect(await turnOffSecondFactor(context, staff, { ...shown, code })).toEqual({ status: 'done' });
  expect((await tryWith(account, '')).status).toBe('signed_in');
  expect(await context.database.secondFactorCode.count({ where: { accountId } })).toBe(0);
  expect(
    await context.database.account.findUnique({
      where: { id: accountId },
      select: { totpSecret: true },
    }),
  ).toEqual({ totpSecret: null });
});
