import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changeEmail, confirmEmail } from '@/lib/accounts/email-change';
import { findRecovery, lookAtRecovery, recoverAccount } from '@/lib/accounts/recovery';
import { askForRecovery, insertLinkByEmail, makeRecoveryLink } from '@/lib/accounts/recovery-links';
import { insertLinkByServer } from '@/lib/accounts/server-acts';
import { findStaff } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import { countLosses, type LossCount } from '@/lib/accounts/views';
import type { Context } from '@/lib/server/context';
import { beginWhileWaiting } from '@/tests/integration/begin-while-waiting';
import {
  act,
  addAccount,
  addRequest,
  addSession,
  givenAccountContext,
  staffFor,
  staffOf,
  stateOf,
  type TestAccount,
} from './account-context';
import { replyWhileRemoving } from './remove-as-told';
import { setUpSecondFactor, turnSecondFactorOn } from './ways-in-world';

const context = givenAccountContext();

/** The token of a link that was mailed to the account. */
async function mailedToken({ email }: TestAccount): Promise<string> {
  askForRecovery(context, email);
  await context.finish();
  const mail = context.mails.findLast((text) => text.startsWith(`recovery ${email} `)) ?? '';
  return mail.slice(mail.lastIndexOf('/') + 1);
}

const newVault = (publicKey: Uint8Array = randomBytes(1216)) => ({
  publicKey,
  seedByPassword: randomBytes(60),
  seedByRecovery: randomBytes(60),
});

const kept = (account: TestAccount, token: string, code = '') => ({
  token,
  code,
  credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
  vault: newVault(account.vaultPublicKey),
  vaultIs: 'kept' as const,
});

const replaced = (token: string, told: LossCount, code = '') => ({
  token,
  code,
  told,
  credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
  vault: newVault(),
  vaultIs: 'new' as const,
});

const rowOf = ({ accountId }: TestAccount) =>
  context.database.account.findUniqueOrThrow({ where: { id: accountId } });

describe('asking for a link', () => {
  it('does the same before the answer for a known and an unknown address: nothing', async () => {
    const { email } = await addAccount(context);
    let statements = 0;
    const counted: Context = {
      ...context,
      history: {
        ...context.history,
        // What every act begins with.
        notice: () => {
          statements += 1;
          return context.history.notice();
        },
      },
    };
    const before = context.mails.length;
    askForRecovery(counted, email);
    askForRecovery(counted, 'nobody@example.org');
    expect(statements).toBe(0);
    expect(await context.finish()).toBe(2);
    expect(statements).toBe(2);
    expect(context.mails.slice(before)).toEqual([expect.stringContaining(`recovery ${email}`)]);
  });

  it('fills nobody’s mailbox: five links an hour', async () => {
    const { email, accountId } = await addAccount(context);
    const ask = () =>
      act(context, (transaction) => insertLinkByEmail(transaction, email, randomBytes(32)));
    await Promise.all(Array.from({ length: 20 }, ask));
    expect(await context.database.accountRecovery.count({ where: { accountId } })).toBe(5);
  });

  it('is not used up by links that owners make, or whoever runs the server', async () => {
    const [owner, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const staff = await staffFor(context, owner);
    for (let made = 0; made < 5; made += 1) {
      await makeRecoveryLink(context, staff, { ...owner.shown, accountId: member.accountId });
      await insertLinkByServer(context.database, member.email, randomBytes(32));
    }
    expect(await lookAtRecovery(context, await mailedToken(member))).not.toBeNull();
  });

  it('gives none to a mailbox that stops being the account’s at that moment', async () => {
    const member = await addAccount(context);
    const { accountId, email } = member;
    const asked = { ...member.shown, email: `new-${email}` };
    await changeEmail(context, await staffFor(context, member), asked);
    const confirming = (context.mails.at(-1) ?? '').split('/').at(-1) ?? '';
    const link = randomBytes(32);
    const [confirmed, made] = await beginWhileWaiting(
      context.database,
      (transaction) =>
        transaction.$queryRaw`
          SELECT 1 FROM email_changes WHERE account_id = ${accountId}::uuid FOR UPDATE`,
      () => confirmEmail(context, confirming),
      () => act(context, (transaction) => insertLinkByEmail(transaction, email, link)),
    );
    expect([confirmed, made]).toEqual([{ status: 'done' }, null]);
    expect(await findRecovery(context.database, link)).toBeNull();
  });

  it('keeps the link’s hash only', async () => {
    const account = await addAccount(context);
    const token = await mailedToken(account);
    const rows = await context.database.accountRecovery.findMany();
    const stored = rows.map(({ tokenHash }) => Buffer.from(tokenHash).toString('base64url'));
    expect(stored).not.toContain(token);
    expect(await lookAtRecovery(context, token)).toMatchObject({ email: account.email });
  });
});

describe('a recovery link', () => {
  it('sets one password, of any number who use it at the same moment', async () => {
    const account = await addAccount(context);
    const token = await mailedToken(account);
    const tries = Array.from({ length: 40 }, () => kept(account, token));
    const results = await Promise.all(tries.map((given) => recoverAccount(context, given)));
    const winners = tries.filter((_, index) => results[index]?.status === 'done');
    expect(winners).toHaveLength(1);
    const signInKey = winners[0]?.credentials.signInKey ?? new Uint8Array();
    const signedIn = await signIn(context, {
      email: account.email,
      signInKey,
      code: '',
      device: '',
      replaces: null,
    });
    expect(signedIn.status).toBe('signed_in');
  });

  it('used, expired or unknown changes nothing and says so', async () => {
    const account = await addAccount(context);
    const token = await mailedToken(account);
    await context.database.accountRecovery.updateMany({
      where: { accountId: account.accountId },
      data: { expiresAt: new Date(0) },
    });
    const session = await addSession(context, account);
    const before = await rowOf(account);
    for (const wrong of [token, randomBytes(32).toString('base64url'), 'x']) {
      expect(await lookAtRecovery(context, wrong)).toBeNull();
      expect(await recoverAccount(context, kept(account, wrong))).toMatchObject({
        refusal: 'recovery_unknown',
      });
    }
    expect(await rowOf(account)).toEqual(before);
    expect(await findStaff(context.database, context.history, session.tokenHash)).not.toBeNull();
  });

  it('is not used up by one who keeps another vault than the account’s', async () => {
    const account = await addAccount(context);
    const token = await mailedToken(account);
    const foreign = { ...kept(account, token), vault: newVault() };
    expect((await recoverAccount(context, foreign)).status).toBe('refused');
    expect((await recoverAccount(context, kept(account, token))).status).toBe('done');
  });

  it('ends all sessions and all other links, and tells the mailbox', async () => {
    const account = await addAccount(context);
    const session = await addSession(context, account);
    const [first, second] = [await mailedToken(account), await mailedToken(account)];
    expect((await recoverAccount(context, kept(account, first))).status).toBe('done');
    expect(await findStaff(context.database, context.history, session.tokenHash)).toBeNull();
    expect(await lookAtRecovery(context, second)).toBeNull();
    expect(context.mails.at(-1)).toBe(`password changed ${account.email}`);
  });

  it('asks for the second factor where there is one, and takes a code once', async () => {
    const account = await addAccount(context);
    const {
      code,
      codes: [spare = ''],
    } = await turnSecondFactorOn(context, account);
    const token = await mailedToken(account);
    const refusals = [
      ['', 'second_factor_needed'],
      [code, 'second_factor_used'],
      ['000000', 'second_factor_wrong'],
    ];
    for (const [given = '', refusal] of refusals) {
      expect(await recoverAccount(context, kept(account, token, given))).toMatchObject({ refusal });
    }
    expect(await recoverAccount(context, kept(account, token, spare))).toEqual({ status: 'done' });
  });

  it('is made by an owner for a member, too', async () => {
    const [owner, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const staff = await staffOf(context, (await addSession(context, owner)).tokenHash);
    const made = await makeRecoveryLink(context, staff, {
      accountId: member.accountId,
      ...owner.shown,
    });
    if (made.status !== 'made') throw new Error('No link was made.');
    const token = made.link.slice(made.link.lastIndexOf('/') + 1);
    expect(await lookAtRecovery(context, token)).toMatchObject({ email: member.email });
  });
});

describe('the vault after recovery', () => {
  it('says before a new one how much is lost, and then that is what is lost', async () => {
    const [account, colleague] = [await addAccount(context), await addAccount(context)];
    const alone = await addRequest(context, 'Only mine', [account], 2);
    const shared = await addRequest(context, 'Ours', [account, colleague], 1);
    await addRequest(context, 'Not mine', [colleague], 3);
    const token = await mailedToken(account);
    const seen = await lookAtRecovery(context, token);
    expect(seen?.losses).toEqual({
      requests: 2,
      sealedReplies: 3,
      alone: [{ madeAt: expect.any(String) as string, sealedReplies: 2 }],
    });
    expect(
      (await recoverAccount(context, replaced(token, { requestsAlone: 1, repliesAlone: 2 })))
        .status,
    ).toBe('done');
    const readers = await context.database.requestReader.findMany({ select: { accountId: true } });
    expect(new Set(readers.map(({ accountId }) => accountId))).toEqual(
      new Set([colleague.accountId]),
    );
    expect([await stateOf(context, alone), await stateOf(context, shared)]).toEqual([
      'ENDED',
      'OPEN',
    ]);
  });

  it('is not replaced where more, or less, goes with it than was told: nothing is used up, the code neither', async () => {
    const [account, colleague] = [await addAccount(context), await addAccount(context)];
    const [spare = ''] = await setUpSecondFactor(context, account);
    const request = await addRequest(context, 'Only mine', [account], 2);
    await addRequest(context, 'Ours', [account, colleague], 3);
    const token = await mailedToken(account);
    const [before, mailed] = [await rowOf(account), context.mails.length];
    const recover = (requestsAlone: number, repliesAlone: number) =>
      recoverAccount(context, replaced(token, { requestsAlone, repliesAlone }, spare));
    for (const [requests, replies] of [
      [0, 0],
      [1, 1],
      [1, 3],
      [2, 2],
      [2, 5],
    ] as const) {
      expect(await recover(requests, replies)).toEqual({
        status: 'refused',
        refusal: 'losses_changed',
        field: 'lossConfirmed',
      });
    }
    expect([await rowOf(account), context.mails.length]).toEqual([before, mailed]);
    expect(await stateOf(context, request)).toBe('OPEN');
    expect(await recover(1, 2)).toEqual({ status: 'done' });
  });

  it('loses no reply that arrives while it waits to be replaced, and the link stays good', async () => {
    const account = await addAccount(context);
    const id = await addRequest(context, 'Only mine', [account], 1);
    const token = await mailedToken(account);
    const first = replaced(token, { requestsAlone: 1, repliesAlone: 1 });
    const outcome = await replyWhileRemoving(context.database, id, () =>
      recoverAccount(context, first),
    );
    expect(outcome).toMatchObject({ refusal: 'losses_changed' });
    expect(await stateOf(context, id)).toBe('OPEN');
    const seen = await lookAtRecovery(context, token);
    const told = countLosses(seen?.losses.alone ?? []);
    expect(told).toEqual({ requestsAlone: 1, repliesAlone: 2 });
    expect(await recoverAccount(context, { ...first, told })).toEqual({ status: 'done' });
  });

  it('is replaced once, of any number who do it at the same moment: the others’ link was used', async () => {
    const account = await addAccount(context);
    await addRequest(context, 'Only mine', [account], 1);
    const token = await mailedToken(account);
    const told = { requestsAlone: 1, repliesAlone: 1 };
    const results = await Promise.all(
      Array.from({ length: 10 }, () => recoverAccount(context, replaced(token, told))),
    );
    const answers = results.map((result) => ('refusal' in result ? result.refusal : result.status));
    expect(answers.sort()).toEqual(['done', ...Array<string>(9).fill('recovery_unknown')]);
  });

  it('kept, is compared with nothing: a reply that arrives meanwhile stays readable', async () => {
    const account = await addAccount(context);
    const id = await addRequest(context, 'Kept', [account], 1);
    const told = { requestsAlone: 0, repliesAlone: 0 };
    const given = { ...kept(account, await mailedToken(account)), told };
    expect(await recoverAccount(context, given)).toEqual({ status: 'done' });
    expect(await stateOf(context, id)).toBe('OPEN');
  });

  it('tells whoever holds a link, an owner who made it too, numbers and no question', async () => {
    const [owner, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    await addRequest(context, 'The passwords of the board', [member], 1);
    const made = await makeRecoveryLink(context, await staffFor(context, owner), {
      accountId: member.accountId,
      ...owner.shown,
    });
    if (made.status !== 'made') throw new Error('No link was made.');
    const seen = await lookAtRecovery(context, made.link.slice(made.link.lastIndexOf('/') + 1));
    expect(seen?.losses.requests).toBe(1);
    expect(JSON.stringify(seen)).not.toContain('board');
    expect(context.mails).toContain(`recovery_link ${member.email}`);
  });

  it('kept, loses nothing', async () => {
    const account = await addAccount(context);
    const request = await addRequest(context, 'Kept', [account], 1);
    const before = await rowOf(account);
    await recoverAccount(context, kept(account, await mailedToken(account)));
    const { vaultPublicKey, vaultCreatedAt, vaultSeedByRecovery } = await rowOf(account);
    expect({ vaultPublicKey, vaultCreatedAt }).toEqual({
      vaultPublicKey: before.vaultPublicKey,
      vaultCreatedAt: before.vaultCreatedAt,
    });
    expect(vaultSeedByRecovery).not.toEqual(before.vaultSeedByRecovery);
    expect(await stateOf(context, request)).toBe('OPEN');
    expect(await context.database.requestReader.count({ where: { requestId: request } })).toBe(1);
  });
});
