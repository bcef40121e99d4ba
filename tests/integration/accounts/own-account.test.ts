import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { setRole } from '@/lib/accounts/members';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { changePassword, changeRecoveryCode } from '@/lib/accounts/own-account';
import { findRecovery } from '@/lib/accounts/recovery';
import { insertLinkByEmail } from '@/lib/accounts/recovery-links';
import { endOtherSessions, endSession, findStaff, listSessions } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import type { Context } from '@/lib/server/context';
import { beginWhileWaiting } from '../begin-while-waiting';
import {
  signInHashOf,
  act,
  addAccount,
  addSession,
  givenAccountContext,
  staffOf,
  type TestAccount,
} from './account-context';

const context = givenAccountContext();

const newPasswordOf = ({ signInKey, vaultPublicKey }: TestAccount, next = randomBytes(32)) => ({
  currentSignInKey: signInKey,
  salt: randomBytes(16),
  signInKey: next,
  vaultPublicKey,
  vaultSeedByPassword: randomBytes(60),
});

const isSignedIn = async ({ tokenHash }: { tokenHash: Uint8Array }) =>
  (await findStaff(context.database, context.history, tokenHash)) !== null;

describe('changing the password', () => {
  it('ends every other session at the next request, and keeps this one under another token, so that a copied cookie is out', async () => {
    const account = await addAccount(context);
    const other = await addSession(context, account);
    const own = await addSession(context, account);
    const staff = await staffOf(context, own.tokenHash);
    const changed = await changePassword(context, staff, newPasswordOf(account));
    if (changed.status === 'refused') throw new Error('It was not changed.');
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(own)).toBe(false);
    const renewed = await hashOpaqueToken(changed.sessionToken ?? '');
    expect((await staffOf(context, renewed ?? new Uint8Array())).sessionId).toBe(own.sessionId);
    expect(context.mails).toContain(`password changed ${account.email}`);
  });

  it('leaves everything as it was for a wrong current password', async () => {
    const account = await addAccount(context);
    const other = await addSession(context, account);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    const wrong = { ...newPasswordOf(account), currentSignInKey: randomBytes(32) };
    expect(await changePassword(context, staff, wrong)).toMatchObject({
      refusal: 'password_wrong',
    });
    expect(await isSignedIn(other)).toBe(true);
    expect(context.mails).not.toContain(`password changed ${account.email}`);
  });

  it('holds once of any number of changes from one password at the same moment', async () => {
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => changePassword(context, staff, newPasswordOf(account))),
    );
    expect(results.filter(({ status }) => status === 'done')).toHaveLength(1);
  });

  it('leaves no session of the old password, also of one that signed in at the same moment', async () => {
    const account = await addAccount(context);
    const { email, signInKey } = account;
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    const signIns = Array.from({ length: 40 }, () =>
      signIn(context, { email, signInKey, code: '', device: '', replaces: null }),
    );
    const changed = await changePassword(context, staff, newPasswordOf(account));
    await Promise.all(signIns);
    expect(changed.status).toBe('done');
    const left = await listSessions(context.database, account.accountId);
    expect(left.map(({ id }) => id)).toEqual([staff.sessionId]);
  });

  it('waits in no circle with the end of a role that ends the same links', async () => {
    const [owner, maker] = [await addAccount(context, 'OWNER'), await addAccount(context, 'OWNER')];
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    // Stored in another order than that of their ids.
    const links = [3, 2, 1].map((digit) => `00000000-0000-4000-8000-00000000000${String(digit)}`);
    for (const id of links) {
      const [accountId, madeById] = [account.accountId, maker.accountId];
      const expiresAt = new Date(Date.now() + 60_000);
      const data = { id, accountId, madeById, tokenHash: randomBytes(32), expiresAt };
      await context.database.accountRecovery.create({ data });
    }
    const outcomes = await beginWhileWaiting(
      context.database,
      (transaction) =>
        transaction.$queryRaw`SELECT 1 FROM account_recoveries WHERE id = ${links[1]}::uuid FOR UPDATE`,
      () => changePassword(context, staff, newPasswordOf(account)),
      () =>
        act(context, (transaction) => setRole(transaction, owner.proof, maker.accountId, 'MEMBER')),
    );
    expect(outcomes).toMatchObject([{ status: 'done' }, 'done']);
  });

  it('is not made by a session that ended while its passwords waited for their turns', async () => {
    const turns = [1, 2];
    for (const endsAt of turns) {
      const account = await addAccount(context);
      const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
      let turn = 0;
      const inTurn: Context['withStretchingRoom'] = async (_room, work) => {
        turn += 1;
        if (turn === endsAt)
          await endSession(context, { accountId: account.accountId }, staff.sessionId);
        return work();
      };
      const late = { ...context, withStretchingRoom: inTurn };
      expect(await changePassword(late, staff, newPasswordOf(account))).toMatchObject({
        refusal: endsAt === 1 ? 'sign_in_required' : 'changed_meanwhile',
      });
      expect(await signInHashOf(context, account.accountId)).toBe(account.proof.signInHash);
    }
  });

  it('is for the vault that was wrapped anew, and no other', async () => {
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    const other = { ...newPasswordOf(account), vaultPublicKey: randomBytes(1216) };
    expect(await changePassword(context, staff, other)).toMatchObject({
      refusal: 'changed_meanwhile',
    });
    const recovery = { signInKey: account.signInKey, vaultSeedByRecovery: randomBytes(60) };
    expect(
      await changeRecoveryCode(context, staff, {
        ...recovery,
        vaultPublicKey: randomBytes(1216),
      }),
    ).toMatchObject({ refusal: 'changed_meanwhile' });
    expect(
      await changeRecoveryCode(context, staff, {
        ...recovery,
        vaultPublicKey: account.vaultPublicKey,
      }),
    ).toEqual({ status: 'done' });
  });

  it('ends recovery links that are on their way', async () => {
    const account = await addAccount(context);
    const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
    const tokenHash = randomBytes(32);
    await act(context, (transaction) => insertLinkByEmail(transaction, account.email, tokenHash));
    await changePassword(context, staff, newPasswordOf(account));
    expect(await findRecovery(context.database, tokenHash)).toBeNull();
  });
});

describe('signing in', () => {
  it('ends the session that the browser had until now, whoever’s it was, and no other', async () => {
    const [account, stranger] = [await addAccount(context), await addAccount(context)];
    const [theirs, other] = [
      await addSession(context, stranger),
      await addSession(context, account),
    ];
    const { email, signInKey } = account;
    const given = { email, code: '', device: '', replaces: theirs.tokenHash };
    const wrong = { ...given, signInKey: randomBytes(32) };
    expect((await signIn(context, wrong)).status).toBe('refused');
    expect(await isSignedIn(theirs), 'a wrong password ends nothing').toBe(true);
    expect((await signIn(context, { ...given, signInKey })).status).toBe('signed_in');
    expect(await isSignedIn(theirs)).toBe(false);
    expect(await isSignedIn(other)).toBe(true);
    expect(await listSessions(context.database, account.accountId)).toHaveLength(2);
  });
});

describe('one’s own sessions', () => {
  it('are listed without those that have ended, and of nobody else', async () => {
    const [account, stranger] = [await addAccount(context), await addAccount(context)];
    const own = await addSession(context, account);
    const ended = await addSession(context, account);
    await addSession(context, stranger);
    await context.database.session.update({
      where: { id: ended.sessionId },
      data: { expiresAt: new Date(0) },
    });
    const listed = await listSessions(context.database, account.accountId);
    expect(listed).toMatchObject([{ id: own.sessionId, device: 'Firefox on Linux' }]);
  });

  it('end one by one or all but this one, and never those of somebody else', async () => {
    const [account, stranger] = [await addAccount(context), await addAccount(context)];
    const own = await addSession(context, account);
    const others = [await addSession(context, account), await addSession(context, account)];
    const foreign = await addSession(context, stranger);

    await endSession(context, { accountId: account.accountId }, foreign.sessionId);
    await endSession(context, { accountId: account.accountId }, others[0]?.sessionId ?? '');
    expect(await isSignedIn(foreign)).toBe(true);
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, true]);

    await endOtherSessions(context, { accountId: account.accountId, sessionId: own.sessionId });
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false]);
    expect(await isSignedIn(own)).toBe(true);
    expect(await isSignedIn(foreign)).toBe(true);
  });
});
