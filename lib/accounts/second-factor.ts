/**
 * The second factor: six digits of the authenticator app, or a code of the list that is kept for the
 * day when the phone is lost. A code counts once: using it up is the condition of accepting it.
 */
import 'server-only';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { foldListCode, hashListCode, isListCode } from '@/lib/protocol/codes';
import type { Within } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytesColumn, findRow } from '@/lib/server/sql';
import { findTotpStep, unwrapTotpSecret } from './totp';

/** What checking a code takes. */
type Checking = Pick<Within, 'database' | 'accountsKey'>;

type SecondFactorCode =
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'recovery'; readonly code: string };

/** What was typed. Spaces and dashes don't count. Null for what is neither. */
export function readSecondFactorCode(text: string): SecondFactorCode | null {
  const code = foldListCode(text);
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code };
  return isListCode(code) ? { kind: 'recovery', code } : null;
}

/** False where the accounts key is another than the one that the app's secret is kept under. */
export async function isFactorReadable(checking: Checking, accountId: string): Promise<boolean> {
  const row = await guarded(() =>
    checking.database.account.findUnique({
      where: { id: accountId },
      select: { totpSecret: true },
    }),
  );
  const wrapped = row?.totpSecret ?? null;
  return wrapped === null || (await unwrapTotpSecret(checking, wrapped, accountId)) !== null;
}

/** Second factors that are on and that the accounts key does not open. */
export async function countUnreadableFactors(checking: Checking): Promise<number> {
  const rows = await guarded(() =>
    checking.database.account.findMany({
      where: { totpEnabledAt: { not: null } },
      select: { id: true, totpSecret: true },
    }),
  );
  let count = 0;
  for (const { id, totpSecret } of rows) {
    if (totpSecret === null) continue;
    if ((await unwrapTotpSecret(checking, totpSecret, id)) === null) count += 1;
  }
  return count;
}

const keptSecret = z.object({ wrappedSecret: bytesColumn, nowMs: z.bigint() });

/** The step that a code of the account's app belongs to, and the secret by which it was found; null for a wrong one. */
export async function findTotpStepOf(
  checking: Checking,
  accountId: string,
  code: string,
): Promise<{ readonly step: bigint; readonly wrappedSecret: Uint8Array } | null> {
  const row = await findRow(
    checking.database,
    keptSecret,
    Prisma.sql`
      SELECT totp_secret AS "wrappedSecret",
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"
      FROM accounts WHERE id = ${accountId}::uuid AND totp_secret IS NOT NULL`,
  );
  if (row === null) return null;
  const { wrappedSecret, nowMs } = row;
  const secret = await unwrapTotpSecret(checking, wrappedSecret, accountId);
  if (secret === null) return null;
  const step = findTotpStep(secret, code, Number(nowMs));
  return step === null ? null : { step, wrappedSecret };
}

/** `used`: it is right, but it was used before, or a later one was. */
type Acceptance = 'accepted' | 'used' | 'wrong';

/** Checks a code and uses it up, in one step. */
export async function acceptCode(
  checking: Checking,
  accountId: string,
  text: string,
): Promise<Acceptance> {
  const read = readSecondFactorCode(text);
  if (read === null) return 'wrong';
  return read.kind === 'totp'
    ? acceptTotp(checking, accountId, read.code)
    : acceptListCode(checking, accountId, read.code);
}

async function acceptTotp(
  checking: Checking,
  accountId: string,
  code: string,
): Promise<Acceptance> {
  const found = await findTotpStepOf(checking, accountId, code);
  if (found === null) return 'wrong';
  return accept(
    checking,
    Prisma.sql`
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
}

async function acceptListCode(
  checking: Checking,
  accountId: string,
  code: string,
): Promise<Acceptance> {
  const hashes = [
    await hashListCode(accountId, code),
    await hashUnderAccountsKey(checking, accountId, code),
  ].map((hash) => Buffer.from(hash));
  return accept(
    checking,
    Prisma.sql`
      WITH held AS (
        SELECT id, used_at IS NULL AS is_new FROM second_factor_codes
        WHERE account_id = ${accountId}::uuid AND code_hash = ANY (${hashes}::bytea[]) FOR UPDATE
      ), used AS (
        UPDATE second_factor_codes c SET used_at = clock_timestamp()
        FROM held WHERE c.id = held.id AND held.is_new
      )
      SELECT is_new AS "isNew" FROM held`,
  );
}

/** @param statement holds the code, if there is one, and says whether it was unused until now */
async function accept({ database }: Checking, statement: Prisma.Sql): Promise<Acceptance> {
  const held = await findRow(database, z.object({ isNew: z.boolean() }), statement);
  if (held === null) return 'wrong';
  return held.isNew ? 'accepted' : 'used';
}

/** What was kept of a code of the list before its hash had no key. */
async function hashUnderAccountsKey(
  { accountsKey }: Checking,
  accountId: string,
  code: string,
): Promise<Uint8Array> {
  const hmac = createHmac('sha256', await accountsKey('second factor code'));
  return new Uint8Array(hmac.update(`${accountId} ${code}`).digest());
}
