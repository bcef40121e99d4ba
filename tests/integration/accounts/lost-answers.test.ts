import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { findFailedTries } from '@/lib/accounts/guesses';
import { inviteMember } from '@/lib/accounts/invitations';
import { changePassword, changeRecoveryCode } from '@/lib/accounts/own-account';
import { recoverAccount } from '@/lib/accounts/recovery';
import { makeRecoveryLink } from '@/lib/accounts/recovery-links';
import {
  confirmSecondFactor,
  renewSecondFactorCodes,
  startSecondFactor,
} from '@/lib/accounts/second-factor-setup';
import { listSessions, type Staff } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import { signUpInvited, signUpOwner } from '@/lib/accounts/sign-up';
import type { Context } from '@/lib/server/context';
import {
  addAccount,
  addRequest,
  givenAccountContext,
  staffFor,
  type TestAccount,
  type TestAccountContext,
} from './account-context';
import { drawList } from './code-list';

/*
 * An act that is done and whose answer is lost is asked for again by the same press, with the same
 * bytes. It is answered as the first time, and only to whoever sends exactly what was made.
 */

const context = givenAccountContext();
const empty = givenAccountContext();

const made = () => ({
  name: 'Ada Lovelace',
  credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
  vault: {
    publicKey: randomBytes(1216),
    seedByPassword: randomBytes(60),
    seedByRecovery: randomBytes(60),
  },
});
type Made = ReturnType<typeof made>;

/** Wrong passwords that are looked at before there is any wait. */
const FREE = 10;

const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);

async function owner(): Promise<{ readonly staff: Staff; readonly shown: object }> {
  const account = await addAccount(context, 'OWNER');
  return { staff: await staffFor(context, account), shown: account.shown };
}

/** The token of a link to a new password. */
async function linkFor({ accountId }: TestAccount): Promise<string> {
  const by = await addAccount(context, 'OWNER');
  const act = { accountId, ...by.shown };
  const link = await makeRecoveryLink(context, await staffFor(context, by), act);
  if (link.status === 'refused') throw new Error('No link was made.');
  return tokenOf(link.link);
}

interface Door {
  /** What sends `made` through it, any number of times. */
  readonly open: (made: Made) => Promise<(context: Context, sent: Made) => Promise<Answer>>;
  readonly context: () => TestAccountContext;
  readonly done: 'created' | 'done';
  readonly refusal: string;
}
interface Answer {
  readonly status: string;
  readonly refusal?: string;
  readonly errors?: { readonly form?: string };
}

const DOORS: Readonly<Record<string, Door>> = {
  'the first account': {
    context: () => empty,
    open: () =>
      Promise.resolve((at, sent) => signUpOwner(at, { ...sent, email: 'first@example.org' })),
    done: 'created',
    refusal: 'invitation_needed',
  },
  'the account of an invitation': {
    context: () => context,
    open: async () => {
      const email = `${randomBytes(6).toString('hex')}@example.org`;
      const invited = await inviteMember(context, (await owner()).staff, { email, role: 'MEMBER' });
      if (invited.status === 'refused') throw new Error('Nobody was invited.');
      return (at, sent) => signUpInvited(at, { ...sent, token: tokenOf(invited.link) });
    },
    done: 'created',
    refusal: 'invitation_unknown',
  },
  'a password by a recovery link': {
    context: () => context,
    open: async (made) => {
      const member = await addAccount(context);
      Object.assign(made.vault, { publicKey: member.vaultPublicKey });
      const terms = { token: await linkFor(member), code: '', vaultIs: 'kept' as const };
      return (at, sent) => recoverAccount(at, { ...terms, ...sent });
    },
    done: 'done',
    refusal: 'recovery_unknown',
  },
  'a password and a new vault by a recovery link': {
    context: () => context,
    open: async () => {
      const member = await addAccount(context);
      await addRequest(context, 'Only mine', [member], 2);
      const terms = {
        token: await linkFor(member),
        code: '',
        vaultIs: 'new' as const,
        told: { requestsAlone: 1, repliesAlone: 2 },
      };
      return (at, sent) => recoverAccount(at, { ...terms, ...sent });
    },
    done: 'done',
    refusal: 'recovery_unknown',
  },
};

describe.each(Object.entries(DOORS))('%s, sent again', (_name, door) => {
  it('is answered as the first time, is done once, and tells nobody else', async () => {
    const at = door.context();
    const given = made();
    const send = await door.open(given);
    expect(await send(at, given)).toEqual({ status: door.done });
    const [accounts, mails] = [await at.database.account.findMany(), at.mails.length];
    expect(await send(at, given)).toEqual({ status: door.done });
    expect(await at.database.account.findMany()).toEqual(accounts);
    expect(at.mails).toHaveLength(mails);

    const { salt, signInKey } = given.credentials;
    const others: readonly [string, Made][] = [
      ['another salt', { ...given, credentials: { salt: randomBytes(16), signInKey } }],
      ['another key', { ...given, credentials: { salt, signInKey: randomBytes(32) } }],
      [
        'another recovery code',
        { ...given, vault: { ...given.vault, seedByRecovery: randomBytes(60) } },
      ],
      ['another vault', { ...given, vault: { ...given.vault, seedByPassword: randomBytes(60) } }],
    ];
    for (const [what, other] of others) {
      const answer = await send(at, other);
      expect(answer.refusal ?? answer.errors?.form, what).toBe(door.refusal);
    }
  });

  it('verifies no key of whoever does not send what was made, so that its time tells nothing', async () => {
    const at = door.context();
    const given = made();
    const send = await door.open(given);
    await send(at, given);
    let verified = 0;
    const watched: Context = {
      ...at,
      verifySignInKey: (hash, key) => {
        verified += 1;
        return at.verifySignInKey(hash, key);
      },
    };
    await send(watched, { ...made(), credentials: given.credentials });
    expect(verified).toBe(0);
  });
});

describe('a key that is tried with what was made', () => {
  it('counts as a guess at the password', async () => {
    const given = made();
    const send = await DOORS['the account of an invitation']?.open(given);
    await send?.(context, given);
    const { id: accountId, email } = await context.database.account.findFirstOrThrow({
      where: { passwordSalt: Buffer.from(given.credentials.salt) },
    });
    const guesser = {
      ...context,
      browser: { ...context.browser, knownTo: () => Promise.resolve('one') },
    };
    const { salt } = given.credentials;
    const wrong = { ...given, credentials: { salt, signInKey: randomBytes(32) } };
    await send?.(guesser, wrong);
    expect(await findFailedTries(context, accountId)).toMatchObject({ count: 1 });
    for (let tries = 1; tries < FREE; tries += 1) await send?.(guesser, wrong);
    // Too many: not even the right one is looked at.
    const answer = await send?.(guesser, given);
    expect(answer?.errors).toEqual({ form: 'invitation_unknown' });
    const tried = {
      email,
      signInKey: given.credentials.signInKey,
      code: '',
      device: '',
      replaces: null,
    };
    expect(await signIn(guesser, tried)).toMatchObject({ refusal: 'sign_in_slowed' });
  });
});

describe('another password, sent again', () => {
  it('is done where the browser is signed in still, ends nothing more, and is no wrong password', async () => {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const change = {
      currentSignInKey: account.signInKey,
      salt: randomBytes(16),
      signInKey: randomBytes(32),
      vaultPublicKey: account.vaultPublicKey,
      vaultSeedByPassword: randomBytes(60),
    };
    expect(await changePassword(context, staff, change)).toMatchObject({ status: 'done' });
    const since = await staffFor(context, { ...account, signInKey: change.signInKey });
    const mails = context.mails.length;
    expect(await changePassword(context, staff, change)).toEqual({
      status: 'done',
      sessionToken: null,
    });
    const sessions = await listSessions(context.database, account.accountId);
    expect(sessions.map(({ id }) => id)).toContain(since.sessionId);
    expect(context.mails).toHaveLength(mails);
    expect(await findFailedTries(context, account.accountId)).toBeNull();
  });
});

describe('another recovery code, sent again', () => {
  it('is put in force as the same code, and told once, also by two presses at the same moment', async () => {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const { signInKey, vaultPublicKey } = account;
    const change = { signInKey, vaultPublicKey, vaultSeedByRecovery: randomBytes(60) };
    context.mails.length = 0;
    const press = () => changeRecoveryCode(context, staff, change);
    for (const answer of [...(await Promise.all([press(), press()])), await press()]) {
      expect(answer).toEqual({ status: 'done' });
    }
    expect(context.mails).toEqual([`recovery_code ${account.email}`]);
    const stranger = { ...change, signInKey: randomBytes(32) };
    expect(await changeRecoveryCode(context, staff, stranger)).toMatchObject({
      refusal: 'password_wrong',
    });
    const { vaultSeedByRecovery } = await context.database.account.findUniqueOrThrow({
      where: { id: account.accountId },
    });
    expect(Buffer.from(vaultSeedByRecovery)).toEqual(change.vaultSeedByRecovery);
  });
});

describe('a list of codes, sent again', () => {
  const tryWith = ({ email, signInKey }: TestAccount, code: string) =>
    signIn(context, { email, signInKey, code, device: '', replaces: null });

  it('with the first code of the app, is answered as the first time, and is no guess at a code', async () => {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const started = await startSecondFactor(context, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const { codes, codeHashes } = await drawList(account.accountId);
    const first = { code: new TOTP({ secret: started.base32 }).generate(), codeHashes };
    for (let press = 0; press < 3; press += 1) {
      expect(await confirmSecondFactor(context, staff, first)).toEqual({ status: 'done' });
      expect(mailsOf(account)).toEqual(['second_factor_on']);
    }
    expect((await tryWith(account, codes[0] ?? '')).status).toBe('signed_in');
    // One that was used since belongs to the list still.
    expect(await confirmSecondFactor(context, staff, first)).toEqual({ status: 'done' });
    expect(await findFailedTries(context, account.accountId)).toBeNull();

    const other = { ...first, codeHashes: (await drawList(account.accountId)).codeHashes };
    expect(await confirmSecondFactor(context, staff, other)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
  });

  it('twice at the same moment, with the first code of the app, is done once', async () => {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const started = await startSecondFactor(context, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const { codeHashes } = await drawList(account.accountId);
    const first = { code: new TOTP({ secret: started.base32 }).generate(), codeHashes };
    const presses = Array.from({ length: 10 }, () => confirmSecondFactor(context, staff, first));
    expect(new Set((await Promise.all(presses)).map(({ status }) => status))).toEqual(
      new Set(['done']),
    );
    expect(mailsOf(account)).toEqual(['second_factor_on']);
    expect(await findFailedTries(context, account.accountId)).toBeNull();
  });

  it.each(['of the app', 'of the list before'])(
    'by a code %s, is answered as the first time, and neither that code nor another one is due',
    async (whose) => {
      const { account, staff, list, appCode } = await withSecondFactor();
      const { codes, codeHashes } = await drawList(account.accountId);
      const code = whose === 'of the app' ? appCode : (list[0] ?? '');
      const renewal = { ...account.shown, code, codeHashes };
      context.mails.length = 0;
      for (const typed of [code, code, '']) {
        const sent = { ...renewal, code: typed };
        expect(await renewSecondFactorCodes(context, staff, sent)).toEqual({ status: 'done' });
        expect(mailsOf(account)).toEqual(['second_factor_codes']);
      }
      await context.finish();
      expect(mailsOf(account), 'nobody is warned of a wrong code').toHaveLength(1);
      expect(await findFailedTries(context, account.accountId)).toBeNull();
      expect((await tryWith(account, codes[0] ?? '')).status).toBe('signed_in');

      const stranger = { ...renewal, signInKey: randomBytes(32) };
      expect(await renewSecondFactorCodes(context, staff, stranger)).toMatchObject({
        refusal: 'password_wrong',
      });
    },
  );

  it('is in force only once it was saved: shown, or refused, it takes nothing of the one before', async () => {
    const { account, staff, list } = await withSecondFactor();
    const { codes, codeHashes } = await drawList(account.accountId);
    const refused = { ...account.shown, code: '000000', codeHashes };
    expect(await renewSecondFactorCodes(context, staff, refused)).toMatchObject({
      refusal: 'second_factor_wrong',
    });
    expect(await tryWith(account, codes[0] ?? '')).toMatchObject({ status: 'refused' });
    expect((await tryWith(account, list[0] ?? '')).status).toBe('signed_in');
  });

  const mailsOf = ({ email }: TestAccount) =>
    context.mails.filter((mail) => mail.endsWith(` ${email}`)).map((mail) => mail.split(' ')[0]);

  async function withSecondFactor() {
    const account = await addAccount(context);
    const staff = await staffFor(context, account);
    const started = await startSecondFactor(context, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const totp = new TOTP({ secret: started.base32 });
    const { codes: list, codeHashes } = await drawList(account.accountId);
    const first = { code: totp.generate({ timestamp: Date.now() - 30_000 }), codeHashes };
    await confirmSecondFactor(context, staff, first);
    return { account, staff, list, appCode: totp.generate() };
  }
});
