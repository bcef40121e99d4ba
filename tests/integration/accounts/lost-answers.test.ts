import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { changePassword, changeRecoveryCode } from '@/lib/accounts/change-password';
import { inviteMember } from '@/lib/accounts/invite-member';
import type { AccountDesk, Staff } from '@/lib/accounts/ports';
import { makeRecoveryLink, recoverAccount } from '@/lib/accounts/recover-account';
import {
  confirmSecondFactor,
  renewSecondFactorCodes,
  startSecondFactor,
} from '@/lib/accounts/second-factor-setup';
import { signIn } from '@/lib/accounts/sign-in';
import { signUpInvited, signUpOwner } from '@/lib/accounts/sign-up';
import {
  addAccount,
  addRequest,
  givenAccountDesk,
  staffFor,
  type TestAccount,
  type TestAccountDesk,
} from './account-desk';
import { drawList } from './code-list';

/*
 * An act that is done and whose answer is lost is asked for again by the same press, with the same
 * bytes. It is answered as the first time, and only to whoever sends exactly what was made.
 */

const desk = givenAccountDesk();
const empty = givenAccountDesk();

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

const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);

async function owner(): Promise<{ readonly staff: Staff; readonly shown: object }> {
  const account = await addAccount(desk, 'OWNER');
  return { staff: await staffFor(desk, account), shown: account.shown };
}

/** The token of a link to a new password. */
async function linkFor({ accountId }: TestAccount): Promise<string> {
  const by = await addAccount(desk, 'OWNER');
  const act = { accountId, ...by.shown };
  const link = await makeRecoveryLink(desk, await staffFor(desk, by), act);
  if (link.status === 'refused') throw new Error('No link was made.');
  return tokenOf(link.link);
}

interface Door {
  /** What sends `made` through it, any number of times. */
  readonly open: (made: Made) => Promise<(desk: AccountDesk, sent: Made) => Promise<Answer>>;
  readonly desk: () => TestAccountDesk;
  readonly done: 'created' | 'done';
  readonly refusal: string;
}
interface Answer {
  readonly status: string;
  readonly refusal?: string;
  readonly code?: string;
}

const DOORS: Readonly<Record<string, Door>> = {
  'the first account': {
    desk: () => empty,
    open: () =>
      Promise.resolve((at, sent) => signUpOwner(at, { ...sent, email: 'first@example.org' })),
    done: 'created',
    refusal: 'invitation_needed',
  },
  'the account of an invitation': {
    desk: () => desk,
    open: async () => {
      const email = `${randomBytes(6).toString('hex')}@example.org`;
      const invited = await inviteMember(desk, (await owner()).staff, { email, role: 'MEMBER' });
      if (invited.status === 'refused') throw new Error('Nobody was invited.');
      return (at, sent) => signUpInvited(at, { ...sent, token: tokenOf(invited.link) });
    },
    done: 'created',
    refusal: 'invitation_unknown',
  },
  'a password by a recovery link': {
    desk: () => desk,
    open: async (made) => {
      const member = await addAccount(desk);
      Object.assign(made.vault, { publicKey: member.vaultPublicKey });
      const terms = { token: await linkFor(member), code: '', vaultIs: 'kept' as const };
      return (at, sent) => recoverAccount(at, { ...terms, ...sent });
    },
    done: 'done',
    refusal: 'recovery_unknown',
  },
  'a password and a new vault by a recovery link': {
    desk: () => desk,
    open: async () => {
      const member = await addAccount(desk);
      await addRequest(desk, 'Only mine', [member], 2);
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
    const at = door.desk();
    const given = made();
    const send = await door.open(given);
    expect(await send(at, given)).toEqual({ status: door.done });
    const [accounts, mails] = [await at.client.account.findMany(), at.mails.length];
    expect(await send(at, given)).toEqual({ status: door.done });
    expect(await at.client.account.findMany()).toEqual(accounts);
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
      expect(answer.refusal ?? answer.code, what).toBe(door.refusal);
    }
  });

  it('verifies no key of whoever does not send what was made, so that its time tells nothing', async () => {
    const at = door.desk();
    const given = made();
    const send = await door.open(given);
    await send(at, given);
    let verified = 0;
    const watched: AccountDesk = {
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
    await send?.(desk, given);
    const tried: string[] = [];
    const watched: AccountDesk = {
      ...desk,
      guesses: { ...desk.guesses, take: ({ what }) => Promise.resolve(tried.push(what) < 2) },
    };
    const { salt } = given.credentials;
    const wrong = { ...given, credentials: { salt, signInKey: randomBytes(32) } };
    await send?.(watched, wrong);
    expect(tried).toEqual(['password']);
    // Too many: not even the right one is looked at.
    expect(await send?.(watched, given)).toMatchObject({ code: 'invitation_unknown' });
  });
});

describe('another password, sent again', () => {
  it('is done where the browser is signed in still, ends nothing more, and is no wrong password', async () => {
    const account = await addAccount(desk);
    const staff = await staffFor(desk, account);
    const change = {
      currentSignInKey: account.signInKey,
      salt: randomBytes(16),
      signInKey: randomBytes(32),
      vaultPublicKey: account.vaultPublicKey,
      vaultSeedByPassword: randomBytes(60),
    };
    expect(await changePassword(desk, staff, change)).toMatchObject({ status: 'done' });
    const since = await staffFor(desk, { ...account, signInKey: change.signInKey });
    const mails = desk.mails.length;
    expect(await changePassword(desk, staff, change)).toEqual({
      status: 'done',
      sessionToken: null,
    });
    const sessions = await desk.own.listSessions(account.accountId);
    expect(sessions.map(({ id }) => id)).toContain(since.sessionId);
    expect(desk.mails).toHaveLength(mails);
    expect(await desk.guesses.findFailed(account.accountId)).toBeNull();
  });
});

describe('another recovery code, sent again', () => {
  it('is put in force as the same code, and told once, also by two presses at the same moment', async () => {
    const account = await addAccount(desk);
    const staff = await staffFor(desk, account);
    const { signInKey, vaultPublicKey } = account;
    const change = { signInKey, vaultPublicKey, vaultSeedByRecovery: randomBytes(60) };
    desk.mails.length = 0;
    const press = () => changeRecoveryCode(desk, staff, change);
    for (const answer of [...(await Promise.all([press(), press()])), await press()]) {
      expect(answer).toEqual({ status: 'done' });
    }
    expect(desk.mails).toEqual([`recovery_code ${account.email}`]);
    const stranger = { ...change, signInKey: randomBytes(32) };
    expect(await changeRecoveryCode(desk, staff, stranger)).toMatchObject({
      refusal: 'password_wrong',
    });
    const { vaultSeedByRecovery } = await desk.client.account.findUniqueOrThrow({
      where: { id: account.accountId },
    });
    expect(Buffer.from(vaultSeedByRecovery)).toEqual(change.vaultSeedByRecovery);
  });
});

describe('a list of codes, sent again', () => {
  const tryWith = ({ email, signInKey }: TestAccount, code: string) =>
    signIn(desk, { email, signInKey, code, device: '', replaces: null });

  it('with the first code of the app, is answered as the first time, and is no guess at a code', async () => {
    const account = await addAccount(desk);
    const staff = await staffFor(desk, account);
    const started = await startSecondFactor(desk, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const { codes, codeHashes } = await drawList(account.accountId);
    const first = { code: new TOTP({ secret: started.secret.base32 }).generate(), codeHashes };
    for (let press = 0; press < 3; press += 1) {
      expect(await confirmSecondFactor(desk, staff, first)).toEqual({ status: 'done' });
      expect(mailsOf(account)).toEqual(['second_factor_on']);
    }
    expect((await tryWith(account, codes[0] ?? '')).status).toBe('signed_in');
    // One that was used since belongs to the list still.
    expect(await confirmSecondFactor(desk, staff, first)).toEqual({ status: 'done' });
    expect(await desk.guesses.findFailed(account.accountId)).toBeNull();

    const other = { ...first, codeHashes: (await drawList(account.accountId)).codeHashes };
    expect(await confirmSecondFactor(desk, staff, other)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
  });

  it('twice at the same moment, with the first code of the app, is done once', async () => {
    const account = await addAccount(desk);
    const staff = await staffFor(desk, account);
    const started = await startSecondFactor(desk, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const { codeHashes } = await drawList(account.accountId);
    const first = { code: new TOTP({ secret: started.secret.base32 }).generate(), codeHashes };
    const presses = Array.from({ length: 10 }, () => confirmSecondFactor(desk, staff, first));
    expect(new Set((await Promise.all(presses)).map(({ status }) => status))).toEqual(
      new Set(['done']),
    );
    expect(mailsOf(account)).toEqual(['second_factor_on']);
    expect(await desk.guesses.findFailed(account.accountId)).toBeNull();
  });

  it.each(['of the app', 'of the list before'])(
    'by a code %s, is answered as the first time, and neither that code nor another one is due',
    async (whose) => {
      const { account, staff, list, appCode } = await withSecondFactor();
      const { codes, codeHashes } = await drawList(account.accountId);
      const code = whose === 'of the app' ? appCode : (list[0] ?? '');
      const renewal = { ...account.shown, code, codeHashes };
      desk.mails.length = 0;
      for (const typed of [code, code, '']) {
        const sent = { ...renewal, code: typed };
        expect(await renewSecondFactorCodes(desk, staff, sent)).toEqual({ status: 'done' });
        expect(mailsOf(account)).toEqual(['second_factor_codes']);
      }
      await desk.finish();
      expect(mailsOf(account), 'nobody is warned of a wrong code').toHaveLength(1);
      expect(await desk.guesses.findFailed(account.accountId)).toBeNull();
      expect((await tryWith(account, codes[0] ?? '')).status).toBe('signed_in');

      const stranger = { ...renewal, signInKey: randomBytes(32) };
      expect(await renewSecondFactorCodes(desk, staff, stranger)).toMatchObject({
        refusal: 'password_wrong',
      });
    },
  );

  it('is in force only once it was saved: shown, or refused, it takes nothing of the one before', async () => {
    const { account, staff, list } = await withSecondFactor();
    const { codes, codeHashes } = await drawList(account.accountId);
    const refused = { ...account.shown, code: '000000', codeHashes };
    expect(await renewSecondFactorCodes(desk, staff, refused)).toMatchObject({
      refusal: 'second_factor_wrong',
    });
    expect(await tryWith(account, codes[0] ?? '')).toMatchObject({ status: 'refused' });
    expect((await tryWith(account, list[0] ?? '')).status).toBe('signed_in');
  });

  const mailsOf = ({ email }: TestAccount) =>
    desk.mails.filter((mail) => mail.endsWith(` ${email}`)).map((mail) => mail.split(' ')[0]);

  async function withSecondFactor() {
    const account = await addAccount(desk);
    const staff = await staffFor(desk, account);
    const started = await startSecondFactor(desk, staff, account.signInKey);
    if (started.status !== 'started') throw new Error('It did not start.');
    const totp = new TOTP({ secret: started.secret.base32 });
    const { codes: list, codeHashes } = await drawList(account.accountId);
    const first = { code: totp.generate({ timestamp: Date.now() - 30_000 }), codeHashes };
    await confirmSecondFactor(desk, staff, first);
    return { account, staff, list, appCode: totp.generate() };
  }
});
