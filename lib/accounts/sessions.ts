/** Sessions: whose a cookie is, for how long, and how browsers are signed out. All by the database's clock. */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { isBehind } from '@/lib/server/history/history-conditions';
import type { HistoryGuard } from '@/lib/server/history/history-guard';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow, findRows, isoTime, type Database } from '@/lib/server/sql';
import type { DoneResult } from './outcomes';
import { SESSION_IDLE_LIFETIME, SESSION_LIFETIME } from './policy';
import { stillSignsIn, type SignInProof } from './proof';
import { role } from './schema';
import { DONE, together } from './together';
import type { SessionView } from './views';

const staffRow = z.object({
  /** UUID */
  accountId: z.string(),
  /** UUID of the session, which is this browser's. */
  sessionId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  hasSecondFactor: z.boolean(),
  /** An owner or the operator turned it off, and this person has not said that they saw it. */
  wasSecondFactorReset: z.boolean(),
  /** Minutes without use after which the browser locks the vault. */
  vaultLockMinutes: z.number(),
});

/** A member who is signed in, as read for one HTTP request. */
export type Staff = Readonly<z.output<typeof staffRow>>;

/** `s` is the alias of sessions. */
const IS_LIVE = Prisma.sql`s.expires_at > clock_timestamp() AND s.last_seen_at
  > clock_timestamp() - ${SESSION_IDLE_LIFETIME}::int * interval '1 second'`;

/**
 * Whose session a cookie is, if it has not ended. One statement, which also notes that the session was
 * seen, once a minute at most.
 *
 * A copy that was put in the database's place brings ended sessions back, so the same statement
 * compares how far the database has come with the mark, which costs a page one small file and no
 * round trip. Only where it finds nobody is the history asked itself: a copy is noticed by that, and
 * who holds an ended session, which few do, waits for one statement more.
 *
 * @throws DatabaseAway or MarkError: nobody is taken for signed out where that can't be told
 */
export async function findStaff(
  database: Database,
  history: Pick<HistoryGuard, 'expectedEndings' | 'notice'>,
  tokenHash: Uint8Array,
): Promise<Staff | null> {
  const expected = await history.expectedEndings();
  const staff = await findRow(
    database,
    staffRow,
    Prisma.sql`
      WITH found AS (
        SELECT s.id, s.account_id, s.last_seen_at FROM sessions s
        WHERE s.token_hash = ${bytea(tokenHash)} AND ${IS_LIVE} AND NOT ${isBehind(expected)}
      ), seen AS (
        UPDATE sessions s SET last_seen_at = clock_timestamp() FROM found
        WHERE s.id = found.id AND found.last_seen_at < clock_timestamp() - interval '1 minute'
      )
      SELECT a.id AS "accountId", found.id AS "sessionId", a.name, a.email, a.role::text AS "role",
        a.totp_enabled_at IS NOT NULL AS "hasSecondFactor",
        a.second_factor_reset_at IS NOT NULL AS "wasSecondFactorReset",
        a.vault_lock_minutes AS "vaultLockMinutes"
      FROM found JOIN accounts a ON a.id = found.account_id`,
  );
  if (staff === null) await history.notice();
  return staff;
}

interface NewSession {
  /** SHA-256 of the cookie, 32 bytes */
  readonly tokenHash: Uint8Array;
  readonly device: string;
  /** The same of the session that it replaces, of whichever account. */
  readonly replaces: Uint8Array | null;
}

/**
 * A session for a person who proved what signing in takes. The account's row is held meanwhile: a password
 * that changes at the same moment ends this session, or there is none. The one that the
 * browser had until now ends in the same statement: its cookie is overwritten, and nobody would end it.
 *
 * @returns its id; null if what was proved does not sign in any more
 */
export async function createSession(
  database: Database,
  proof: SignInProof,
  { tokenHash, device, replaces }: NewSession,
): Promise<string | null> {
  const made = await findRow(
    database,
    z.object({ id: z.string() }),
    Prisma.sql`
      WITH account AS (
        SELECT id FROM accounts
        WHERE id = ${proof.accountId}::uuid AND ${stillSignsIn(proof)} FOR UPDATE
      ), replaced AS (
        DELETE FROM sessions
        WHERE token_hash = ${bytea(replaces)} AND EXISTS (SELECT 1 FROM account)
      )
      INSERT INTO sessions (account_id, token_hash, device, expires_at)
      SELECT id, ${bytea(tokenHash)}, ${device}::text,
        clock_timestamp() + ${SESSION_LIFETIME}::int * interval '1 second'
      FROM account
      RETURNING id`,
  );
  return made?.id ?? null;
}

/** @param tokenHash of the browser's own session, SHA-256 of its cookie */
export function signOut(context: Context, tokenHash: Uint8Array): Promise<DoneResult> {
  return end(context, Prisma.sql`token_hash = ${bytea(tokenHash)}`);
}

/** Ends one of the caller's own sessions: a guessed id of another account's ends nothing. */
export function endSession(
  context: Context,
  { accountId }: Pick<Staff, 'accountId'>,
  sessionId: string,
): Promise<DoneResult> {
  return end(context, Prisma.sql`id = ${sessionId}::uuid AND account_id = ${accountId}::uuid`);
}

/** Ends every session of the caller's own but the one that asks. */
export function endOtherSessions(
  context: Context,
  { accountId, sessionId }: Pick<Staff, 'accountId' | 'sessionId'>,
): Promise<DoneResult> {
  return end(context, Prisma.sql`account_id = ${accountId}::uuid AND id <> ${sessionId}::uuid`);
}

function end(context: Context, which: Prisma.Sql): Promise<DoneResult> {
  return together(context, async ({ database }) => {
    await execute(database, Prisma.sql`DELETE FROM sessions WHERE ${which}`);
    return DONE;
  });
}

const sessionRow = z.object({
  id: z.string(),
  device: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
});

/** The sessions that a cookie can still be of, newest use first. */
export function listSessions(
  database: Database,
  accountId: string,
): Promise<readonly SessionView[]> {
  return findRows(
    database,
    sessionRow,
    Prisma.sql`
      SELECT s.id, s.device, ${isoTime(Prisma.sql`s.created_at`)} AS "createdAt",
        ${isoTime(Prisma.sql`s.last_seen_at`)} AS "lastSeenAt"
      FROM sessions s WHERE s.account_id = ${accountId}::uuid AND ${IS_LIVE}
      ORDER BY s.last_seen_at DESC, s.created_at DESC`,
  );
}
