import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  findInvitation,
  insertInvitation,
  inviteMember,
  listInvitations,
  revokeInvitation,
} from '@/lib/accounts/invitations';
import { askToHandOver, changeRole, removeByOwner, setRole } from '@/lib/accounts/members';
import { findAddressee } from '@/lib/accounts/notices';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { findRecovery, lookAtRecovery } from '@/lib/accounts/recovery';
import { askForRecovery, insertLinkByOwner, makeRecoveryLink } from '@/lib/accounts/recovery-links';
import { turnOffSecondFactor } from '@/lib/accounts/second-factor-setup';
import { findStaff } from '@/lib/accounts/sessions';
import { insertInvited } from '@/lib/accounts/sign-up';
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
import { beginWhileWaiting } from '../begin-while-waiting';
import { actWhileDemoted } from './act-while-demoted';

const context = givenAccountContext();
let owner: TestAccount;

beforeEach(async () => {
  await context.database.$executeRaw`TRUNCATE accounts, invitations, requests CASCADE`;
  owner = await addAccount(context, 'OWNER');
});

const owners = () => context.database.account.count({ where: { role: 'OWNER' } });

const hashOfLink = async (link: string) =>
  (await hashOpaqueToken(link.slice(link.lastIndexOf('/') + 1))) ?? new Uint8Array();

async function recoveryLinkOf(maker: TestAccount, member: TestAccount): Promise<string> {
  const staff = await staffOf(context, (await addSession(context, maker)).tokenHash);
  const { accountId } = member;
  const made = await makeRecoveryLink(context, staff, { accountId, ...maker.shown });
  if (made.status !== 'made') throw new Error('No link was made.');
  return made.link;
}

const isUsable = async (link: string) =>
  (await lookAtRecovery(context, link.slice(link.lastIndexOf('/') + 1))) !== null;

describe('the last owner', () => {
  it('can be neither made a member nor removed, not even by themselves', async () => {
    const { accountId, proof } = owner;
    expect(
      await act(context, (transaction) => setRole(transaction, proof, accountId, 'MEMBER')),
    ).toBe('last_owner');
    expect(
      await act(context, (transaction) =>
        removeByOwner(transaction, proof, accountId, NOTHING_ALONE),
      ),
    ).toBe('last_owner');
    expect(await owners()).toBe(1);
  });

  it.each(['changeRole', 'removeMember'] as const)(
    'stays when all owners act on each other by %s at the same moment',
    async (how) => {
      const all = [
        owner,
        ...(await Promise.all([1, 2, 3].map(() => addAccount(context, 'OWNER')))),
      ];
      const pairs = all.flatMap((actor) => all.map((target) => [actor, target] as const));
      await Promise.all(
        pairs.map(([actor, target]) =>
          how === 'changeRole'
            ? act(context, (transaction) =>
                setRole(transaction, actor.proof, target.accountId, 'MEMBER'),
              )
            : act(context, (transaction) =>
                removeByOwner(transaction, actor.proof, target.accountId, NOTHING_ALONE),
              ),
        ),
      );
      expect(await owners()).toBe(1);
    },
  );

  it('can go once there is another one', async () => {
    const heir = await addAccount(context);
    expect(
      await act(context, (transaction) =>
        setRole(transaction, owner.proof, heir.accountId, 'OWNER'),
      ),
    ).toBe('done');
    expect(
      await act(context, (transaction) =>
        removeByOwner(transaction, owner.proof, owner.accountId, NOTHING_ALONE),
      ),
    ).toBe('done');
    expect(await owners()).toBe(1);
  });
});

describe('one who is no owner (any more)', () => {
  it('changes nothing, whatever the session said a moment ago', async () => {
    const member = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, member)).tokenHash);
    const asked = { email: 'new@example.org', role: 'OWNER', ...member.shown } as const;
    expect(
      await act(context, (transaction) =>
        setRole(transaction, member.proof, member.accountId, 'OWNER'),
      ),
    ).toBe('not_allowed');
    expect(
      await act(context, (transaction) =>
        removeByOwner(transaction, member.proof, owner.accountId, NOTHING_ALONE),
      ),
    ).toBe('not_allowed');
    expect(await inviteMember(context, staff, asked)).toMatchObject({ refusal: 'not_allowed' });
    const { accountId } = owner;
    expect(await makeRecoveryLink(context, staff, { accountId, ...member.shown })).toMatchObject({
      refusal: 'not_allowed',
    });
    expect(await listInvitations(context.database)).toEqual([]);
    expect(await context.database.accountRecovery.count()).toBe(0);
  });

  it('changes nothing either when that happens at that moment', async () => {
    const [second, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const staff = await staffOf(context, (await addSession(context, owner)).tokenHash);
    await inviteMember(context, staff, { email: 'new@example.org', role: 'MEMBER' });
    const [invitation] = await listInvitations(context.database);
    const { accountId: actor, proof } = second;
    const newHash = () => randomBytes(32);
    const acts: readonly [outcome: unknown, act: () => Promise<unknown>][] = [
      [
        'not_allowed',
        () => act(context, (transaction) => setRole(transaction, proof, member.accountId, 'OWNER')),
      ],
      [
        'not_allowed',
        () =>
          act(context, (transaction) =>
            removeByOwner(transaction, proof, member.accountId, NOTHING_ALONE),
          ),
      ],
      [
        'not_allowed',
        () =>
          insertInvitation(context.database, proof, {
            tokenHash: newHash(),
            email: 'friend@example.org',
            role: 'OWNER',
          }),
      ],
      [
        { status: 'refused', refusal: 'not_allowed', field: null },
        () => revokeInvitation(context, { accountId: actor }, invitation?.id ?? ''),
      ],
      [
        'not_allowed',
        () => insertLinkByOwner(context.database, proof, member.accountId, newHash()),
      ],
    ];
    for (const [outcome, act] of acts) {
      await context.database.account.update({ where: { id: actor }, data: { role: 'OWNER' } });
      const done = await actWhileDemoted(context.database, actor, act);
      expect.soft(done, String(act)).toEqual(outcome);
    }
    expect(await owners()).toBe(1);
    expect(await context.database.account.count()).toBe(3);
    expect(await listInvitations(context.database)).toEqual([invitation]);
    expect(await context.database.accountRecovery.count()).toBe(0);
  });

  it('has their open invitations withdrawn with the role', async () => {
    const second = await addAccount(context, 'OWNER');
    const staff = await staffOf(context, (await addSession(context, second)).tokenHash);
    await inviteMember(context, staff, {
      email: 'friend@example.org',
      role: 'OWNER',
      ...second.shown,
    });
    expect(await listInvitations(context.database)).toHaveLength(1);
    await act(context, (transaction) =>
      setRole(transaction, owner.proof, second.accountId, 'MEMBER'),
    );
    expect(await listInvitations(context.database)).toEqual([]);
  });

  const goings = [
    [
      'made a member',
      (id: string) =>
        act(context, (transaction) => setRole(transaction, owner.proof, id, 'MEMBER')),
    ],
    [
      'removed',
      (id: string) =>
        act(context, (transaction) => removeByOwner(transaction, owner.proof, id, NOTHING_ALONE)),
    ],
  ] as const;

  it.each(goings)('and is %s has their recovery links ended, and no others', async (_, leave) => {
    const [second, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const theirs = await recoveryLinkOf(second, member);
    const another = await recoveryLinkOf(owner, member);
    askForRecovery(context, member.email);
    await context.finish();
    const asked = context.mails.at(-1) ?? '';
    expect(await isUsable(theirs)).toBe(true);
    expect(await leave(second.accountId)).toBe('done');
    expect(await isUsable(theirs)).toBe(false);
    expect(await isUsable(another)).toBe(true);
    expect(await isUsable(asked)).toBe(true);
  });

  it('keeps the links as long as the role', async () => {
    const [second, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const theirs = await recoveryLinkOf(second, member);
    await act(context, (transaction) =>
      setRole(transaction, owner.proof, second.accountId, 'OWNER'),
    );
    await act(context, (transaction) =>
      setRole(transaction, owner.proof, member.accountId, 'MEMBER'),
    );
    expect(await isUsable(theirs)).toBe(true);
  });

  it.each(goings)('and is %s keeps no link that they make at that moment', async (_, leave) => {
    const [second, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const invitation = { tokenHash: randomBytes(32), email: 'friend@example.org' };
    const [, gone] = await beginWhileWaiting(
      context.database,
      (transaction) =>
        transaction.invitation.create({
          data: { ...invitation, role: 'MEMBER', expiresAt: new Date() },
        }),
      () => insertInvitation(context.database, second.proof, { ...invitation, role: 'OWNER' }),
      () => leave(second.accountId),
    );
    expect(gone).toBe('done');
    expect(await context.database.invitation.count()).toBe(1);
    expect(await listInvitations(context.database)).toEqual([]);

    const third = await addAccount(context, 'OWNER');
    const tokenHash = randomBytes(32);
    await beginWhileWaiting(
      context.database,
      (transaction) =>
        transaction.accountRecovery.create({
          data: { tokenHash, accountId: member.accountId, expiresAt: new Date() },
        }),
      () => insertLinkByOwner(context.database, third.proof, member.accountId, tokenHash),
      () => leave(third.accountId),
    );
    expect(await context.database.accountRecovery.count()).toBe(1);
    expect(await findRecovery(context.database, tokenHash)).toBeNull();
  });
});

it('nobody makes a recovery link for themselves, by the page or by the statement', async () => {
  const { accountId, shown, proof } = owner;
  const staff = await staffFor(context, owner);
  expect(await makeRecoveryLink(context, staff, { accountId, ...shown })).toMatchObject({
    refusal: 'recovery_own',
  });
  expect(await insertLinkByOwner(context.database, proof, accountId, randomBytes(32))).toBe(
    'member_unknown',
  );
  expect(await context.database.accountRecovery.count()).toBe(0);
});

it('an owner whose password is another by now does none of what it was proved for', async () => {
  const member = await addAccount(context);
  const proof = { ...owner.proof, signInHash: 'hash of the password before' };
  const invitation = { tokenHash: randomBytes(32), email: 'friend@example.org' };
  expect([
    await act(context, (transaction) => setRole(transaction, proof, member.accountId, 'OWNER')),
    await act(context, (transaction) =>
      removeByOwner(transaction, proof, member.accountId, NOTHING_ALONE),
    ),
    await insertInvitation(context.database, proof, { ...invitation, role: 'OWNER' }),
    await insertInvitation(
      context.database,
      { accountId: owner.accountId },
      { ...invitation, role: 'OWNER' },
    ),
    await insertLinkByOwner(context.database, proof, member.accountId, randomBytes(32)),
  ]).toEqual(Array.from({ length: 5 }, () => 'not_allowed'));
});

describe('what is so already', () => {
  it('is not changed, and nobody is told that it was', async () => {
    const [other, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
    const staff = await staffFor(context, owner);
    const before = context.mails.length;
    const { shown } = owner;
    for (const [{ accountId }, role] of [
      [member, 'MEMBER'],
      [other, 'OWNER'],
    ] as const) {
      expect(await changeRole(context, staff, { ...shown, accountId, role })).toMatchObject({
        refusal: 'changed_meanwhile',
      });
    }
    expect(await turnOffSecondFactor(context, staff, shown)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
    expect(context.mails.slice(before)).toEqual([]);
  });
});

it('somebody is asked to hand over once a day, by however many owners at once', async () => {
  const owners = [owner, await addAccount(context, 'OWNER')];
  const staff = await Promise.all(owners.map((one) => staffFor(context, one)));
  const { accountId, email } = await addAccount(context);
  const asking = Array.from({ length: 12 }, () => staff).flat();
  const ask = () => Promise.all(asking.map((one) => askToHandOver(context, one, accountId)));
  const heard = () => context.mails.filter((mail) => mail === `hand_over_asked ${email}`).length;
  await ask();
  expect(heard()).toBe(1);
  await context.database.$executeRaw`
    UPDATE accounts SET hand_over_asked_at = hand_over_asked_at - interval '25 hours'`;
  await ask();
  expect(heard()).toBe(2);
  const member = await staffFor(context, await addAccount(context));
  expect(await askToHandOver(context, member, accountId)).toMatchObject({ refusal: 'not_allowed' });
});

describe('removing a member', () => {
  it('ends their sessions and seals, and closes requests that nobody else reads', async () => {
    const [member, colleague] = [await addAccount(context), await addAccount(context)];
    const session = await addSession(context, member);
    const alone = await addRequest(context, 'alone', [member], 1);
    const shared = await addRequest(context, 'shared', [member, colleague], 1);
    const told = { requestsAlone: 1, repliesAlone: 1 };
    expect(
      await act(context, (transaction) =>
        removeByOwner(transaction, owner.proof, member.accountId, told),
      ),
    ).toBe('done');
    expect(await findStaff(context.database, context.history, session.tokenHash)).toBeNull();
    expect(await stateOf(context, alone)).toBe('ENDED');
    expect(await stateOf(context, shared)).toBe('OPEN');
    const readers = await context.database.requestReader.findMany({ select: { accountId: true } });
    expect(readers).toEqual([{ accountId: colleague.accountId }]);
  });

  it('is refused where it is about more, or less, than its doer was told, and then not at all done', async () => {
    const [member, colleague] = [await addAccount(context), await addAccount(context)];
    const alone = await addRequest(context, 'alone', [member], 2);
    await addRequest(context, 'shared', [member, colleague], 3);
    const { accountId } = member;
    const remove = (requestsAlone: number, repliesAlone: number) =>
      act(context, (transaction) =>
        removeByOwner(transaction, owner.proof, accountId, { requestsAlone, repliesAlone }),
      );
    for (const [requests, replies] of [
      [0, 0],
      [1, 1],
      [1, 3],
      [2, 2],
      [2, 5],
    ] as const) {
      expect(await remove(requests, replies)).toBe('losses_changed');
    }
    expect(await findAddressee(context.database, accountId)).not.toBeNull();
    expect(await stateOf(context, alone)).toBe('OPEN');
    const stranger = { ...owner.proof, signInHash: 'another' };
    expect(
      await act(context, (transaction) =>
        removeByOwner(transaction, stranger, accountId, NOTHING_ALONE),
      ),
      'whoever may not remove it learns nothing of it',
    ).toBe('not_allowed');
    expect(await remove(1, 2)).toBe('done');
  });

  it('counts what goes with it once that stands still: a reply that arrives while it waits is noticed', async () => {
    const member = await addAccount(context);
    const id = await addRequest(context, 'alone', [member], 1);
    const told = { requestsAlone: 1, repliesAlone: 1 };
    const removed = await replyWhileRemoving(context.database, id, () =>
      act(context, (transaction) =>
        removeByOwner(transaction, owner.proof, member.accountId, told),
      ),
    );
    expect(removed).toBe('losses_changed');
    expect(await stateOf(context, id)).toBe('OPEN');
  });

  it('tells of one who is not there', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(
      await act(context, (transaction) =>
        removeByOwner(transaction, owner.proof, nobody, NOTHING_ALONE),
      ),
    ).toBe('member_unknown');
    expect(
      await act(context, (transaction) => setRole(transaction, owner.proof, nobody, 'OWNER')),
    ).toBe('member_unknown');
  });
});

describe('an invitation', () => {
  const ask = async (email: string) => {
    const staff = await staffOf(context, (await addSession(context, owner)).tokenHash);
    return inviteMember(context, staff, { email, role: 'MEMBER' });
  };

  it('is one link for an address: the newest', async () => {
    const first = await ask('new@example.org');
    const second = await ask('new@example.org');
    if (first.status !== 'made' || second.status !== 'made') throw new Error('No link was made.');
    expect(await findInvitation(context.database, await hashOfLink(first.link))).toBeNull();
    expect(await findInvitation(context.database, await hashOfLink(second.link))).toMatchObject({
      email: 'new@example.org',
      role: 'MEMBER',
    });
    expect(context.mails).toContain(`invitation new@example.org ${second.link}`);
  });

  it('is not made for an address that has an account', async () => {
    const { email } = await addAccount(context);
    expect(await ask(email)).toMatchObject({ refusal: 'email_taken', field: 'email' });
  });

  it('can’t be used once it is withdrawn', async () => {
    const made = await ask('new@example.org');
    if (made.status !== 'made') throw new Error('No link was made.');
    const [open] = await listInvitations(context.database);
    const hash = await hashOfLink(made.link);
    const member = await addAccount(context);
    expect(await revokeInvitation(context, member, open?.id ?? '')).toMatchObject({
      refusal: 'not_allowed',
    });
    expect(
      await findInvitation(context.database, hash),
      'a member withdraws nothing',
    ).not.toBeNull();
    expect(await revokeInvitation(context, owner, open?.id ?? '')).toEqual({ status: 'done' });
    expect(await findInvitation(context.database, hash)).toBeNull();
    expect(
      await act(context, (transaction) =>
        insertInvited(transaction, hash, {
          name: 'Late',
          passwordSalt: randomBytes(16),
          signInHash: 'hash',
          vault: {
            publicKey: randomBytes(1216),
            seedByPassword: randomBytes(60),
            seedByRecovery: randomBytes(60),
          },
        }),
      ),
    ).toBe('invitation_unknown');
  });
});
