/** Checking the second factor. A code counts once: using it up is the condition of accepting it. */
import 'server-only';
import { createHmac } from 'node:crypto';
import type { SecondFactor } from '@/lib/accounts/ports';
import { readSecondFactorCode } from '@/lib/accounts/second-factor-code';
import { hashListCode } from '@/lib/protocol/list-code';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { findTotpStep, unwrapTotpSecret } from '@/lib/server/accounts/totp';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';

export function prismaSecondFactor(client: Prisma.TransactionClient): SecondFactor {
  return {
    accept: async (accountId, text) => {
      const read = readSecondFactorCode(text);
      if (read === null) return 'wrong';
      return read.kind === 'totp'
        ? acceptTotp(client, accountId, read.code)
        : acceptRecoveryCode(client, accountId, read.code);
    },
    isReadable: (accountId) => isReadable(client, accountId),
  };
}

async function isReadable(client: Prisma.TransactionClient, accountId: string): Promise<boolean> {
  const row = await guarded(() =>
    client.account.findUnique({ where: { id: accountId }, select: { totpSecret: true } }),
  );
  const wrapped = row?.totpSecret ?? null;
  return wrapped === null || (await unwrapTotpSecret(new Uint8Array(wrapped), accountId)) !== null;
}

/** Second factors that are on and that the accounts key does not open. */
export async function countUnreadableFactors(client: Prisma.TransactionClient): Promise<number> {
  const rows = await guarded(() =>
    client.account.findMany({
      where: { totpEnabledAt: { not: null } },
      select: { id: true, totpSecret: true },
    }),
  );
  let count = 0;
  for (const { id, totpSecret } of rows) {
    if (totpSecret === null) continue;
    if ((await unwrapTotpSecret(new Uint8Array(totpSecret), id)) === null) count += 1;
  }
  return count;
}

/** The step that a code of the account's app belongs to, and the secret by which it was found; null for a wrong one. */
export async function findTotpStepOf(
  client: Prisma.TransactionClient,
  accountId: string,
  code: string,
): Promise<{ readonly step: bigint; readonly wrappedSecret: Uint8Array } | null> {
  const rows = await guarded(
    () => client.$queryRaw<{ secret: Uint8Array; nowMs: bigint }[]>`
      SELECT totp_secret AS "secret",
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"
      FROM accounts WHERE id = ${accountId}::uuid AND totp_secret IS NOT NULL`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const wrappedSecret = new Uint8Array(row.secret);
  const secret = await unwrapTotpSecret(wrappedSecret, accountId);
  if (secret === null) return null;
  const step = findTotpStep(secret, code, Number(row.nowMs));
  return step === null ? null : { step, wrappedSecret };
}

async function acceptTotp(
  client: Prisma.TransactionClient,
  accountId: string,
  code: string,
): ReturnType<SecondFactor['accept']> {
  const found = await findTotpStepOf(client, accountId, code);
  if (found === null) return 'wrong';
  const rows = await guarded(
    () => client.$queryRaw<{ isNew: boolean }[]>`
      WITH held AS (
        SELECT id, coalesce(totp_last_step, -1) < ${found.step}::bigint AS is_new FROM accounts
        WHERE id = ${accountId}::uuid
          AND totp_secret = ${Buffer.from(found.wrappedSecret)}::bytea FOR UPDATE
      ), used AS (
        UPDATE accounts a SET totp_last_step = ${found.step}::bigint
        FROM held WHERE a.id = held.id AND held.is_new
      )
      SELECT is_new AS "isNew" FROM held`,
  );
  return acceptance(rows[0]);
}

/** Of the code that was held, if there is one. */
function acceptance(held: { isNew: boolean } | undefined): 'accepted' | 'used' | 'wrong' {
  if (held === undefined) return 'wrong';
  return held.isNew ? 'accepted' : 'used';
}

async function acceptRecoveryCode(
  client: Prisma.TransactionClient,
  accountId: string,
  code: string,
): ReturnType<SecondFactor['accept']> {
  const hashes = [
    await hashListCode(accountId, code),
    await hashUnderAccountsKey(accountId, code),
  ].map((hash) => Buffer.from(hash));
  const rows = await guarded(
    () => client.$queryRaw<{ isNew: boolean }[]>`
      WITH held AS (
        SELECT id, used_at IS NULL AS is_new FROM second_factor_codes
        WHERE account_id = ${accountId}::uuid AND code_hash = ANY (${hashes}::bytea[]) FOR UPDATE
      ), used AS (
        UPDATE second_factor_codes c SET used_at = clock_timestamp()
        FROM held WHERE c.id = held.id AND held.is_new
      )
      SELECT is_new AS "isNew" FROM held`,
  );
  return acceptance(rows[0]);
}

/** What was kept of a code of the list before its hash had no key. */
async function hashUnderAccountsKey(accountId: string, code: string): Promise<Uint8Array> {
  const hmac = createHmac('sha256', await accountsKey('second factor code'));
  return new Uint8Array(hmac.update(`${accountId} ${code}`).digest());
}
