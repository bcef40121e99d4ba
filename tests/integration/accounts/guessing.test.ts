import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { findFailedTries, sweepGuesses } from '@/lib/accounts/guesses';
import { changePassword } from '@/lib/accounts/own-account';
import type { PasswordProof } from '@/lib/accounts/proof';
import { recoverAccount } from '@/lib/accounts/recovery';
import { askForRecovery } from '@/lib/accounts/recovery-links';
import { confirmSecondFactor, startSecondFactor } from '@/lib/accounts/second-factor-setup';
import type { Staff } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import { readOwnVault } from '@/lib/accounts/vault';
import type { KnownBrowser } from '@/lib/server/accounts/known-browser';
import type { Context } from '@/lib/server/context';
import {
  signInHashOf,
  addAccount,
  addSession,
  givenAccountContext,
  staffFor,
  staffOf,
  type TestAccount,
} from './account-context';
import { drawList } from './code-list';

const NEW = null;
const GUESSERS = 500;
/** What is looked at before there is any wait. */
const FREE = 10;

const context = givenAccountContext();

/** The use cases as they are called from one browser, by its id if the account knows it. */
function from(browser: string | null): Context {
  return {
    ...context,
    browser: { knownTo: () => Promise.resolve(browser), remember: () => Promise.resolve() },
  };
}

interface Try {
  readonly email: string;
  readonly signInKey?: Uint8Array;
  readonly code?: string;
}

/** A try to sign in: why it was refused, or that it was not. */
async function tryFrom(
  browser: string | null,
  { email, signInKey = randomBytes(32), code = '' }: Try,
): Promise<string> {
  const tried = await signIn(from(browser), { email, signInKey, code, device: '', replaces: null });
  return tried.status === 'refused' ? tried.refusal : tried.status;
}

async function guess(email: string, times: number): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  const tries = Array.from({ length: times }, () => tryFrom(NEW, { email }));
  for (const answer of await Promise.all(tries)) answers[answer] = (answers[answer] ?? 0) + 1;
  return answers;
}

/** On a slow machine the first waits, from half a minute on, may be over before all have tried. */
function expectSlowed({ sign_in_wrong: lookedAt = 0, ...answers }: Record<string, number>): void {
  expect(answers).toEqual({ sign_in_slowed: GUESSERS - lookedAt });
  expect(lookedAt).toBeGreaterThanOrEqual(FREE);
  expect(lookedAt).toBeLessThanOrEqual(FREE + 4);
}

/** As if so much time had passed. */
async function pass(seconds: number): Promise<void> {
  await context.database.$executeRaw`
    UPDATE guess_places SET last_at = last_at - ${seconds}::int * interval '1 second'`;
  await context.database.$executeRaw`
    UPDATE failed_tries SET last_at = last_at - ${seconds}::int * interval '1 second',
      since = since - ${seconds}::int * interval '1 second',
      burst_since = burst_since - ${seconds}::int * interval '1 second'`;
}

async function withSecondFactor() {
  const account = await addAccount(context);
  const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
  const started = await startSecondFactor(context, staff, account.signInKey);
  if (started.status !== 'started') throw new Error('It did not start.');
  const totp = new TOTP({ secret: started.base32 });
  const codeAt = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
  const { codes: list, codeHashes } = await drawList(account.accountId);
  const confirmed = await confirmSecondFactor(context, staff, { code: codeAt(-1), codeHashes });
  if (confirmed.status !== 'done') throw new Error('It was not confirmed.');
  return { ...account, list, codeHashes, code: codeAt(0) };
}

/** What was sent about guesses. */
const mailsTo = ({ email }: Pick<TestAccount, 'email'>) =>
  context.mails
    .filter((text) => /^(guessed|wrong code) /.test(text) && text.endsWith(email))
    .map((text) => text.replace(` ${email}`, ''));

describe(`${String(GUESSERS)} who guess one account at once, each from an address of their own`, () => {
  it(`get ${String(FREE)} tries together, and its person signs in meanwhile`, async () => {
    const account = await addAccount(context);
    const [answers, own] = await Promise.all([
      guess(account.email, GUESSERS),
      tryFrom('a browser of their own', account),
    ]);
    expect(own).toBe('signed_in');
    expectSlowed(answers);
    expect(await tryFrom('a browser of their own', account)).toBe('signed_in');
    expect(await tryFrom(NEW, account), 'a browser that is new to it').toBe('sign_in_slowed');
  });

  it('are answered alike where there is no account', async () => {
    expectSlowed(await guess('nobody@example.org', GUESSERS));
  });

  it('get some dozens of tries a day, and no more for waiting', async () => {
    const { email } = await addAccount(context);
    let lookedAt = 0;
    for (let minutes = 0; minutes < 24 * 60;) {
      if ((await tryFrom(NEW, { email })) === 'sign_in_wrong') {
        lookedAt += 1;
        continue;
      }
      await pass(5 * 60);
      minutes += 5;
    }
    expect(lookedAt).toBeGreaterThan(40);
    expect(lookedAt).toBeLessThan(70);
  });
});

describe('a browser that signed in before', () => {
  it('is counted by itself: whoever has its cookie guesses as slowly as a new one', async () => {
    const account = await addAccount(context);
    for (let tries = 0; tries < FREE; tries += 1) await tryFrom('stolen', { email: account.email });
    expect(await tryFrom('stolen', account)).toBe('sign_in_slowed');
    expect(await tryFrom('their own', account)).toBe('signed_in');
    expect(await tryFrom(NEW, account)).toBe('signed_in');
  });
});

it('a browser is known by the password as it is: the one in which it changes stays known', async () => {
  const account = await addAccount(context);
  const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
  const known: PasswordProof[] = [];
  const asked: PasswordProof[] = [];
  const browser: KnownBrowser = {
    knownTo: (one) => Promise.resolve(asked.push(one)).then(() => null),
    remember: (one) => Promise.resolve(known.push(one)).then(() => undefined),
  };
  const hash = () => signInHashOf(context, account.accountId);
  const before = await hash();
  const changed = await changePassword({ ...from(NEW), browser }, staff, {
    currentSignInKey: account.signInKey,
    salt: randomBytes(16),
    signInKey: randomBytes(32),
    vaultPublicKey: account.vaultPublicKey,
    vaultSeedByPassword: randomBytes(60),
  });
  expect(changed.status).toBe('done');
  expect(asked).toMatchObject([{ accountId: account.accountId, signInHash: before }]);
  expect(known).toEqual([{ accountId: account.accountId, signInHash: await hash() }]);
});

it('a browser is known once it has signed in, and by no password or code that was wrong', async () => {
  const { code, ...account } = await withSecondFactor();
  const known: PasswordProof[] = [];
  const browser: KnownBrowser = {
    knownTo: () => Promise.resolve(null),
    remember: (one) => Promise.resolve(known.push(one)).then(() => undefined),
  };
  const tryWith = async (given: { readonly signInKey?: Uint8Array; readonly code: string }) => {
    const { email, signInKey } = account;
    const shown = { email, signInKey, device: '', replaces: null, ...given };
    return (await signIn({ ...from(NEW), browser }, shown)).status;
  };
  expect(await tryWith({ signInKey: randomBytes(32), code })).toBe('refused');
  expect(await tryWith({ code: '' })).toBe('refused');
  expect(await tryWith({ code: '000000' })).toBe('refused');
  expect(known).toEqual([]);
  expect(await tryWith({ code })).toBe('signed_in');
  const signInHash = await signInHashOf(context, account.accountId);
  expect(known).toMatchObject([{ accountId: account.accountId, signInHash }]);
});

describe('what is right', () => {
  it('counts as no guess, in however many new browsers', async () => {
    const account = await addAccount(context);
    for (let browsers = 0; browsers < 3 * FREE; browsers += 1) {
      expect(await tryFrom(NEW, account)).toBe('signed_in');
    }
  });

  it('nor does what there was no room to look at', async () => {
    const account = await addAccount(context);
    const full = { ...from(NEW), withStretchingRoom: () => Promise.resolve(null) };
    for (let tries = 0; tries < 3 * FREE; tries += 1) {
      const given = {
        email: account.email,
        signInKey: randomBytes(32),
        code: '',
        device: '',
        replaces: null,
      };
      expect(await signIn(full, given)).toMatchObject({ refusal: 'busy' });
    }
    expect(await tryFrom(NEW, account)).toBe('signed_in');
    expect(await findFailedTries(context, account.accountId)).toBeNull();
  });

  it('and what was wrong is forgiven with time', async () => {
    const { email, signInKey } = await addAccount(context);
    await guess(email, 3 * FREE);
    expect(await tryFrom(NEW, { email, signInKey })).toBe('sign_in_slowed');
    await pass(24 * 60 * 60);
    expect(await guess(email, 5)).toEqual({ sign_in_wrong: 5 });
  });
});

describe('a password that is asked for again inside a session', () => {
  const change = (browser: string | null, staff: Awaited<ReturnType<typeof staffOf>>) =>
    changePassword(from(browser), staff, {
      currentSignInKey: randomBytes(32),
      salt: randomBytes(16),
      signInKey: randomBytes(32),
      vaultPublicKey: randomBytes(1216),
      vaultSeedByPassword: randomBytes(60),
    });

  it('is guessed no faster, and keeps nobody from signing in', async () => {
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    const tried = await Promise.all(Array.from({ length: 60 }, () => change(NEW, staff)));
    const refusals = tried.map((result) => (result.status === 'refused' ? result.refusal : ''));
    const lookedAt = refusals.filter((refusal) => refusal === 'password_wrong').length;
    expect(lookedAt).toBeLessThanOrEqual(FREE + 4);
    expect(refusals.filter((refusal) => refusal === 'password_slowed')).toHaveLength(60 - lookedAt);
    expect(await tryFrom(NEW, account)).toBe('signed_in');
    expect(await change('their own', staff)).toMatchObject({ refusal: 'password_wrong' });
  });

  it('is counted where the vault it did not open is in a browser', async () => {
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    expect(await readOwnVault(from(NEW), staff)).toMatchObject({ status: 'found' });
    expect(await findFailedTries(context, account.accountId)).toBeNull();
    const tried = await readOwnVault(from(NEW), staff, randomBytes(32));
    expect(tried).toMatchObject({ refusal: 'password_wrong' });
    expect(await findFailedTries(context, account.accountId)).toMatchObject({ count: 1 });
  });

  it('is not slowed by those who guess at the door', async () => {
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    await guess(account.email, 3 * FREE);
    expect(await change(NEW, staff)).toMatchObject({ refusal: 'password_wrong' });
  });
});

describe('wrong codes of the second factor, after the right password', () => {
  it('lock nobody out: a known browser takes the code, and any browser one of the list', async () => {
    const { list, code, ...account } = await withSecondFactor();
    const answers: string[] = [];
    for (let tries = 0; tries < 60; tries += 1) {
      answers.push(await tryFrom(NEW, { ...account, code: '000000' }));
    }
    const lookedAt = answers.filter((answer) => answer === 'second_factor_wrong').length;
    expect(lookedAt).toBeLessThanOrEqual(FREE + 4);
    expect(answers.filter((answer) => answer === 'code_slowed')).toHaveLength(60 - lookedAt);
    expect(await tryFrom(NEW, { ...account, code })).toBe('code_slowed');
    expect(await tryFrom('their own', { ...account, code })).toBe('signed_in');
    expect(await tryFrom(NEW, { ...account, code: list[0] ?? '' })).toBe('signed_in');
  });

  it('are told by one mail, at the first', async () => {
    const { email, signInKey } = await withSecondFactor();
    const account = { email, signInKey };
    await tryFrom(NEW, { email: account.email });
    await context.finish();
    expect(mailsTo(account), 'of a wrong password').toEqual([]);
    await Promise.all(
      Array.from({ length: 8 }, () => tryFrom(NEW, { ...account, code: '000000' })),
    );
    await tryFrom(NEW, { ...account, code: 'aaaa-aaaa-aaaa-aaaa' });
    await context.finish();
    expect(mailsTo(account)).toEqual(['wrong code']);
  });
});

describe('a code that was used already', () => {
  it('is no guess, is told nobody, and leaves a later wrong one to be told', async () => {
    const { email, signInKey, accountId, code, list } = await withSecondFactor();
    const account = { email, signInKey };
    const [spare = ''] = list;
    expect(await tryFrom(NEW, { ...account, code })).toBe('signed_in');
    expect(await tryFrom(NEW, { ...account, code: spare })).toBe('signed_in');
    for (let tries = 0; tries < 3 * FREE; tries += 1) {
      const used = tries % 2 === 0 ? code : spare;
      expect(await tryFrom(NEW, { ...account, code: used })).toBe('second_factor_used');
    }
    expect(await findFailedTries(context, accountId)).toBeNull();
    await context.finish();
    expect(mailsTo(account)).toEqual([]);
    await tryFrom(NEW, { ...account, code: '000000' });
    await context.finish();
    expect(mailsTo(account)).toEqual(['wrong code']);
  });
});

it('what was told of is told of again once the password is another', async () => {
  const { list, ...account } = await withSecondFactor();
  const failALot = async (signInKey: Uint8Array) => {
    await guess(account.email, 20);
    await tryFrom('their own', { email: account.email, signInKey, code: '000000' });
    await context.finish();
  };
  const told = ['guessed', 'wrong code'];
  const mails = () => mailsTo(account).map((mail) => mail.replace(/ \d+$/, ''));
  await failALot(account.signInKey);
  await failALot(account.signInKey);
  expect(mails().sort()).toEqual(told);
  const staff = await staffFor(context, account);
  const changed = { currentSignInKey: account.signInKey, signInKey: randomBytes(32) };
  await changePassword(context, staff, {
    ...changed,
    salt: randomBytes(16),
    vaultPublicKey: account.vaultPublicKey,
    vaultSeedByPassword: randomBytes(60),
  });
  await failALot(changed.signInKey);
  expect(mails().sort()).toEqual([...told, ...told].sort());
  askForRecovery(context, account.email);
  await context.finish();
  const recovered = randomBytes(32);
  const done = await recoverAccount(context, {
    token: context.mails.at(-1)?.split('/').at(-1) ?? '',
    code: list[0] ?? '',
    credentials: { salt: randomBytes(16), signInKey: recovered },
    vault: {
      publicKey: account.vaultPublicKey,
      seedByPassword: randomBytes(60),
      seedByRecovery: randomBytes(60),
    },
    vaultIs: 'kept',
  });
  expect(done).toEqual({ status: 'done' });
  await failALot(recovered);
  expect(mails().sort()).toEqual([...told, ...told, ...told].sort());
});

describe('whoever has a session, and not the password', () => {
  const confirm = async (staff: Staff, code = '000000') => {
    const { codeHashes } = await drawList(staff.accountId);
    return confirmSecondFactor(from(NEW), staff, { code, codeHashes });
  };

  it('guesses at no code where none was started, and so slows nobody who has the right one', async () => {
    const { code, ...account } = await withSecondFactor();
    const staff = await staffFor(context, account);
    for (let tries = 0; tries < 2 * FREE; tries += 1) {
      expect(await confirm(staff)).toMatchObject({ refusal: 'changed_meanwhile' });
    }
    expect(await tryFrom(NEW, { ...account, code })).toBe('signed_in');
  });

  it('guesses slowly at the first code of one that was, and apart from those that sign in', async () => {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const started = await startSecondFactor(context, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const refusals = await Promise.all(Array.from({ length: 3 * FREE }, () => confirm(staff)));
    expect(refusals).toContainEqual({
      status: 'refused',
      refusal: 'first_code_slowed',
      field: 'code',
    });
    const totp = new TOTP({ secret: started.base32 });
    const first = totp.generate({ timestamp: Date.now() - 30_000 });
    const { codeHashes } = await drawList(account.accountId);
    const given = { code: first, codeHashes };
    expect(await confirmSecondFactor(context, staff, given)).toEqual({ status: 'done' });
    expect(await tryFrom(NEW, { ...account, code: totp.generate() })).toBe('signed_in');
  });
});

describe('failed tries', () => {
  it('are counted for their person, with those that were not looked at', async () => {
    const { email, accountId } = await addAccount(context);
    expect(await findFailedTries(context, accountId)).toBeNull();
    await guess(email, 214);
    const failed = await findFailedTries(context, accountId);
    expect(failed?.count).toBe(214);
    expect(Date.parse(failed?.since ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('are told by one mail when many come within an hour, and again only after a quiet week', async () => {
    const account = await addAccount(context);
    await guess(account.email, 14);
    await context.finish();
    expect(mailsTo(account), 'of a few').toEqual([]);
    await guess(account.email, 100);
    await pass(2 * 60 * 60);
    await guess(account.email, 100);
    await context.finish();
    expect(mailsTo(account)).toEqual(['guessed 15']);
    await pass(8 * 24 * 60 * 60);
    expect(await findFailedTries(context, account.accountId)).toBeNull();
    await guess(account.email, 30);
    await context.finish();
    expect(mailsTo(account)).toEqual(['guessed 15', 'guessed 15']);
  });

  it('that come one by one, over days, are no burst', async () => {
    const account = await addAccount(context);
    for (let tries = 0; tries < 60; tries += 1) {
      await tryFrom(NEW, { email: account.email });
      await pass(30 * 60);
    }
    await context.finish();
    expect(mailsTo(account)).toEqual([]);
  });

  it('leave nothing behind when they are of no use any more, and name nobody until then', async () => {
    const { email, accountId } = await addAccount(context);
    await guess(email, 3);
    const kept = JSON.stringify([
      await context.database.guessPlace.findMany(),
      await context.database.failedTries.findMany(),
    ]);
    expect(kept).not.toContain(Buffer.from(email).toString('base64'));
    expect(kept).not.toContain(accountId);
    await sweepGuesses(context.database);
    expect(await context.database.guessPlace.count()).toBeGreaterThan(0);
    await pass(8 * 24 * 60 * 60);
    await sweepGuesses(context.database);
    expect(await context.database.guessPlace.count()).toBe(0);
    expect(await context.database.failedTries.count()).toBe(0);
  });
});
