/**
 * Turning the second factor on and off. A secret is in force only once it has
 * shown a code of its own, and a list of codes once its person has kept it: they
 * come together, and of the list only hashes come here.
 */
import 'server-only';
import type {
  CodeList,
  PasswordProof,
  SecondFactorSetup,
  SignInProof,
} from '@/lib/accounts/own-account-ports';
import { readSecondFactorCode } from '@/lib/accounts/second-factor-code';
import { createTotpSecret, describeTotpSecret, wrapTotpSecret } from '@/lib/server/accounts/totp';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';
import { isStillPassword, stillSignsIn } from './still-proved';
import { findTotpStepOf } from './second-factor';

export function prismaSecondFactorSetup(client: Prisma.TransactionClient): SecondFactorSetup {
  return {
    start: async (proof, email) => {
      const secret = createTotpSecret();
      return (await storeSecret(client, proof, secret)) ? describeTotpSecret(secret, email) : null;
    },
    isStarted: async (accountId) => {
      const where = { id: accountId, totpSecret: { not: null }, totpEnabledAt: null };
      return (await guarded(() => client.account.count({ where }))) === 1;
    },
    confirm: (accountId, code, list) => confirm(client, accountId, code, list),
    renewCodes: (proof, list) => renewCodes(client, proof, list),
    hasList: (accountId, list) => hasList(client, accountId, list),
    turnOff: (proof) => turnOff(client, proof),
    countCodes: (accountId) =>
      guarded(() => client.secondFactorCode.count({ where: { accountId, usedAt: null } })),
  };
}

async function storeSecret(
  client: Prisma.TransactionClient,
  proof: PasswordProof,
  secret: Uint8Array,
): Promise<boolean> {
  const { accountId } = proof;
  const wrapped = await wrapTotpSecret(secret, accountId);
  const stored = await guarded(
    () => client.$executeRaw`
      UPDATE accounts SET totp_secret = ${Buffer.from(wrapped)}::bytea, totp_last_step = NULL
      WHERE id = ${accountId}::uuid AND ${isStillPassword(proof)} AND totp_enabled_at IS NULL`,
  );
  return stored === 1;
}

async function confirm(
  client: Prisma.TransactionClient,
  accountId: string,
  text: string,
  list: CodeList,
): ReturnType<SecondFactorSetup['confirm']> {
  const read = readSecondFactorCode(text);
  if (read?.kind !== 'totp') return 'wrong';
  const found = await findTotpStepOf(client, accountId, read.code);
  if (found === null) return 'wrong';
  return guarded(() =>
    client.$transaction(async (transaction) => {
      const confirmed = await transaction.$executeRaw`
        UPDATE accounts SET totp_enabled_at = clock_timestamp(), second_factor_reset_at = NULL,
          totp_last_step = ${found.step}::bigint
        WHERE id = ${accountId}::uuid AND totp_enabled_at IS NULL
          AND totp_secret = ${Buffer.from(found.wrappedSecret)}::bytea`;
      if (confirmed !== 1) return 'changed_meanwhile';
      await replaceList(transaction, accountId, list);
      return 'done';
    }),
  );
}

async function renewCodes(
  client: Prisma.TransactionClient,
  proof: SignInProof,
  list: CodeList,
): Promise<boolean> {
  const { accountId } = proof;
  return guarded(() =>
    client.$transaction(async (transaction) => {
      // Held until the list is in place: of two lists at the same time the later one stays, whole.
      const held = await transaction.$queryRaw<{ id: string }[]>`
        SELECT id FROM accounts
        WHERE id = ${accountId}::uuid AND ${stillSignsIn(proof)}
          AND totp_enabled_at IS NOT NULL FOR UPDATE`;
      if (held.length === 1) await replaceList(transaction, accountId, list);
      return held.length === 1;
    }),
  );
}

async function hasList(
  client: Prisma.TransactionClient,
  accountId: string,
  list: CodeList,
): Promise<boolean> {
  const hashes = list.map((hash) => Buffer.from(hash));
  const [row] = await guarded(
    () => client.$queryRaw<{ isSame: boolean }[]>`
      SELECT count(*) = ${list.length}::int
        AND count(*) FILTER (WHERE c.code_hash = ANY (${hashes}::bytea[])) = ${list.length}::int
        AS "isSame"
      FROM second_factor_codes c JOIN accounts a ON a.id = c.account_id
      WHERE a.id = ${accountId}::uuid AND a.totp_enabled_at IS NOT NULL`,
  );
  return row?.isSame === true;
}

async function turnOff(client: Prisma.TransactionClient, proof: SignInProof): Promise<boolean> {
  const turnedOff = await guarded(
    () => client.$queryRaw<{ id: string }[]>`
      WITH account AS (
        UPDATE accounts SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL
        WHERE id = ${proof.accountId}::uuid AND ${stillSignsIn(proof)}
          AND totp_enabled_at IS NOT NULL
        RETURNING id
      ), erased AS (
        DELETE FROM second_factor_codes WHERE account_id IN (SELECT id FROM account)
      )
      SELECT id FROM account`,
  );
  return turnedOff.length === 1;
}

async function replaceList(
  transaction: Prisma.TransactionClient,
  accountId: string,
  list: CodeList,
): Promise<void> {
  await transaction.secondFactorCode.deleteMany({ where: { accountId } });
  await transaction.secondFactorCode.createMany({
    data: list.map((hash) => ({ accountId, codeHash: Buffer.from(hash) })),
  });
}
