/**
 * Coming back after a lost password, by a link. Rules: it sets one password, and is used up in the
 * transaction that does: a used or expired one changes nothing, and of any number who use one at the
 * same time one succeeds. The second factor is asked for here as at sign-in; the recovery code never
 * reaches the server.
 */
import 'server-only';
import { z } from 'zod';
import { encodeBase64url } from '@/lib/protocol/bytes';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import {
  endWithoutReaders,
  findReadBy,
  holdRequestsOf,
  noteLostReader,
} from '@/lib/requests/ending';
import {
  bytea,
  bytesColumn,
  execute,
  findRow,
  findRows,
  isoTime,
  type Database,
} from '@/lib/server/sql';
import { endEmailChanges } from './email-change';
import { tellAgain } from './guesses';
import { findLosses } from './losses';
import { tellPasswordChange, type Addressee } from './notices';
import { hashOpaqueToken } from './opaque-token';
import type { DoneResult } from './outcomes';
import { isStillSecondFactor, type SignInProof } from './proof';
import { endRecoveryLinks, isUsableRecovery } from './recovery-links';
import type { NewAccount, PasswordCredentials, SealedVault } from './sign-up';
import { DONE, refused, together } from './together';
import { refusalOfCode, wasDoneBefore } from './tries';
import { isAsTold, type LossCount, type RecoveryView } from './views';

/**
 * What a recovery link leads to; null for one that can't be used. Uses nothing up, and tells of the
 * account's requests their number only: who holds the link is not its person yet.
 */
export async function lookAtRecovery(
  { database }: Context,
  token: string,
): Promise<RecoveryView | null> {
  const tokenHash = await hashOpaqueToken(token);
  const found = tokenHash === null ? null : await findRecovery(database, tokenHash);
  if (found === null) return null;
  return {
    email: found.email,
    hasSecondFactor: found.secondFactorSince !== null,
    vaultPublicKey: encodeBase64url(found.vaultPublicKey),
    vaultSeedByRecovery: encodeBase64url(found.vaultSeedByRecovery),
    losses: await findLosses(database, found.accountId),
  };
}

const recoveryRow = z.object({
  accountId: z.string(),
  email: z.string(),
  signInHash: z.string(),
  /** Since when it is on, ISO 8601 in UTC; null where none is. */
  secondFactorSince: z.string().nullable(),
  /** X-Wing, 1216 bytes */
  vaultPublicKey: bytesColumn,
  /** 60 bytes */
  vaultSeedByRecovery: bytesColumn,
});

export function findRecovery(database: Database, tokenHash: Uint8Array) {
  return findRow(
    database,
    recoveryRow,
    Prisma.sql`
      SELECT a.id AS "accountId", a.email, a.sign_in_hash AS "signInHash",
        ${isoTime(Prisma.sql`a.totp_enabled_at`)} AS "secondFactorSince",
        a.vault_public_key AS "vaultPublicKey", a.vault_seed_by_recovery AS "vaultSeedByRecovery"
      FROM account_recoveries r JOIN accounts a ON a.id = r.account_id
      WHERE ${isUsableRecovery(tokenHash)}`,
  );
}

/**
 * `kept`: only if the account's vault has this public key still. `new`: in its place, and the seals to
 * the old one are erased, since nothing opens them: only what its owner was `told` goes with it.
 */
export type VaultChoice =
  { readonly vaultIs: 'kept' } | { readonly vaultIs: 'new'; readonly told: LossCount };

export type Recovery = VaultChoice & {
  readonly token: string;
  /** Of the second factor; '' for none. */
  readonly code: string;
  readonly credentials: PasswordCredentials;
  readonly vault: SealedVault;
};

/** Sets a new password by a recovery link. What is sent again once it is done is answered as the first time. */
export async function recoverAccount(context: Context, given: Recovery): Promise<DoneResult> {
  const result = await recoverOnce(context, given);
  if (result.status === 'done' || result.refusal === 'busy') return result;
  const isDone = await wasDoneBefore(context, given);
  if (isDone === null) return refused('busy');
  return isDone ? DONE : result;
}

async function recoverOnce(
  context: Context,
  { token, code, credentials, vault, ...choice }: Recovery,
): Promise<DoneResult> {
  const { database } = context;
  const tokenHash = await hashOpaqueToken(token);
  if (tokenHash === null || (await findRecovery(database, tokenHash)) === null) {
    return refused('recovery_unknown');
  }
  const { signInKey, salt } = credentials;
  const signInHash = await context.withStretchingRoom({ kind: 'account' }, () =>
    context.hashSignInKey(signInKey),
  );
  if (signInHash === null) return refused('busy');
  // Once more: a second factor may have come on while this waited for its turn.
  const found = await findRecovery(database, tokenHash);
  if (found === null) return refused('recovery_unknown');
  const { accountId, secondFactorSince } = found;
  // Said before a code is used up for it. Under its locks it is compared again.
  if (choice.vaultIs === 'new' && !isAsTold(await findLosses(database, accountId), choice.told)) {
    // Of a link that was used meanwhile nothing else is said.
    const isUsed = (await findRecovery(database, tokenHash)) === null;
    return isUsed ? refused('recovery_unknown') : lossesChanged();
  }
  if (secondFactorSince !== null) {
    if (code === '') return refused('second_factor_needed', 'code');
    const tried = { accountId, signInHash: found.signInHash, code, isAfterPassword: false };
    const refusal = await refusalOfCode(context, tried);
    if (refusal !== null) return refused(refusal, 'code');
  }
  const recovered = { passwordSalt: salt, signInHash, secondFactorSince, vault, ...choice };
  const done = await together<DoneResult>(context, async (within) => {
    const completed = await completeRecovery(within.database, tokenHash, recovered);
    if (completed === null) return refused('recovery_unknown');
    if (completed === 'losses_changed') return lossesChanged();
    if (completed === 'changed_meanwhile') return refused(completed);
    await tellAgain(within, accountId);
    await tellPasswordChange(within, completed);
    return DONE;
  });
  if (done.status === 'done') await context.browser.remember({ accountId, signInHash });
  return done;
}

/** They stand where they are confirmed. */
const lossesChanged = () => refused('losses_changed', 'lossConfirmed');

/** `secondFactorSince`: of the account whose code was right: only while that is so. */
export type RecoveredPassword = Omit<NewAccount, 'name'> & Pick<SignInProof, 'secondFactorSince'>;

const heldRow = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  isAsShown: z.boolean(),
});

/**
 * Uses the link up, sets the password and ends all sessions: all of it or nothing, with `null` for a
 * link that can't be used, `changed_meanwhile` where it is another vault or second factor, and
 * `losses_changed` where a new vault loses something else than was told.
 */
export async function completeRecovery(
  transaction: Database,
  tokenHash: Uint8Array,
  recovered: RecoveredPassword & VaultChoice,
): Promise<Addressee | 'changed_meanwhile' | 'losses_changed' | null> {
  const account = await findRow(
    transaction,
    heldRow,
    Prisma.sql`
      SELECT id, email, name,
        (vault_public_key = ${bytea(recovered.vault.publicKey)})
          = ${recovered.vaultIs === 'kept'}::boolean
          AND ${isStillSecondFactor(recovered)} AS "isAsShown"
      FROM accounts
      WHERE id = (
        SELECT r.account_id FROM account_recoveries r WHERE ${isUsableRecovery(tokenHash)}
      )
      FOR UPDATE`,
  );
  if (account === null) return null;
  if (!account.isAsShown) return 'changed_meanwhile';
  // In the order in which the links of an owner are ended (see `recovery-links.ts`).
  const links = await findRows(
    transaction,
    z.object({ isGiven: z.boolean() }),
    Prisma.sql`
      SELECT token_hash = ${bytea(tokenHash)} AS "isGiven" FROM account_recoveries
      WHERE account_id = ${account.id}::uuid AND used_at IS NULL ORDER BY id FOR UPDATE`,
  );
  // Before anything is compared: of one that was used meanwhile nothing else is said.
  if (!links.some(({ isGiven }) => isGiven)) return null;
  const requests = recovered.vaultIs === 'new' ? await holdRequestsOf(transaction, account.id) : [];
  if (recovered.vaultIs === 'new') {
    // Nothing is added to them from here on.
    const losses = await findLosses(transaction, account.id);
    if (!isAsTold(losses, recovered.told)) return 'losses_changed';
  }
  const used = await execute(
    transaction,
    Prisma.sql`
      UPDATE account_recoveries r SET used_at = clock_timestamp()
      WHERE ${isUsableRecovery(tokenHash)}`,
  );
  if (used !== 1) return null;
  await setPassword(transaction, account.id, recovered);
  if (recovered.vaultIs === 'new') await dropSeals(transaction, account.id, requests);
  // Every other link, and every session: also those made while the row was waited for.
  await execute(
    transaction,
    Prisma.sql`
      WITH ended AS (DELETE FROM sessions WHERE account_id = ${account.id}::uuid)
      ${endRecoveryLinks(Prisma.sql`account_id = ${account.id}::uuid`)}`,
  );
  await execute(transaction, endEmailChanges(account.id));
  return account;
}

async function setPassword(
  transaction: Database,
  accountId: string,
  { passwordSalt, signInHash, vault, vaultIs }: RecoveredPassword & VaultChoice,
): Promise<void> {
  await execute(
    transaction,
    Prisma.sql`
      UPDATE accounts SET password_salt = ${bytea(passwordSalt)},
        sign_in_hash = ${signInHash}::text,
        vault_public_key = ${bytea(vault.publicKey)},
        vault_seed_by_password = ${bytea(vault.seedByPassword)},
        vault_seed_by_recovery = ${bytea(vault.seedByRecovery)},
        vault_created_at = CASE WHEN ${vaultIs === 'kept'}::boolean
          THEN vault_created_at ELSE clock_timestamp() END
      WHERE id = ${accountId}::uuid`,
  );
}

/**
 * Nothing opens what was sealed to a vault that is gone.
 *
 * @param requests all that are concerned, which are held
 */
async function dropSeals(
  transaction: Database,
  accountId: string,
  requests: readonly bigint[],
): Promise<void> {
  await noteLostReader(transaction, await findReadBy(transaction, accountId));
  await execute(
    transaction,
    Prisma.sql`DELETE FROM request_readers WHERE account_id = ${accountId}::uuid`,
  );
  await endWithoutReaders(transaction, requests);
}
