import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changePassword, changeRecoveryCode } from '@/lib/accounts/change-password';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import type { AccountDesk } from '@/lib/accounts/ports';
import { signIn } from '@/lib/accounts/sign-in';
import { findStaff } from '@/lib/server/account-store/find-staff';
import { beginWhileWaiting } from '../begin-while-waiting';
import {
  addAccount,
  addSession,
  givenAccountDesk,
  staffOf,
  type TestAccount,
} from './account-desk';

const desk = givenAccountDesk();

const newPasswordOf = ({ signInKey, vaultPublicKey }: TestAccount, next = randomBytes(32)) => ({
  currentSignInKey: signInKey,
  salt: randomBytes(16),
  signInKey: next,
  vaultPublicKey,
  vaultSeedByPassword: randomBytes(60),
});

const isSignedIn = async ({ tokenHash }: { tokenHash: Uint8Array }) =>
  (await findStaff(desk.client, desk.history, tokenHash)) !== null;

describe('changing the password', () => {
  it('ends every other session at the next request, and keeps this one under another token, so that a copied cookie is out', async () => {
    const account = await addAccount(desk);
    const other = await addSession(desk, account);
    const own = await addSession(desk, account);
    const staff = await staffOf(desk, own.tokenHash);
    const changed = await changePassword(desk, staff, newPasswordOf(account));
    if (changed.status === 'refused') throw new Error('It was not changed.');
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(own)).toBe(false);
    const renewed = await hashOpaqueToken(changed.sessionToken ?? '');
    expect((await staffOf(desk, renewed ?? new Uint8Array())).sessionId).toBe(own.sessionId);
    expect(desk.mails).toContain(`password changed ${account.email}`);
  });

  it('leaves everything as it was for a wrong current password', async () => {
    const account = await addAccount(desk);
    const other = await addSession(desk, account);
    const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
    const wrong = { ...newPasswordOf(account), currentSignInKey: randomBytes(32) };
    expect(await changePassword(desk, staff, wrong)).toMatchObject({ refusal: 'password_wrong' });
    expect(await isSignedIn(other)).toBe(true);
    expect(desk.mails).not.toContain(`password changed ${account.email}`);
  });

  it('holds once of any number of changes from one password at the same moment', async () => {
    const account = await addAccount(desk);
    const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => changePassword(desk, staff, newPasswordOf(account))),
    );
    expect(results.filter(({ status }) => status === 'done')).toHaveLength(1);
  });

  it('leaves no session of the old password, also of one that signed in at the same moment', async () => {
    const account = await addAccount(desk);
    const { email, signInKey } = account;
    const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
    const signIns = Array.from({ length: 40 }, () =>
      signIn(desk, { email, signInKey, code: '', device: '', replaces: null }),
    );
    const changed = await changePassword(desk, staff, newPasswordOf(account));
    await Promise.all(signIns);
    expect(changed.status).toBe('done');
    const left = await desk.own.listSessions(account.accountId);
    expect(left.map(({ id }) => id)).toEqual([staff.sessionId]);
  });

  it('waits in no circle with the end of a role that ends the same links', async () => {
    const [owner, maker] = [await addAccount(desk, 'OWNER'), await addAccount(desk, 'OWNER')];
    const account = await addAccount(desk);
    const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
    // Stored in another order than that of their ids.
    const links = [3, 2, 1].map((digit) => `00000000-0000-4000-8000-00000000000${String(digit)}`);
    for (const id of links) {
      const [accountId, madeById] = [account.accountId, maker.accountId];
      const expiresAt = new Date(Date.now() + 60_000);
      const data = { id, accountId, madeById, tokenHash: randomBytes(32), expiresAt };
      await desk.client.accountRecovery.create({ data });
    }
    const outcomes = await beginWhileWaiting(
      desk.client,
      (transaction) =>
        transaction.$queryRaw`SELECT 1 FROM account_recoveries WHERE id = ${links[1]}::uuid FOR UPDATE`,
      () => changePassword(desk, staff, newPasswordOf(account)),
      () => desk.members.changeRole(owner.proof, maker.accountId, 'MEMBER'),
    );
    expect(outcomes).toMatchObject([{ status: 'done' }, 'done']);
  });

  it('is not made by a session that ended while its passwords waited for their turns', async () => {
    const turns = [1, 2];
    for (const endsAt of turns) {
      const account = await addAccount(desk);
      const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
      let turn = 0;
      const inTurn: AccountDesk['withStretchingRoom'] = async (work) => {
        turn += 1;
        if (turn === endsAt) await desk.own.endOwnSession(account.accountId, staff.sessionId);
        return work();
      };
      const late = { ...desk, withStretchingRoom: inTurn };
      expect(await changePassword(late, staff, newPasswordOf(account))).toMatchObject({
        refusal: endsAt === 1 ? 'sign_in_required' : 'changed_meanwhile',
      });
      expect(await desk.own.findSignInHash(account.accountId)).toBe(account.proof.signInHash);
    }
  });

  it('is for the vault that was wrapped anew, and no other', async () => {
    const account = await addAccount(desk);
    const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
    const other = { ...newPasswordOf(account), vaultPublicKey: randomBytes(1216) };
    expect(await changePassword(desk, staff, other)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
    const recovery = { signInKey: account.signInKey, vaultSeedByRecovery: randomBytes(60) };
    expect(
      await changeRecoveryCode(desk, staff, {
        ...recovery,
        vaultPublicKey: randomBytes(1216),
      }),
    ).toMatchObject({ refusal: 'changed_meanwhile' });
    expect(
      await changeRecoveryCode(desk, staff, {
        ...recovery,
        vaultPublicKey: account.vaultPublicKey,
      }),
    ).toEqual({ status: 'done' });
  });

  it('ends recovery links that are on their way', async () => {
    const account = await addAccount(desk);
    const staff = await staffOf(desk, (await addSession(desk, account)).tokenHash);
    const tokenHash = randomBytes(32);
    await desk.recovery.createForEmail(account.email, tokenHash);
    await changePassword(desk, staff, newPasswordOf(account));
    expect(await desk.recovery.find(tokenHash)).toBeNull();
  });
});

describe('signing in', () => {
  it('ends the session that the browser had until now, whoever’s it was, and no other', async () => {
    const [account, stranger] = [await addAccount(desk), await addAccount(desk)];
    const [theirs, other] = [await addSession(desk, stranger), await addSession(desk, account)];
    const { email, signInKey } = account;
    const given = { email, code: '', device: '', replaces: theirs.tokenHash };
    const wrong = { ...given, signInKey: randomBytes(32) };
    expect((await signIn(desk, wrong)).status).toBe('refused');
    expect(await isSignedIn(theirs), 'a wrong password ends nothing').toBe(true);
    expect((await signIn(desk, { ...given, signInKey })).status).toBe('signed_in');
    expect(await isSignedIn(theirs)).toBe(false);
    expect(await isSignedIn(other)).toBe(true);
    expect(await desk.own.listSessions(account.accountId)).toHaveLength(2);
  });
});

describe('one’s own sessions', () => {
  it('are listed without those that have ended, and of nobody else', async () => {
    const [account, stranger] = [await addAccount(desk), await addAccount(desk)];
    const own = await addSession(desk, account);
    const ended = await addSession(desk, account);
    await addSession(desk, stranger);
    await desk.client.session.update({
      where: { id: ended.sessionId },
      data: { expiresAt: new Date(0) },
    });
    const listed = await desk.own.listSessions(account.accountId);
    expect(listed).toMatchObject([{ id: own.sessionId, device: 'Firefox on Linux' }]);
  });

  it('end one by one or all but this one, and never those of somebody else', async () => {
    const [account, stranger] = [await addAccount(desk), await addAccount(desk)];
    const own = await addSession(desk, account);
    const others = [await addSession(desk, account), await addSession(desk, account)];
    const foreign = await addSession(desk, stranger);

    await desk.own.endOwnSession(account.accountId, foreign.sessionId);
    await desk.own.endOwnSession(account.accountId, others[0]?.sessionId ?? '');
    expect(await isSignedIn(foreign)).toBe(true);
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, true]);

    await desk.own.endOtherSessions(account.accountId, own.sessionId);
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false]);
    expect(await isSignedIn(own)).toBe(true);
    expect(await isSignedIn(foreign)).toBe(true);
  });
});
