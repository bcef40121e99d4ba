/**
 * Links to a new password. A link is used up in the transaction that sets the
 * password: a used or expired one changes nothing, and of any number who use
 * one at the same time one succeeds.
 */
import 'server-only';
import type { OwnerProof } from '@/lib/accounts/member-ports';
import type { Recovered, RecoveryRecord, RecoveryStore } from '@/lib/accounts/recovery-ports';
import { MAX_RECOVERIES_AN_HOUR, RECOVERY_LIFETIME } from '@/lib/accounts/policy';
import type { Addressee } from '@/lib/accounts/mail-ports';
import { isAsTold } from '@/lib/accounts/views';
import { guarded } from '../database-errors';
import { Prisma } from '../prisma-client/client';
import { endEmailChanges } from './email-change';
import {
  endWithoutReaders,
  findReadBy,
  holdRequestsOf,
  noteLostReader,
} from '../request-store/without-readers';
import { endRecoveryLinks } from './end-recovery-links';
import { findLosses } from './losses';
import { isStillSecondFactor, stillSignsIn } from './still-proved';

export function prismaRecoveryStore(client: Prisma.TransactionClient): RecoveryStore {
  return {
    createForEmail: (email, tokenHash) => createForEmail(client, email, tokenHash),
    createForMember: (owner, accountId, tokenHash) =>
      createForMember(client, owner, accountId, tokenHash),
    find: (tokenHash) => find(client, tokenHash),
    findLosses: (accountId) => findLosses(client, accountId),
    complete: (tokenHash, recovered) => complete(client, tokenHash, recovered),
  };
}

const EXPIRY = Prisma.sql`clock_timestamp() + ${RECOVERY_LIFETIME}::int * interval '1 second'`;

/**
 * The account's row is held: an address that is another at the same moment gets no link any more, and
 * what is counted by the next statement is all that was made before. Links of owners are none of it:
 * nobody takes from a person what they may ask for.
 */
async function createForEmail(
  client: Prisma.TransactionClient,
  email: string,
  tokenHash: Uint8Array,
): Promise<Addressee | null> {
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const [account] = await transaction.$queryRaw<(Addressee & { id: string })[]>`
        SELECT id, email, name FROM accounts WHERE email = ${email}::text FOR UPDATE`;
      if (account === undefined) return null;
      const made = await transaction.$executeRaw`
        INSERT INTO account_recoveries (account_id, asked_for, token_hash, expires_at)
        SELECT ${account.id}::uuid, true, ${Buffer.from(tokenHash)}::bytea, ${EXPIRY}
        WHERE ${MAX_RECOVERIES_AN_HOUR}::int > (
          SELECT count(*) FROM account_recoveries
          WHERE account_id = ${account.id}::uuid AND asked_for
            AND created_at > clock_timestamp() - interval '1 hour'
        )`;
      return made === 1 ? { email: account.email, name: account.name } : null;
    }),
  );
}

/**
 * Both rows are held, in the one order of every change of owners (see `members.ts`): one who stops
 * being an owner at the same moment has made the link before that, and then it ends with the role,
 * or not at all.
 */
async function createForMember(
  client: Prisma.TransactionClient,
  owner: OwnerProof,
  accountId: string,
  tokenHash: Uint8Array,
): Promise<'created' | 'member_unknown' | 'not_allowed'> {
  const rows = await guarded(
    () => client.$queryRaw<{ isCreated: boolean }[]>`
      WITH held AS MATERIALIZED (
        SELECT id, role, sign_in_hash, totp_enabled_at FROM accounts
        WHERE id IN (${owner.accountId}::uuid, ${accountId}::uuid) ORDER BY id FOR SHARE
      ), owner AS (
        SELECT id FROM held WHERE id = ${owner.accountId}::uuid AND role = 'OWNER'
          AND ${stillSignsIn(owner)}
      ), created AS (
        INSERT INTO account_recoveries (account_id, made_by_id, token_hash, expires_at)
        SELECT held.id, owner.id, ${Buffer.from(tokenHash)}::bytea, ${EXPIRY}
        FROM held, owner WHERE held.id = ${accountId}::uuid AND held.id <> owner.id
        RETURNING id
      )
      SELECT EXISTS (SELECT 1 FROM created) AS "isCreated" FROM owner`,
  );
  const row = rows[0];
  if (row === undefined) return 'not_allowed';
  return row.isCreated ? 'created' : 'member_unknown';
}

const usable = (tokenHash: Uint8Array) => Prisma.sql`
  r.token_hash = ${Buffer.from(tokenHash)}::bytea AND r.used_at IS NULL
    AND r.expires_at > clock_timestamp()`;

interface FoundRow extends Omit<RecoveryRecord, 'secondFactorSince'> {
  secondFactorSince: Date | null;
}

async function find(
  client: Prisma.TransactionClient,
  tokenHash: Uint8Array,
): Promise<RecoveryRecord | null> {
  const rows = await guarded(
    () => client.$queryRaw<FoundRow[]>`
      SELECT a.id AS "accountId", a.email, a.sign_in_hash AS "signInHash",
        a.totp_enabled_at AS "secondFactorSince",
        a.vault_public_key AS "vaultPublicKey", a.vault_seed_by_recovery AS "vaultSeedByRecovery"
      FROM account_recoveries r JOIN accounts a ON a.id = r.account_id
      WHERE ${usable(tokenHash)}`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    ...row,
    secondFactorSince: row.secondFactorSince?.toISOString() ?? null,
    vaultPublicKey: new Uint8Array(row.vaultPublicKey),
    vaultSeedByRecovery: new Uint8Array(row.vaultSeedByRecovery),
  };
}

interface HeldRow extends Addressee {
  id: string;
  /** The vault and the second factor are what the link was looked at with. */
  isAsShown: boolean;
}

/**
 * The account's row is held first, so that of two who use one link at the same moment the second
 * finds it used, and a session that is being made waits for the end.
 */
async function complete(
  client: Prisma.TransactionClient,
  tokenHash: Uint8Array,
  recovered: Recovered,
): ReturnType<RecoveryStore['complete']> {
  const publicKey = Buffer.from(recovered.vault.publicKey);
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const [account] = await transaction.$queryRaw<HeldRow[]>`
        SELECT id, email, name,
          (vault_public_key = ${publicKey}::bytea) = ${recovered.vaultIs === 'kept'}::boolean
            AND ${isStillSecondFactor(recovered)} AS "isAsShown"
        FROM accounts
        WHERE id = (SELECT r.account_id FROM account_recoveries r WHERE ${usable(tokenHash)})
        FOR UPDATE`;
      if (account === undefined) return null;
      if (!account.isAsShown) return 'changed_meanwhile';
      // In the order in which the links of an owner are ended (see `end-recovery-links.ts`).
      const links = await transaction.$queryRaw<{ isGiven: boolean }[]>`
        SELECT token_hash = ${Buffer.from(tokenHash)}::bytea AS "isGiven" FROM account_recoveries
        WHERE account_id = ${account.id}::uuid AND used_at IS NULL ORDER BY id FOR UPDATE`;
      // Before anything is compared: of one that was used meanwhile nothing else is said.
      if (!links.some(({ isGiven }) => isGiven)) return null;
      const requests =
        recovered.vaultIs === 'new' ? await holdRequestsOf(transaction, account.id) : [];
      if (recovered.vaultIs === 'new') {
        // Nothing is added to them from here on.
        const losses = await findLosses(transaction, account.id);
        if (!isAsTold(losses, recovered.told)) return 'losses_changed';
      }
      const used = await transaction.$executeRaw`
        UPDATE account_recoveries r SET used_at = clock_timestamp() WHERE ${usable(tokenHash)}`;
      if (used !== 1) return null;
      await setPassword(transaction, account.id, recovered);
      if (recovered.vaultIs === 'new') await dropSeals(transaction, account.id, requests);
      // Every other link, and every session: also those made while the row was waited for.
      await transaction.$executeRaw`
        WITH ended AS (DELETE FROM sessions WHERE account_id = ${account.id}::uuid)
        ${endRecoveryLinks(Prisma.sql`account_id = ${account.id}::uuid`)}`;
      await transaction.$executeRaw(endEmailChanges(account.id));
      return { email: account.email, name: account.name };
    }),
  );
}

async function setPassword(
  transaction: Prisma.TransactionClient,
  accountId: string,
  { passwordSalt, signInHash, vault, vaultIs }: Recovered,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE accounts SET password_salt = ${Buffer.from(passwordSalt)}::bytea,
      sign_in_hash = ${signInHash}::text,
      vault_public_key = ${Buffer.from(vault.publicKey)}::bytea,
      vault_seed_by_password = ${Buffer.from(vault.seedByPassword)}::bytea,
      vault_seed_by_recovery = ${Buffer.from(vault.seedByRecovery)}::bytea,
      vault_created_at = CASE WHEN ${vaultIs === 'kept'}::boolean
        THEN vault_created_at ELSE clock_timestamp() END
    WHERE id = ${accountId}::uuid`;
}

/**
 * Nothing opens what was sealed to a vault that is gone.
 *
 * @param requests all that are concerned, which are held
 */
async function dropSeals(
  transaction: Prisma.TransactionClient,
  accountId: string,
  requests: readonly bigint[],
): Promise<void> {
  await noteLostReader(transaction, await findReadBy(transaction, accountId));
  await transaction.$executeRaw`
    DELETE FROM request_readers WHERE account_id = ${accountId}::uuid`;
  await endWithoutReaders(transaction, requests);
}
