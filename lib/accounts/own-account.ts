/**
 * What members change about their own account. Rules of a new password: the old one is asked for
 * again; the vault is the same one under another wrapping; every other browser is signed out by the
 * same transaction, and this one gets another token by it, since a thief of its cookie must be out
 * as well; the account's mailbox hears of it. A statement that took the password names the hash that
 * it was checked against: of two changes at the same time one holds.
 */
import 'server-only';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, type Database } from '@/lib/server/sql';
import { endEmailChanges } from './email-change';
import { tellAgain } from './guesses';
import { findAddressee, tellAccessChange, tellPasswordChange } from './notices';
import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { DoneResult, Refused } from './outcomes';
import { isStillPassword, provePassword, type PasswordProof } from './proof';
import { endRecoveryLinks } from './recovery-links';
import type { Staff } from './sessions';
import { DONE, refused, together } from './together';
import { wasDoneBefore } from './tries';

export async function saveName(
  { database }: Context,
  { accountId }: Staff,
  name: string,
): Promise<DoneResult> {
  await execute(
    database,
    Prisma.sql`UPDATE accounts SET name = ${name}::text WHERE id = ${accountId}::uuid`,
  );
  return DONE;
}

/** This person has seen that their second factor was turned off for them. */
export async function acknowledgeReset(
  { database }: Context,
  { accountId }: Pick<Staff, 'accountId'>,
): Promise<DoneResult> {
  await execute(
    database,
    Prisma.sql`
      UPDATE accounts SET second_factor_reset_at = NULL WHERE id = ${accountId}::uuid`,
  );
  return DONE;
}

interface NewPassword {
  /** 32 bytes, of the password until now */
  readonly currentSignInKey: Uint8Array;
  /** 16 bytes, new */
  readonly salt: Uint8Array;
  readonly signInKey: Uint8Array;
  /** Of the vault whose seed was wrapped anew: the change is for this one or none. */
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByPassword: Uint8Array;
}

/**
 * `sessionToken`: for the cookie of the browser that changed it, and nowhere else. Null where it was
 * done before: the browser that is signed in has it already.
 */
interface PasswordChanged {
  readonly status: 'done';
  readonly sessionToken: string | null;
}

export async function changePassword(
  context: Context,
  staff: Staff,
  given: NewPassword,
): Promise<PasswordChanged | Refused> {
  const { salt, signInKey, vaultPublicKey: publicKey, vaultSeedByPassword: seedByPassword } = given;
  const isDone = await wasDoneBefore(context, {
    credentials: { salt, signInKey },
    vault: { publicKey, seedByPassword, seedByRecovery: null },
  });
  if (isDone === null) return refused('busy');
  if (isDone) return { status: 'done', sessionToken: null };
  const tried = await provePassword(context, staff, given.currentSignInKey);
  if (tried.status === 'refused') return tried;
  const { accountId } = staff;
  const signInHash = await context.withStretchingRoom({ kind: 'known', of: accountId }, () =>
    context.hashSignInKey(signInKey),
  );
  if (signInHash === null) return refused('busy');
  const sessionToken = createOpaqueToken();
  const tokenHash = await hashNewToken(sessionToken);
  const change = { ...given, signInHash, sessionId: staff.sessionId, tokenHash };
  const changed = await together<PasswordChanged | Refused>(context, async (within) => {
    const isChanged = await setPassword(within.database, tried.proof, change);
    if (!isChanged) return refused('changed_meanwhile');
    await tellAgain(within, accountId);
    const person = await findAddressee(within.database, accountId);
    if (person !== null) await tellPasswordChange(within, person);
    return { status: 'done', sessionToken };
  });
  // It was known by the password until now.
  if (changed.status === 'done') await context.browser.remember({ accountId, signInHash });
  return changed;
}

interface StoredPassword extends Omit<NewPassword, 'currentSignInKey' | 'signInKey'> {
  readonly signInHash: string;
  /** Of the browser that changed it; a UUID. */
  readonly sessionId: string;
  /** SHA-256 of its cookie from now on, 32 bytes */
  readonly tokenHash: Uint8Array;
}

/**
 * Ends every session but one, which has another token from then on, and every recovery link. Two
 * statements, since the second must see the sessions that were made while the first waited for the
 * account's row. False: what was proved is no longer so, or that session has ended.
 */
async function setPassword(
  transaction: Database,
  proof: PasswordProof,
  { salt, signInHash, vaultPublicKey, vaultSeedByPassword, sessionId, tokenHash }: StoredPassword,
): Promise<boolean> {
  const { accountId } = proof;
  const changed = await execute(
    transaction,
    Prisma.sql`
      UPDATE accounts SET password_salt = ${bytea(salt)}, sign_in_hash = ${signInHash}::text,
        vault_seed_by_password = ${bytea(vaultSeedByPassword)}
      WHERE id = ${accountId}::uuid AND ${isStillPassword(proof)}
        AND vault_public_key = ${bytea(vaultPublicKey)}
        AND EXISTS (
          SELECT 1 FROM sessions
          WHERE id = ${sessionId}::uuid AND account_id = ${accountId}::uuid
        )`,
  );
  if (changed !== 1) return false;
  await execute(
    transaction,
    Prisma.sql`
      WITH ended AS (
        DELETE FROM sessions
        WHERE account_id = ${accountId}::uuid AND id <> ${sessionId}::uuid
      ), renewed AS (
        UPDATE sessions SET token_hash = ${bytea(tokenHash)}
        WHERE account_id = ${accountId}::uuid AND id = ${sessionId}::uuid
      )
      ${endRecoveryLinks(Prisma.sql`account_id = ${accountId}::uuid`)}`,
  );
  await execute(transaction, endEmailChanges(accountId));
  return true;
}

interface NewRecoveryCode {
  readonly signInKey: Uint8Array;
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByRecovery: Uint8Array;
}

/**
 * A new recovery code for the same vault: the one before opens nothing any more. Sent again, since the
 * answer was lost, it is in force already, and nobody is told a second time.
 */
export async function changeRecoveryCode(
  context: Context,
  staff: Staff,
  { signInKey, ...given }: NewRecoveryCode,
): Promise<DoneResult> {
  const tried = await provePassword(context, staff, signInKey);
  if (tried.status === 'refused') return tried;
  const vaultPublicKey = Buffer.from(given.vaultPublicKey);
  const vaultSeedByRecovery = Buffer.from(given.vaultSeedByRecovery);
  return together<DoneResult>(context, async (within) => {
    const { database } = within;
    const changed = await execute(
      database,
      Prisma.sql`
        UPDATE accounts SET vault_seed_by_recovery = ${vaultSeedByRecovery}::bytea
        WHERE id = ${staff.accountId}::uuid AND ${isStillPassword(tried.proof)}
          AND vault_public_key = ${vaultPublicKey}::bytea
          AND vault_seed_by_recovery <> ${vaultSeedByRecovery}::bytea`,
    );
    if (changed === 1) await tellAccessChange(within, staff, 'recovery_code');
    const where = { id: staff.accountId, vaultPublicKey, vaultSeedByRecovery };
    return (await database.account.count({ where })) === 1 ? DONE : refused('changed_meanwhile');
  });
}
