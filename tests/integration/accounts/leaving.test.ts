import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeEmail, confirmEmail, lookAtEmailChange } from '@/lib/accounts/change-email';
import { changePassword } from '@/lib/accounts/change-password';
import { deleteAccount } from '@/lib/accounts/delete-account';
import { resetSecondFactor } from '@/lib/accounts/manage-members';
import { inviteMember } from '@/lib/accounts/invite-member';
import { signUpInvited } from '@/lib/accounts/sign-up';
import { findStaff } from '@/lib/server/account-store/find-staff';
import { beginWhileWaiting } from '@/tests/integration/begin-while-waiting';
import { signIn } from '@/lib/accounts/sign-in';
import {
  addAccount,
  addRequest,
  addSession,
  givenAccountDesk,
  staffFor,
  staffOf,
  stateOf,
  type TestAccount,
} from './account-desk';
import { NOTHING_ALONE, replyWhileRemoving } from './remove-as-told';
import { setUpSecondFactor } from './ways-in-world';

const desk = givenAccountDesk();
let owner: TestAccount;

beforeEach(async () => {
  await desk.client.$executeRaw`TRUNCATE accounts, invitations, requests CASCADE`;
  owner = await addAccount(desk, 'OWNER');
});

const signInAs = (email: string, { signInKey }: TestAccount) =>
  signIn(desk, { email, signInKey, code: '', device: '', replaces: null });

/** Asks for another address. The token of the link that went there. */
async function askedToken(account: TestAccount, email: string): Promise<string> {
  const staff = await staffFor(desk, account);
  const asked = await changeEmail(desk, staff, { ...account.shown, email });
  expect(asked).toEqual({ status: 'asked' });
  return (desk.mails.at(-1) ?? '').split('/').at(-1) ?? '';
}

describe('another address', () => {
  it('counts once it is confirmed from there, and no sooner; links to the old one end with it', async () => {
    const member = await addAccount(desk);
    const token = await askedToken(member, 'new@example.org');
    expect((await signInAs('new@example.org', member)).status).toBe('refused');
    expect(await lookAtEmailChange(desk, token)).toBe('new@example.org');
    const recovery = randomBytes(32);
    await desk.recovery.createForEmail(member.email, recovery);
    expect(await confirmEmail(desk, token)).toEqual({ status: 'done' });
    expect((await signInAs('new@example.org', member)).status).toBe('signed_in');
    expect((await signInAs(member.email, member)).status).toBe('refused');
    expect(await desk.recovery.find(recovery)).toBeNull();
    expect(await confirmEmail(desk, token)).toMatchObject({ refusal: 'email_link_unknown' });
  });

  it('is stopped by a new password', async () => {
    const member = await addAccount(desk);
    const token = await askedToken(member, 'new@example.org');
    await changePassword(desk, await staffFor(desk, member), {
      currentSignInKey: member.signInKey,
      salt: randomBytes(16),
      signInKey: randomBytes(32),
      vaultPublicKey: member.vaultPublicKey,
      vaultSeedByPassword: randomBytes(60),
    });
    expect(await lookAtEmailChange(desk, token)).toBeNull();
    expect(await confirmEmail(desk, token)).toMatchObject({ refusal: 'email_link_unknown' });
  });

  it('is one account’s, of any number who confirm it at the same moment', async () => {
    const members = await Promise.all([1, 2, 3, 4].map(() => addAccount(desk)));
    const tokens: string[] = [];
    for (const member of members) tokens.push(await askedToken(member, 'wanted@example.org'));
    const outcomes = await Promise.all(tokens.map((token) => confirmEmail(desk, token)));
    expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(1);
    expect(await desk.client.account.count({ where: { email: 'wanted@example.org' } })).toBe(1);
  });

  it('is refused where somebody has it, and fills nobody’s mailbox: five links an hour', async () => {
    const member = await addAccount(desk);
    const staff = await staffFor(desk, member);
    const ask = (email: string) => changeEmail(desk, staff, { ...member.shown, email });
    expect(await ask(owner.email)).toMatchObject({ refusal: 'email_taken', field: 'email' });
    const before = desk.mails.length;
    const asked = await Promise.all(Array.from({ length: 14 }, () => ask('new@example.org')));
    expect(asked.filter(({ status }) => status === 'asked')).toHaveLength(5);
    expect(await ask('new@example.org')).toMatchObject({ refusal: 'too_many_requests' });
    const sent = desk.mails.slice(before).filter((mail) => mail.startsWith('confirm '));
    const looks = sent.map((mail) => lookAtEmailChange(desk, mail.split('/').at(-1) ?? ''));
    const usable = (await Promise.all(looks)).filter((address) => address !== null);
    expect([sent.length, usable], 'the last one works').toEqual([5, ['new@example.org']]);
  });

  it('and an invitation of it wait in no circle: one of them gets it', async () => {
    const member = await addAccount(desk);
    const invited = { email: 'same@example.org', role: 'MEMBER' } as const;
    const made = await inviteMember(desk, await staffFor(desk, owner), invited);
    const invitation = made.status === 'made' ? (made.link.split('/').at(-1) ?? '') : '';
    const token = await askedToken(member, invited.email);
    const outcomes = await beginWhileWaiting(
      desk.client,
      (transaction) =>
        transaction.$queryRaw`SELECT 1 FROM invitations WHERE email = ${invited.email} FOR UPDATE`,
      () =>
        signUpInvited(desk, {
          token: invitation,
          name: 'New',
          credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
          vault: {
            publicKey: randomBytes(1216),
            seedByPassword: randomBytes(60),
            seedByRecovery: randomBytes(60),
          },
        }),
      () => confirmEmail(desk, token),
    );
    expect(outcomes).toMatchObject([{ status: 'created' }, { refusal: 'email_taken' }]);
  });

  it('counts at once where no mail could prove a mailbox', async () => {
    const member = await addAccount(desk);
    const silent = { ...desk, mail: { ...desk.mail, isSetUp: () => false } };
    const staff = await staffFor(desk, member);
    const email = 'new@example.org';
    expect(await changeEmail(silent, staff, { ...member.shown, email })).toEqual({
      status: 'changed',
    });
    expect((await signInAs(email, member)).status).toBe('signed_in');
  });
});

describe('deleting one’s own account', () => {
  it('ends its sessions and what only it could read, and says before which that is', async () => {
    const [member, colleague] = [await addAccount(desk), await addAccount(desk)];
    const session = await addSession(desk, member);
    const alone = await addRequest(desk, 'Only mine', [member], 2);
    const shared = await addRequest(desk, 'Ours', [member, colleague], 1);
    expect(await desk.own.listRequestsAlone(member.accountId)).toMatchObject([
      { question: 'Only mine', sealedReplies: 2 },
    ]);
    const staff = await staffOf(desk, session.tokenHash);
    const told = { requestsAlone: 1, repliesAlone: 2 };
    expect(await deleteAccount(desk, staff, { ...member.shown, ...told })).toEqual({
      status: 'done',
    });
    expect(await findStaff(desk.client, desk.history, session.tokenHash)).toBeNull();
    expect([await stateOf(desk, alone), await stateOf(desk, shared)]).toEqual(['ENDED', 'OPEN']);
  });

  it('is not for the only owner', async () => {
    const staff = await staffFor(desk, owner);
    const shown = { ...owner.shown, ...NOTHING_ALONE };
    expect(await deleteAccount(desk, staff, shown)).toMatchObject({ refusal: 'last_owner' });
    await addAccount(desk, 'OWNER');
    expect(await deleteAccount(desk, staff, shown)).toEqual({ status: 'done' });
  });

  it('is refused where more, or less, goes with it than was shown, and then not at all done', async () => {
    const [member, colleague] = [await addAccount(desk), await addAccount(desk)];
    const alone = await addRequest(desk, 'Only mine', [member], 2);
    await addRequest(desk, 'Ours', [member, colleague], 3);
    const session = await addSession(desk, member);
    const staff = await staffOf(desk, session.tokenHash);
    const mailed = desk.mails.length;
    const remove = (requestsAlone: number, repliesAlone: number) =>
      deleteAccount(desk, staff, { ...member.shown, requestsAlone, repliesAlone });
    for (const [requests, replies] of [
      [0, 0],
      [1, 1],
      [1, 3],
      [2, 2],
    ] as const) {
      expect(await remove(requests, replies)).toMatchObject({ refusal: 'losses_changed' });
    }
    expect(await findStaff(desk.client, desk.history, session.tokenHash)).not.toBeNull();
    expect([await stateOf(desk, alone), desk.mails.length]).toEqual(['OPEN', mailed]);
    expect(await remove(1, 2)).toEqual({ status: 'done' });
  });

  it('counts what goes with it once that stands still: a reply that arrives while it waits is noticed', async () => {
    const member = await addAccount(desk);
    const id = await addRequest(desk, 'Only mine', [member], 1);
    const staff = await staffFor(desk, member);
    const shown = { ...member.shown, requestsAlone: 1, repliesAlone: 1 };
    const outcome = await replyWhileRemoving(desk.client, id, () =>
      deleteAccount(desk, staff, shown),
    );
    expect(outcome).toMatchObject({ refusal: 'losses_changed' });
    expect(await stateOf(desk, id)).toBe('OPEN');
  });
});

it('an owner is told before a removal what stops, by date and number, and of no question', async () => {
  const [member, colleague] = [await addAccount(desk), await addAccount(desk)];
  await addRequest(desk, 'The passwords of the board', [member], 2);
  await addRequest(desk, 'The passwords of the board', [member, colleague], 1);
  const listed = await desk.members.listMembers();
  const losses = listed.find(({ accountId }) => accountId === member.accountId)?.losses;
  expect(losses).toMatchObject({ requests: 2, sealedReplies: 3, alone: [{ sealedReplies: 2 }] });
  expect(JSON.stringify(listed)).not.toContain('board');
});

describe('a second factor that an owner turns off', () => {
  it('asks for no code any more, and its person is told on a page until they say that they saw it', async () => {
    const member = await addAccount(desk);
    await setUpSecondFactor(desk, member);
    const { accountId } = member;
    const acting = await staffFor(desk, owner);
    expect(await resetSecondFactor(desk, acting, { ...owner.shown, accountId })).toEqual({
      status: 'done',
    });
    expect((await signInAs(member.email, member)).status).toBe('signed_in');
    expect((await staffFor(desk, member)).wasSecondFactorReset).toBe(true);
    expect(await desk.client.secondFactorCode.count({ where: { accountId } })).toBe(0);
    await desk.own.acknowledgeReset(accountId);
    expect((await staffFor(desk, member)).wasSecondFactorReset).toBe(false);
  });

  it('is never their own', async () => {
    await setUpSecondFactor(desk, owner);
    const { accountId, shown, proof } = owner;
    const acting = await staffFor(desk, owner);
    expect(await resetSecondFactor(desk, acting, { ...shown, accountId })).toMatchObject({
      refusal: 'second_factor_own',
    });
    expect(await desk.members.resetSecondFactor(proof, accountId)).toBe('not_allowed');
  });
});
