import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeEmail, confirmEmail, lookAtEmailChange } from '@/lib/accounts/email-change';
import { inviteMember } from '@/lib/accounts/invitations';
import { listRequestsAlone } from '@/lib/accounts/losses';
import { deleteAccount, listMembers, resetSecondFactor } from '@/lib/accounts/members';
import { acknowledgeReset, changePassword } from '@/lib/accounts/own-account';
import { findRecovery } from '@/lib/accounts/recovery';
import { insertLinkByEmail } from '@/lib/accounts/recovery-links';
import { resetFactor } from '@/lib/accounts/second-factor-setup';
import { findStaff } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import { signUpInvited } from '@/lib/accounts/sign-up';
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
import { NOTHING_ALONE, replyWhileRemoving } from './remove-as-told';
import { setUpSecondFactor } from './ways-in-world';

const context = givenAccountContext();
let owner: TestAccount;

beforeEach(async () => {
  await context.database.$executeRaw`TRUNCATE accounts, invitations, requests CASCADE`;
  owner = await addAccount(context, 'OWNER');
});

const signInAs = (email: string, { signInKey }: TestAccount) =>
  signIn(context, { email, signInKey, code: '', device: '', replaces: null });

/** Asks for another address. The token of the link that went there. */
async function askedToken(account: TestAccount, email: string): Promise<string> {
  const staff = await staffFor(context, account);
  const asked = await changeEmail(context, staff, { ...account.shown, email });
  expect(asked).toEqual({ status: 'asked' });
  return (context.mails.at(-1) ?? '').split('/').at(-1) ?? '';
}

describe('another address', () => {
  it('counts once it is confirmed from there, and no sooner; links to the old one end with it', async () => {
    const member = await addAccount(context);
    const token = await askedToken(member, 'new@example.org');
    expect((await signInAs('new@example.org', member)).status).toBe('refused');
    expect(await lookAtEmailChange(context, token)).toBe('new@example.org');
    const recovery = randomBytes(32);
    await act(context, (transaction) => insertLinkByEmail(transaction, member.email, recovery));
    expect(await confirmEmail(context, token)).toEqual({ status: 'done' });
    expect((await signInAs('new@example.org', member)).status).toBe('signed_in');
    expect((await signInAs(member.email, member)).status).toBe('refused');
    expect(await findRecovery(context.database, recovery)).toBeNull();
    expect(await confirmEmail(context, token)).toMatchObject({ refusal: 'email_link_unknown' });
  });

  it('is stopped by a new password', async () => {
    const member = await addAccount(context);
    const token = await askedToken(member, 'new@example.org');
    await changePassword(context, await staffFor(context, member), {
      currentSignInKey: member.signInKey,
      salt: randomBytes(16),
      signInKey: randomBytes(32),
      vaultPublicKey: member.vaultPublicKey,
      vaultSeedByPassword: randomBytes(60),
    });
    expect(await lookAtEmailChange(context, token)).toBeNull();
    expect(await confirmEmail(context, token)).toMatchObject({ refusal: 'email_link_unknown' });
  });

  it('is one account’s, of any number who confirm it at the same moment', async () => {
    const members = await Promise.all([1, 2, 3, 4].map(() => addAccount(context)));
    const tokens: string[] = [];
    for (const member of members) tokens.push(await askedToken(member, 'wanted@example.org'));
    const outcomes = await Promise.all(tokens.map((token) => confirmEmail(context, token)));
    expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(1);
    expect(await context.database.account.count({ where: { email: 'wanted@example.org' } })).toBe(
      1,
    );
  });

  it('is refused where somebody has it, and fills nobody’s mailbox: five links an hour', async () => {
    const member = await addAccount(context);
    const staff = await staffFor(context, member);
    const ask = (email: string) => changeEmail(context, staff, { ...member.shown, email });
    expect(await ask(owner.email)).toMatchObject({ refusal: 'email_taken', field: 'email' });
    const before = context.mails.length;
    const asked = await Promise.all(Array.from({ length: 14 }, () => ask('new@example.org')));
    expect(asked.filter(({ status }) => status === 'asked')).toHaveLength(5);
    expect(await ask('new@example.org')).toMatchObject({ refusal: 'too_many_requests' });
    const sent = context.mails.slice(before).filter((mail) => mail.startsWith('confirm '));
    const looks = sent.map((mail) => lookAtEmailChange(context, mail.split('/').at(-1) ?? ''));
    const usable = (await Promise.all(looks)).filter((address) => address !== null);
    expect([sent.length, usable], 'the last one works').toEqual([5, ['new@example.org']]);
  });

  it('and an invitation of it wait in no circle: one of them gets it', async () => {
    const member = await addAccount(context);
    const invited = { email: 'same@example.org', role: 'MEMBER' } as const;
    const made = await inviteMember(context, await staffFor(context, owner), invited);
    const invitation = made.status === 'made' ? (made.link.split('/').at(-1) ?? '') : '';
    const token = await askedToken(member, invited.email);
    const outcomes = await beginWhileWaiting(
      context.database,
      (transaction) =>
        transaction.$queryRaw`SELECT 1 FROM invitations WHERE email = ${invited.email} FOR UPDATE`,
      () =>
        signUpInvited(context, {
          token: invitation,
          name: 'New',
          credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
          vault: {
            publicKey: randomBytes(1216),
            seedByPassword: randomBytes(60),
            seedByRecovery: randomBytes(60),
          },
        }),
      () => confirmEmail(context, token),
    );
    expect(outcomes).toMatchObject([{ status: 'created' }, { refusal: 'email_taken' }]);
  });

  it('counts at once where no mail could prove a mailbox', async () => {
    const member = await addAccount(context);
    const silent = { ...context, sendsMail: false };
    const staff = await staffFor(context, member);
    const email = 'new@example.org';
    expect(await changeEmail(silent, staff, { ...member.shown, email })).toEqual({
      status: 'changed',
    });
    expect((await signInAs(email, member)).status).toBe('signed_in');
  });
});

describe('deleting one’s own account', () => {
  it('ends its sessions and what only it could read, and says before which that is', async () => {
    const [member, colleague] = [await addAccount(context), await addAccount(context)];
    const session = await addSession(context, member);
    const alone = await addRequest(context, 'Only mine', [member], 2);
    const shared = await addRequest(context, 'Ours', [member, colleague], 1);
    expect(await listRequestsAlone(context.database, member.accountId)).toMatchObject([
      { question: 'Only mine', sealedReplies: 2 },
    ]);
    const staff = await staffOf(context, session.tokenHash);
    const told = { requestsAlone: 1, repliesAlone: 2 };
    expect(await deleteAccount(context, staff, { ...member.shown, ...told })).toEqual({
      status: 'done',
    });
    expect(await findStaff(context.database, context.history, session.tokenHash)).toBeNull();
    expect([await stateOf(context, alone), await stateOf(context, shared)]).toEqual([
      'ENDED',
      'OPEN',
    ]);
  });

  it('is not for the only owner', async () => {
    const staff = await staffFor(context, owner);
    const shown = { ...owner.shown, ...NOTHING_ALONE };
    expect(await deleteAccount(context, staff, shown)).toMatchObject({ refusal: 'last_owner' });
    await addAccount(context, 'OWNER');
    expect(await deleteAccount(context, staff, shown)).toEqual({ status: 'done' });
  });

  it('is refused where more, or less, goes with it than was shown, and then not at all done', async () => {
    const [member, colleague] = [await addAccount(context), await addAccount(context)];
    const alone = await addRequest(context, 'Only mine', [member], 2);
    await addRequest(context, 'Ours', [member, colleague], 3);
    const session = await addSession(context, member);
    const staff = await staffOf(context, session.tokenHash);
    const mailed = context.mails.length;
    const remove = (requestsAlone: number, repliesAlone: number) =>
      deleteAccount(context, staff, { ...member.shown, requestsAlone, repliesAlone });
    for (const [requests, replies] of [
      [0, 0],
      [1, 1],
      [1, 3],
      [2, 2],
    ] as const) {
      expect(await remove(requests, replies)).toMatchObject({ refusal: 'losses_changed' });
    }
    expect(await findStaff(context.database, context.history, session.tokenHash)).not.toBeNull();
    expect([await stateOf(context, alone), context.mails.length]).toEqual(['OPEN', mailed]);
    expect(await remove(1, 2)).toEqual({ status: 'done' });
  });

  it('counts what goes with it once that stands still: a reply that arrives while it waits is noticed', async () => {
    const member = await addAccount(context);
    const id = await addRequest(context, 'Only mine', [member], 1);
    const staff = await staffFor(context, member);
    const shown = { ...member.shown, requestsAlone: 1, repliesAlone: 1 };
    const outcome = await replyWhileRemoving(context.database, id, () =>
      deleteAccount(context, staff, shown),
    );
    expect(outcome).toMatchObject({ refusal: 'losses_changed' });
    expect(await stateOf(context, id)).toBe('OPEN');
  });
});

it('an owner is told before a removal what stops, by date and number, and of no question', async () => {
  const [member, colleague] = [await addAccount(context), await addAccount(context)];
  await addRequest(context, 'The passwords of the board', [member], 2);
  await addRequest(context, 'The passwords of the board', [member, colleague], 1);
  const listed = await listMembers(context.database);
  const losses = listed.find(({ accountId }) => accountId === member.accountId)?.losses;
  expect(losses).toMatchObject({ requests: 2, sealedReplies: 3, alone: [{ sealedReplies: 2 }] });
  expect(JSON.stringify(listed)).not.toContain('board');
});

describe('a second factor that an owner turns off', () => {
  it('asks for no code any more, and its person is told on a page until they say that they saw it', async () => {
    const member = await addAccount(context);
    await setUpSecondFactor(context, member);
    const { accountId } = member;
    const acting = await staffFor(context, owner);
    expect(await resetSecondFactor(context, acting, { ...owner.shown, accountId })).toEqual({
      status: 'done',
    });
    expect((await signInAs(member.email, member)).status).toBe('signed_in');
    expect((await staffFor(context, member)).wasSecondFactorReset).toBe(true);
    expect(await context.database.secondFactorCode.count({ where: { accountId } })).toBe(0);
    await acknowledgeReset(context, { accountId: accountId });
    expect((await staffFor(context, member)).wasSecondFactorReset).toBe(false);
  });

  it('is never their own', async () => {
    await setUpSecondFactor(context, owner);
    const { accountId, shown, proof } = owner;
    const acting = await staffFor(context, owner);
    expect(await resetSecondFactor(context, acting, { ...shown, accountId })).toMatchObject({
      refusal: 'second_factor_own',
    });
    expect(await resetFactor(context.database, proof, accountId)).toBe('not_allowed');
  });
});
