/**
 * Turning the second factor on and off, by a member who proves the password again, and the second factor
 * where it is on: it protects against a thief of the password. A secret is in force only
 * once it has shown a code of its own, and a list of codes once its person has kept it: they come
 * together, and of the list only hashes come here.
 */
import 'server-only';
import { z } from 'zod';
import { qrPath } from '@/lib/qr-path';
import type { Context, Within } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRows, theRow, type Database } from '@/lib/server/sql';
import { findAddressee, tellAccessChange } from './notices';
import type { DoneResult, SecondFactorStart } from './outcomes';
import {
  findSignInProof,
  isStillPassword,
  makeProvedChange,
  provePassword,
  stillSignsIn,
  type PersonProof,
  type SignInProof,
} from './proof';
import { findTotpStepOf, readSecondFactorCode } from './second-factor';
import type { Staff } from './sessions';
import { DONE, doneOrRefused, refused, together } from './together';
import { createTotpSecret, describeTotpSecret, wrapTotpSecret } from './totp';
import { tryCode } from './tries';

/** Hashes of the ten codes that stand in for the app, 32 bytes each, no two alike. Nobody here knows the codes. */
export type CodeList = readonly Uint8Array[];

/** A secret for the authenticator app: in force once `confirmSecondFactor` has seen its code. */
export async function startSecondFactor(
  context: Context,
  staff: Staff,
  signInKey: Uint8Array,
): Promise<SecondFactorStart> {
  const tried = await provePassword(context, staff, signInKey);
  if (tried.status === 'refused') return tried;
  const { accountId } = tried.proof;
  const secret = createTotpSecret();
  const wrapped = await wrapTotpSecret(context, secret, accountId);
  return together<SecondFactorStart>(context, async ({ database }) => {
    const stored = await execute(
      database,
      Prisma.sql`
        UPDATE accounts SET totp_secret = ${bytea(wrapped)}, totp_last_step = NULL
        WHERE id = ${accountId}::uuid AND ${isStillPassword(tried.proof)}
          AND totp_enabled_at IS NULL`,
    );
    if (stored !== 1) return refused('changed_meanwhile');
    const { base32, uri } = describeTotpSecret(secret, staff.email);
    return { status: 'started', base32, uri, qr: qrPath(uri) };
  });
}

/** The first code of the app, and the list that its person has kept. */
interface FirstCode {
  readonly code: string;
  readonly codeHashes: CodeList;
}

/**
 * Puts what was started in force, and the list with it. Sent again, since the answer was lost, it is
 * done already: that is read off the list, which nobody has but the browser that drew it.
 */
export async function confirmSecondFactor(
  context: Context,
  staff: Staff,
  first: FirstCode,
): Promise<DoneResult> {
  const confirmed = await confirmOnce(context, staff, first);
  if (confirmed.status === 'done' || confirmed.refusal !== 'changed_meanwhile') return confirmed;
  return (await hasList(context.database, staff.accountId, first.codeHashes)) ? DONE : confirmed;
}

async function confirmOnce(
  context: Context,
  { accountId }: Staff,
  { code, codeHashes }: FirstCode,
): Promise<DoneResult> {
  const { database } = context;
  const asked = await findSignInProof(database, Prisma.sql`id = ${accountId}::uuid`);
  if (asked === null) return refused('sign_in_required');
  const where = { id: accountId, totpSecret: { not: null }, totpEnabledAt: null };
  const isStarted = (await guarded(() => database.account.count({ where }))) === 1;
  // A session alone starts none, and so gives no codes to guess at.
  if (!isStarted) return refused('changed_meanwhile');
  const given = { accountId, signInHash: asked.signInHash, code, isAfterPassword: false };
  const confirm = async () => {
    const confirmed = await together<DoneResult>(context, async (within) => {
      const outcome = await putInForce(within, accountId, code, codeHashes);
      if (outcome !== 'done') {
        return refused(outcome === 'wrong' ? 'second_factor_wrong' : outcome);
      }
      const person = await findAddressee(within.database, accountId);
      if (person !== null) await tellAccessChange(within, person, 'second_factor_on');
      return DONE;
    });
    const isWrong = confirmed.status === 'refused' && confirmed.refusal === 'second_factor_wrong';
    return isWrong ? 'wrong' : { accepted: confirmed };
  };
  const tried = await tryCode(context, given, confirm, 'first code');
  if ('refusal' in tried) {
    const { refusal } = tried;
    return refused(refusal === 'code_slowed' ? 'first_code_slowed' : refusal, 'code');
  }
  return tried.accepted;
}

/** `changed_meanwhile`: the code is right, and the secret does not wait any more. */
async function putInForce(
  within: Within,
  accountId: string,
  text: string,
  list: CodeList,
): Promise<'done' | 'wrong' | 'changed_meanwhile'> {
  const read = readSecondFactorCode(text);
  if (read?.kind !== 'totp') return 'wrong';
  const found = await findTotpStepOf(within, accountId, read.code);
  if (found === null) return 'wrong';
  const confirmed = await execute(
    within.database,
    Prisma.sql`
      UPDATE accounts SET totp_enabled_at = clock_timestamp(), second_factor_reset_at = NULL,
        totp_last_step = ${found.step}::bigint
      WHERE id = ${accountId}::uuid AND totp_enabled_at IS NULL
        AND totp_secret = ${bytea(found.wrappedSecret)}`,
  );
  if (confirmed !== 1) return 'changed_meanwhile';
  await replaceList(within.database, accountId, list);
  return 'done';
}

interface NewCodeList extends PersonProof {
  readonly codeHashes: CodeList;
}

/**
 * A new list, which its person has kept, in place of the one before. Sent again, since the answer was
 * lost, it is in force already, and neither the code that was used up by it nor another one is due.
 */
export async function renewSecondFactorCodes(
  context: Context,
  staff: Staff,
  { codeHashes, ...shown }: NewCodeList,
): Promise<DoneResult> {
  if (await hasList(context.database, staff.accountId, codeHashes)) {
    const tried = await provePassword(context, staff, shown.signInKey);
    return tried.status === 'refused' ? tried : DONE;
  }
  return makeProvedChange(context, staff, shown, {
    async make(proof, { database }) {
      // Held until the list is in place: of two lists at the same time the later one stays, whole.
      const held = await findRows(
        database,
        z.object({ id: z.string() }),
        Prisma.sql`
          SELECT id FROM accounts
          WHERE id = ${proof.accountId}::uuid AND ${stillSignsIn(proof)}
            AND totp_enabled_at IS NOT NULL FOR UPDATE`,
      );
      if (held.length !== 1) return refused('changed_meanwhile');
      await replaceList(database, proof.accountId, codeHashes);
      return DONE;
    },
    says: 'second_factor_codes',
  });
}

export async function turnOffSecondFactor(
  context: Context,
  staff: Staff,
  shown: PersonProof,
): Promise<DoneResult> {
  return makeProvedChange(context, staff, shown, {
    async make(proof, { database }) {
      const turnedOff = await findRows(
        database,
        z.object({ id: z.string() }),
        Prisma.sql`
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
      return doneOrRefused(turnedOff.length === 1 ? 'done' : 'changed_meanwhile');
    },
    says: 'second_factor_off',
  });
}

const resetRow = z.object({ mayAct: z.boolean(), isReset: z.boolean() });

/**
 * Turns the second factor of an account off and remembers that its person was not asked.
 *
 * @param owner who does, and never to their own; null for the operator of the server
 */
export async function resetFactor(
  database: Database,
  owner: SignInProof | null,
  accountId: string,
): Promise<'done' | 'changed_meanwhile' | 'not_allowed'> {
  const acting =
    owner === null
      ? Prisma.sql`SELECT 1 AS one`
      : Prisma.sql`
        SELECT 1 AS one FROM held WHERE id = ${owner.accountId}::uuid AND role = 'OWNER'
          AND ${stillSignsIn(owner)} AND id <> ${accountId}::uuid`;
  const ids = [accountId, ...(owner === null ? [] : [owner.accountId])];
  const { mayAct, isReset } = await theRow(
    database,
    resetRow,
    Prisma.sql`
      WITH held AS MATERIALIZED (
        SELECT id, role, sign_in_hash, totp_enabled_at FROM accounts
        WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE
      ), acting AS (${acting}), reset AS (
        UPDATE accounts a SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL,
          second_factor_reset_at = clock_timestamp()
        FROM held WHERE a.id = held.id AND a.id = ${accountId}::uuid
          AND a.totp_enabled_at IS NOT NULL AND EXISTS (SELECT 1 FROM acting)
        RETURNING a.id
      ), erased AS (
        DELETE FROM second_factor_codes WHERE account_id IN (SELECT id FROM reset)
      )
      SELECT EXISTS (SELECT 1 FROM acting) AS "mayAct",
        EXISTS (SELECT 1 FROM reset) AS "isReset"`,
  );
  if (!mayAct) return 'not_allowed';
  return isReset ? 'done' : 'changed_meanwhile';
}

/** Whether the second factor is on with exactly this list, used codes among it. */
export async function hasList(
  database: Database,
  accountId: string,
  list: CodeList,
): Promise<boolean> {
  const hashes = list.map((hash) => Buffer.from(hash));
  const { isSame } = await theRow(
    database,
    z.object({ isSame: z.boolean() }),
    Prisma.sql`
      SELECT count(*) = ${list.length}::int
        AND count(*) FILTER (WHERE c.code_hash = ANY (${hashes}::bytea[])) = ${list.length}::int
        AS "isSame"
      FROM second_factor_codes c JOIN accounts a ON a.id = c.account_id
      WHERE a.id = ${accountId}::uuid AND a.totp_enabled_at IS NOT NULL`,
  );
  return isSame;
}

/** Codes of the list that can still be used. */
export function countCodes(database: Database, accountId: string): Promise<number> {
  return guarded(() => database.secondFactorCode.count({ where: { accountId, usedAt: null } }));
}

async function replaceList(database: Database, accountId: string, list: CodeList): Promise<void> {
  await database.secondFactorCode.deleteMany({ where: { accountId } });
  await database.secondFactorCode.createMany({
    data: list.map((hash) => ({ accountId, codeHash: Buffer.from(hash) })),
  });
}
