/**
 * Turning the second factor on and off. A secret is in force only once it has
 * shown a code of its own; the list of codes is known in clear to whoever made
 * it, once, and nobody afterwards.
 */
import 'server-only';
import type {
  PasswordProof,
  SecondFactorSetup,
  SignInProof,
} from '@/lib/accounts/own-account-ports';
import { createRecoveryListCode, readSecondFactorCode } from '@/lib/accounts/second-factor-code';
import { createTotpSecret, describeTotpSecret, wrapTotpSecret } from '@/lib/server/accounts/totp';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';
import { isStillPassword, stillSignsIn } from './still-proved';
import { findTotpStepOf, hashRecoveryListCode } from './second-factor';

const LIST_LENGTH = 10;

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
    confirm: (accountId, code) => confirm(client, accountId, code),
    renewCodes: (proof) => renewCodes(client, proof),
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
): Promise<readonly string[] | null> {
  const read = readSecondFactorCode(text);
  if (read?.kind !== 'totp') return null;
  const found = await findTotpStepOf(client, accountId, read.code);
  if (found === null) return null;
  const codes = createList();
  const hashes = hashList(accountId, codes);
  const isConfirmed = await guarded(() =>
    client.$transaction(async (transaction) => {
      const confirmed = await transaction.$executeRaw`
        UPDATE accounts SET totp_enabled_at = clock_timestamp(), second_factor_reset_at = NULL,
          totp_last_step = ${found.step}::bigint
        WHERE id = ${accountId}::uuid AND totp_enabled_at IS NULL
          AND totp_secret = ${Buffer.from(found.wrappedSecret)}::bytea`;
      if (confirmed === 1) await replaceList(transaction, accountId, hashes);
      return confirmed === 1;
    }),
  );
  return isConfirmed ? codes : null;
}

async function renewCodes(
  client: Prisma.TransactionClient,
  proof: SignInProof,
): Promise<readonly string[] | null> {
  const { accountId } = proof;
  const codes = createList();
  const hashes = hashList(accountId, codes);
  const isRenewed = await guarded(() =>
    client.$transaction(async (transaction) => {
      // Held until the list is in place: of two lists at the same time the later one stays, whole.
      const held = await transaction.$queryRaw<{ id: string }[]>`
        SELECT id FROM accounts
        WHERE id = ${accountId}::uuid AND ${stillSignsIn(proof)}
          AND totp_enabled_at IS NOT NULL FOR UPDATE`;
      if (held.length === 1) await replaceList(transaction, accountId, hashes);
      return held.length === 1;
    }),
  );
  return isRenewed ? codes : null;
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

function createList(): readonly string[] {
  return Array.from({ length: LIST_LENGTH }, createRecoveryListCode);
}

function hashList(accountId: string, codes: readonly string[]): readonly Uint8Array[] {
  return codes.map((code) => hashRecoveryListCode(accountId, code.replaceAll('-', '')));
}

async function replaceList(
  transaction: Prisma.TransactionClient,
  accountId: string,
  hashes: readonly Uint8Array[],
): Promise<void> {
  await transaction.secondFactorCode.deleteMany({ where: { accountId } });
  await transaction.secondFactorCode.createMany({
    data: hashes.map((hash) => ({ accountId, codeHash: Buffer.from(hash) })),
  });
}
