import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { removeSelf } from '@/lib/accounts/members';
import { changePassword } from '@/lib/accounts/own-account';
import { recoverAccount } from '@/lib/accounts/recovery';
import { askForRecovery } from '@/lib/accounts/recovery-links';
import { endOtherSessions, signOut } from '@/lib/accounts/sessions';
import {
  lockOwnVault,
  readOwnVault,
  readVaultShare,
  saveVaultLock,
  sweepVaultShares,
} from '@/lib/accounts/vault';
import {
  act,
  addAccount,
  addSession,
  givenAccountContext,
  staffOf,
  type TestAccount,
} from './account-context';
import { NOTHING_ALONE } from './remove-as-told';

const context = givenAccountContext();

interface Session {
  readonly sessionId: string;
  readonly tokenHash: Uint8Array;
}

/** Unlocks the vault in a browser. Its share. */
async function unlock(session: Session): Promise<string> {
  // Whose it is matters only to a password that is tried.
  const found = await readOwnVault(context, { accountId: '', ...session });
  if (found.status !== 'found') throw new Error('Nobody is signed in.');
  return found.share;
}

const shareOf = async (session: Session): Promise<string | null> => {
  const told = await readVaultShare(context, session);
  return told.status === 'open' ? told.share : null;
};

/** What the database holds for it. */
const storedOf = async ({ sessionId }: Session) =>
  (await context.database.session.findUnique({ where: { id: sessionId } }))?.vaultShare ?? null;

/** As if it had not been used for so long. */
const leave = ({ sessionId }: Session, minutes: number) => context.database.$executeRaw`
  UPDATE sessions SET vault_open_until = vault_open_until - ${minutes}::int * interval '1 minute'
  WHERE id = ${sessionId}::uuid`;

const signedIn = async (): Promise<{ account: TestAccount; here: Session }> => {
  const account = await addAccount(context);
  return { account, here: await addSession(context, account) };
};

describe('what a browser lacks to open the vault that it keeps', () => {
  it('is there once the vault was unlocked, the same for all tabs, another for each browser', async () => {
    const { account, here } = await signedIn();
    const there = await addSession(context, account);
    expect(await shareOf(here)).toBeNull();
    const share = await unlock(here);
    expect(Buffer.from(share, 'base64url')).toHaveLength(32);
    expect(await unlock(here)).toBe(share);
    expect(await shareOf(here)).toBe(share);
    expect(await shareOf(there)).toBeNull();
    expect(await unlock(there)).not.toBe(share);
  });

  it('comes with the key of the account’s vault, which may be another one by now', async () => {
    const { account, here } = await signedIn();
    await unlock(here);
    const publicKey = Buffer.from(account.vaultPublicKey).toString('base64url');
    expect(await readVaultShare(context, here)).toMatchObject({ publicKey, lockMinutes: 15 });
  });

  it('is handed out within the lock time by the database’s clock, which each use puts off', async () => {
    const { here } = await signedIn();
    const share = await unlock(here);
    for (let round = 0; round < 3; round += 1) {
      await leave(here, 14);
      expect(await shareOf(here)).toBe(share);
    }
    await leave(here, 16);
    expect(await shareOf(here)).toBeNull();
    expect(await storedOf(here)).toBeNull();
  });

  it('never comes back once it has locked, whatever the lock time is then', async () => {
    const { account, here } = await signedIn();
    const share = await unlock(here);
    await leave(here, 16);
    await saveVaultLock(context, { accountId: account.accountId }, 480);
    expect(await shareOf(here)).toBeNull();
    expect(await unlock(here)).not.toBe(share);
  });

  it('follows a shorter lock time at once', async () => {
    const { account, here } = await signedIn();
    await saveVaultLock(context, { accountId: account.accountId }, 480);
    await unlock(here);
    await saveVaultLock(context, { accountId: account.accountId }, 5);
    await leave(here, 6);
    expect(await shareOf(here)).toBeNull();
  });

  it('is swept once it has locked, and not before', async () => {
    const [{ here: left }, { here: used }] = [await signedIn(), await signedIn()];
    await unlock(left);
    await unlock(used);
    await leave(left, 16);
    await sweepVaultShares(context.database);
    expect([await storedOf(left), await storedOf(used)]).toEqual([null, expect.anything()]);
  });

  const ENDINGS: Record<string, (account: TestAccount, session: Session) => Promise<unknown>> = {
    'locking it': (_account, session) => lockOwnVault(context, session),
    'signing out': (_account, { tokenHash }) => signOut(context, tokenHash),
    'signing out everywhere else': async (account) => {
      const { sessionId } = await addSession(context, account);
      return endOtherSessions(context, { accountId: account.accountId, sessionId: sessionId });
    },
    'another password': async (account) => {
      const staff = await staffOf(context, (await addSession(context, account)).tokenHash);
      return changePassword(context, staff, {
        currentSignInKey: account.signInKey,
        salt: randomBytes(16),
        signInKey: randomBytes(32),
        vaultPublicKey: account.vaultPublicKey,
        vaultSeedByPassword: randomBytes(60),
      });
    },
    'a recovery': async ({ email }) => {
      askForRecovery(context, email);
      await context.finish();
      const mail = context.mails.findLast((text) => text.startsWith(`recovery ${email} `)) ?? '';
      return recoverAccount(context, {
        token: mail.slice(mail.lastIndexOf('/') + 1),
        code: '',
        credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
        vault: {
          publicKey: randomBytes(1216),
          seedByPassword: randomBytes(60),
          seedByRecovery: randomBytes(60),
        },
        vaultIs: 'new',
        told: NOTHING_ALONE,
      });
    },
    'the end of the account': async ({ accountId }) => {
      const row = await context.database.account.findUniqueOrThrow({ where: { id: accountId } });
      await addAccount(context, 'OWNER');
      const proof = { accountId, signInHash: row.signInHash, secondFactorSince: null };
      return act(context, (transaction) => removeSelf(transaction, proof, NOTHING_ALONE));
    },
  };

  it.each(Object.entries(ENDINGS))('is erased by %s', async (_name, end) => {
    const { account, here } = await signedIn();
    await unlock(here);
    await end(account, here);
    expect(await shareOf(here)).toBeNull();
    expect(await storedOf(here)).toBeNull();
  });
});
