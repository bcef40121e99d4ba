import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { inviteMember } from '@/lib/accounts/invite-member';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { askToHandOver, changeRole } from '@/lib/accounts/manage-members';
import { turnOffSecondFactor } from '@/lib/accounts/second-factor-setup';
import { askForRecovery, lookAtRecovery, makeRecoveryLink } from '@/lib/accounts/recover-account';
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
import { findStaff } from '@/lib/server/account-store/find-staff';
import { NOTHING_ALONE, replyWhileRemoving } from './remove-as-told';
import { beginWhileWaiting } from '../begin-while-waiting';
import { actWhileDemoted } from './act-while-demoted';

const desk = givenAccountDesk();
let owner: TestAccount;

beforeEach(async () => {
  await desk.client.$executeRaw`TRUNCATE accounts, invitations, requests CASCADE`;
  owner = await addAccount(desk, 'OWNER');
});

const owners = () => desk.client.account.count({ where: { role: 'OWNER' } });

const hashOfLink = async (link: string) =>
  (await hashOpaqueToken(link.slice(link.lastIndexOf('/') + 1))) ?? new Uint8Array();

async function recoveryLinkOf(maker: TestAccount, member: TestAccount): Promise<string> {
  const staff = await staffOf(desk, (await addSession(desk, maker)).tokenHash);
  const { accountId } = member;
  const made = await makeRecoveryLink(desk, staff, { accountId, ...maker.shown });
  if (made.status !== 'made') throw new Error('No link was made.');
  return made.link;
}

const isUsable = async (link: string) =>
  (await lookAtRecovery(desk, link.slice(link.lastIndexOf('/') + 1))) !== null;

describe('the last owner', () => {
  it('can be neither made a member nor removed, not even by themselves', async () => {
    const { accountId, proof } = owner;
    expect(await desk.members.changeRole(proof, accountId, 'MEMBER')).toBe('last_owner');
    expect(await desk.members.removeMember(proof, accountId, NOTHING_ALONE)).toBe('last_owner');
    expect(await owners()).toBe(1);
  });

  it.each(['changeRole', 'removeMember'] as const)(
    'stays when all owners act on each other by %s at the same moment',
    async (act) => {
      const all = [owner, ...(await Promise.all([1, 2, 3].map(() => addAccount(desk, 'OWNER'))))];
      const pairs = all.flatMap((actor) => all.map((target) => [actor, target] as const));
      await Promise.all(
        pairs.map(([actor, target]) =>
          act === 'changeRole'
            ? desk.members.changeRole(actor.proof, target.accountId, 'MEMBER')
            : desk.members.removeMember(actor.proof, target.accountId, NOTHING_ALONE),
        ),
      );
      expect(await owners()).toBe(1);
    },
  );

  it('can go once there is another one', async () => {
    const heir = await addAccount(desk);
    expect(await desk.members.changeRole(owner.proof, heir.accountId, 'OWNER')).toBe('done');
    expect(await desk.members.removeMember(owner.proof, owner.accountId, NOTHING_ALONE)).toBe(
      'done',
    );
    expect(await owners()).toBe(1);
  });
});

describe('one who is no owner (any more)', () => {
  it('changes nothing, whatever the session said a moment ago', async () => {
    const member = await addAccount(desk);
    const staff = await staffOf(desk, (await addSession(desk, member)).tokenHash);
    const asked = { email: 'new@example.org', role: 'OWNER', ...member.shown } as const;
    expect(await desk.members.changeRole(member.proof, member.accountId, 'OWNER')).toBe(
      'not_allowed',
    );
    expect(await desk.members.removeMember(member.proof, owner.accountId, NOTHING_ALONE)).toBe(
      'not_allowed',
    );
    expect(await inviteMember(desk, staff, asked)).toMatchObject({ refusal: 'not_allowed' });
    const { accountId } = owner;
    expect(await makeRecoveryLink(desk, staff, { accountId, ...member.shown })).toMatchObject({
      refusal: 'not_allowed',
    });
    expect(await desk.members.listInvitations()).toEqual([]);
    expect(await desk.client.accountRecovery.count()).toBe(0);
  });

  it('changes nothing either when that happens at that moment', async () => {
    const [second, member] = [await addAccount(desk, 'OWNER'), await addAccount(desk)];
    const staff = await staffOf(desk, (await addSession(desk, owner)).tokenHash);
    await inviteMember(desk, staff, { email: 'new@example.org', role: 'MEMBER' });
    const [invitation] = await desk.members.listInvitations();
    const { accountId: actor, proof } = second;
    const newHash = () => randomBytes(32);
    const acts: readonly [outcome: unknown, act: () => Promise<unknown>][] = [
      ['not_allowed', () => desk.members.changeRole(proof, member.accountId, 'OWNER')],
      ['not_allowed', () => desk.members.removeMember(proof, member.accountId, NOTHING_ALONE)],
      [
        'not_allowed',
        () =>
          desk.members.createInvitation(proof, {
            tokenHash: newHash(),
            email: 'friend@example.org',
            role: 'OWNER',
          }),
      ],
      [false, () => desk.members.revokeInvitation(actor, invitation?.id ?? '')],
      ['not_allowed', () => desk.recovery.createForMember(proof, member.accountId, newHash())],
    ];
    for (const [outcome, act] of acts) {
      await desk.client.account.update({ where: { id: actor }, data: { role: 'OWNER' } });
      expect.soft(await actWhileDemoted(desk.client, actor, act), String(act)).toBe(outcome);
    }
    expect(await owners()).toBe(1);
    expect(await desk.client.account.count()).toBe(3);
    expect(await desk.members.listInvitations()).toEqual([invitation]);
    expect(await desk.client.accountRecovery.count()).toBe(0);
  });

  it('has their open invitations withdrawn with the role', async () => {
    const second = await addAccount(desk, 'OWNER');
    const staff = await staffOf(desk, (await addSession(desk, second)).tokenHash);
    await inviteMember(desk, staff, {
      email: 'friend@example.org',
      role: 'OWNER',
      ...second.shown,
    });
    expect(await desk.members.listInvitations()).toHaveLength(1);
    await desk.members.changeRole(owner.proof, second.accountId, 'MEMBER');
    expect(await desk.members.listInvitations()).toEqual([]);
  });

  const goings = [
    ['made a member', (id: string) => desk.members.changeRole(owner.proof, id, 'MEMBER')],
    ['removed', (id: string) => desk.members.removeMember(owner.proof, id, NOTHING_ALONE)],
  ] as const;

  it.each(goings)('and is %s has their recovery links ended, and no others', async (_, leave) => {
    const [second, member] = [await addAccount(desk, 'OWNER'), await addAccount(desk)];
    const theirs = await recoveryLinkOf(second, member);
    const another = await recoveryLinkOf(owner, member);
    askForRecovery(desk, member.email);
    await desk.finish();
    const asked = desk.mails.at(-1) ?? '';
    expect(await isUsable(theirs)).toBe(true);
    expect(await leave(second.accountId)).toBe('done');
    expect(await isUsable(theirs)).toBe(false);
    expect(await isUsable(another)).toBe(true);
    expect(await isUsable(asked)).toBe(true);
  });

  it('keeps the links as long as the role', async () => {
    const [second, member] = [await addAccount(desk, 'OWNER'), await addAccount(desk)];
    const theirs = await recoveryLinkOf(second, member);
    await desk.members.changeRole(owner.proof, second.accountId, 'OWNER');
    await desk.members.changeRole(owner.proof, member.accountId, 'MEMBER');
    expect(await isUsable(theirs)).toBe(true);
  });

  it.each(goings)('and is %s keeps no link that they make at that moment', async (_, leave) => {
    const [second, member] = [await addAccount(desk, 'OWNER'), await addAccount(desk)];
    const invitation = { tokenHash: randomBytes(32), email: 'friend@example.org' };
    const [, gone] = await beginWhileWaiting(
      desk.client,
      (transaction) =>
        transaction.invitation.create({
          data: { ...invitation, role: 'MEMBER', expiresAt: new Date() },
        }),
      () => desk.members.createInvitation(second.proof, { ...invitation, role: 'OWNER' }),
      () => leave(second.accountId),
    );
    expect(gone).toBe('done');
    expect(await desk.client.invitation.count()).toBe(1);
    expect(await desk.members.listInvitations()).toEqual([]);

    const third = await addAccount(desk, 'OWNER');
    const tokenHash = randomBytes(32);
    await beginWhileWaiting(
      desk.client,
      (transaction) =>
        transaction.accountRecovery.create({
          data: { tokenHash, accountId: member.accountId, expiresAt: new Date() },
        }),
      () => desk.recovery.createForMember(third.proof, member.accountId, tokenHash),
      () => leave(third.accountId),
    );
    expect(await desk.client.accountRecovery.count()).toBe(1);
    expect(await desk.recovery.find(tokenHash)).toBeNull();
  });
});

it('nobody makes a recovery link for themselves, by the page or by the statement', async () => {
  const { accountId, shown, proof } = owner;
  const staff = await staffFor(desk, owner);
  expect(await makeRecoveryLink(desk, staff, { accountId, ...shown })).toMatchObject({
    refusal: 'recovery_own',
  });
  expect(await desk.recovery.createForMember(proof, accountId, randomBytes(32))).toBe(
    'member_unknown',
  );
  expect(await desk.client.accountRecovery.count()).toBe(0);
});

it('an owner whose password is another by now does none of what it was proved for', async () => {
  const member = await addAccount(desk);
  const proof = { ...owner.proof, signInHash: 'hash of the password before' };
  const invitation = { tokenHash: randomBytes(32), email: 'friend@example.org' };
  expect([
    await desk.members.changeRole(proof, member.accountId, 'OWNER'),
    await desk.members.removeMember(proof, member.accountId, NOTHING_ALONE),
    await desk.members.createInvitation(proof, { ...invitation, role: 'OWNER' }),
    await desk.members.createInvitation(
      { accountId: owner.accountId },
      { ...invitation, role: 'OWNER' },
    ),
    await desk.recovery.createForMember(proof, member.accountId, randomBytes(32)),
  ]).toEqual(Array.from({ length: 5 }, () => 'not_allowed'));
});

describe('what is so already', () => {
  it('is not changed, and nobody is told that it was', async () => {
    const [other, member] = [await addAccount(desk, 'OWNER'), await addAccount(desk)];
    const staff = await staffFor(desk, owner);
    const before = desk.mails.length;
    const { shown } = owner;
    for (const [{ accountId }, role] of [
      [member, 'MEMBER'],
      [other, 'OWNER'],
    ] as const) {
      expect(await changeRole(desk, staff, { ...shown, accountId, role })).toMatchObject({
        refusal: 'changed_meanwhile',
      });
    }
    expect(await turnOffSecondFactor(desk, staff, shown)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
    expect(desk.mails.slice(before)).toEqual([]);
  });
});

it('somebody is asked to hand over once a day, by however many owners at once', async () => {
  const owners = [owner, await addAccount(desk, 'OWNER')];
  const staff = await Promise.all(owners.map((one) => staffFor(desk, one)));
  const { accountId, email } = await addAccount(desk);
  const asking = Array.from({ length: 12 }, () => staff).flat();
  const ask = () => Promise.all(asking.map((one) => askToHandOver(desk, one, accountId)));
  const heard = () => desk.mails.filter((mail) => mail === `hand_over_asked ${email}`).length;
  await ask();
  expect(heard()).toBe(1);
  await desk.client.$executeRaw`
    UPDATE accounts SET hand_over_asked_at = hand_over_asked_at - interval '25 hours'`;
  await ask();
  expect(heard()).toBe(2);
  const member = await staffFor(desk, await addAccount(desk));
  expect(await askToHandOver(desk, member, accountId)).toMatchObject({ refusal: 'not_allowed' });
});

describe('removing a member', () => {
  it('ends their sessions and seals, and closes requests that nobody else reads', async () => {
    const [member, colleague] = [await addAccount(desk), await addAccount(desk)];
    const session = await addSession(desk, member);
    const alone = await addRequest(desk, 'alone', [member], 1);
    const shared = await addRequest(desk, 'shared', [member, colleague], 1);
    const told = { requestsAlone: 1, repliesAlone: 1 };
    expect(await desk.members.removeMember(owner.proof, member.accountId, told)).toBe('done');
    expect(await findStaff(desk.client, desk.history, session.tokenHash)).toBeNull();
    expect(await stateOf(desk, alone)).toBe('ENDED');
    expect(await stateOf(desk, shared)).toBe('OPEN');
    const readers = await desk.client.requestReader.findMany({ select: { accountId: true } });
    expect(readers).toEqual([{ accountId: colleague.accountId }]);
  });

  it('is refused where it is about more, or less, than its doer was told, and then not at all done', async () => {
    const [member, colleague] = [await addAccount(desk), await addAccount(desk)];
    const alone = await addRequest(desk, 'alone', [member], 2);
    await addRequest(desk, 'shared', [member, colleague], 3);
    const { accountId } = member;
    const remove = (requestsAlone: number, repliesAlone: number) =>
      desk.members.removeMember(owner.proof, accountId, { requestsAlone, repliesAlone });
    for (const [requests, replies] of [
      [0, 0],
      [1, 1],
      [1, 3],
      [2, 2],
      [2, 5],
    ] as const) {
      expect(await remove(requests, replies)).toBe('losses_changed');
    }
    expect(await desk.members.findAddressee(accountId)).not.toBeNull();
    expect(await stateOf(desk, alone)).toBe('OPEN');
    const stranger = { ...owner.proof, signInHash: 'another' };
    expect(
      await desk.members.removeMember(stranger, accountId, NOTHING_ALONE),
      'whoever may not remove it learns nothing of it',
    ).toBe('not_allowed');
    expect(await remove(1, 2)).toBe('done');
  });

  it('counts what goes with it once that stands still: a reply that arrives while it waits is noticed', async () => {
    const member = await addAccount(desk);
    const id = await addRequest(desk, 'alone', [member], 1);
    const told = { requestsAlone: 1, repliesAlone: 1 };
    const removed = await replyWhileRemoving(desk.client, id, () =>
      desk.members.removeMember(owner.proof, member.accountId, told),
    );
    expect(removed).toBe('losses_changed');
    expect(await stateOf(desk, id)).toBe('OPEN');
  });

  it('tells of one who is not there', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await desk.members.removeMember(owner.proof, nobody, NOTHING_ALONE)).toBe(
      'member_unknown',
    );
    expect(await desk.members.changeRole(owner.proof, nobody, 'OWNER')).toBe('member_unknown');
  });
});

describe('an invitation', () => {
  const ask = async (email: string) => {
    const staff = await staffOf(desk, (await addSession(desk, owner)).tokenHash);
    return inviteMember(desk, staff, { email, role: 'MEMBER' });
  };

  it('is one link for an address: the newest', async () => {
    const first = await ask('new@example.org');
    const second = await ask('new@example.org');
    if (first.status !== 'made' || second.status !== 'made') throw new Error('No link was made.');
    expect(await desk.store.findInvitation(await hashOfLink(first.link))).toBeNull();
    expect(await desk.store.findInvitation(await hashOfLink(second.link))).toMatchObject({
      email: 'new@example.org',
      role: 'MEMBER',
    });
    expect(desk.mails).toContain(`invitation new@example.org ${second.link}`);
  });

  it('is not made for an address that has an account', async () => {
    const { email } = await addAccount(desk);
    expect(await ask(email)).toMatchObject({ refusal: 'email_taken', field: 'email' });
  });

  it('can’t be used once it is withdrawn', async () => {
    const made = await ask('new@example.org');
    if (made.status !== 'made') throw new Error('No link was made.');
    const [open] = await desk.members.listInvitations();
    const hash = await hashOfLink(made.link);
    const { accountId } = await addAccount(desk);
    expect(await desk.members.revokeInvitation(accountId, open?.id ?? '')).toBe(false);
    expect(await desk.store.findInvitation(hash), 'a member withdraws nothing').not.toBeNull();
    expect(await desk.members.revokeInvitation(owner.accountId, open?.id ?? '')).toBe(true);
    expect(await desk.store.findInvitation(hash)).toBeNull();
    expect(
      await desk.store.createInvited(hash, {
        name: 'Late',
        passwordSalt: randomBytes(16),
        signInHash: 'hash',
        vault: {
          publicKey: randomBytes(1216),
          seedByPassword: randomBytes(60),
          seedByRecovery: randomBytes(60),
        },
      }),
    ).toBe('invitation_unknown');
  });
});
