/**
 * Tries of a server-sealed passphrase, counted exactly. A try is taken before
 * Argon2 runs and, if wrong, confirmed after: however many guesses arrive at
 * once, ten are looked at. One that could not be judged is given back, and the
 * sweeper gives those back whose process died.
 */
import 'server-only';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import type { Judged, MessageAddress, MessageStore, TryAnswer } from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding, refusedByHistory } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { recordErased } from '../history/record-ending';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import {
  CONTENT_COLUMNS,
  CREATED_AT,
  ERASED_COLUMNS,
  ONE_TRY_LESS,
  RECORD_COLUMNS,
  WAITING,
  at,
  claimedBy,
  isAltered,
  isJudged,
  toContent,
  toRecord,
  type ContentRow,
  type RecordRow,
} from './row';

interface BegunRow extends RecordRow, ContentRow {
  verdict: 'begin' | 'unreserved' | 'all_tries_running' | 'ended' | 'altered' | 'refused';
}

export async function beginTry(
  client: PrismaClient,
  history: HistoryGuard,
  address: MessageAddress,
  claim: { linkVerifier: Uint8Array; nonceHash: Uint8Array },
): Promise<TryAnswer> {
  const expected = await history.expectedBeforeClaim();
  const rows = await guarded(
    () => client.$queryRaw<BegunRow[]>`
      WITH located AS (
        SELECT m.*, CASE
          WHEN ${refusedByHistory(expected, CREATED_AT)} THEN 'refused'
          WHEN ${isAltered(claim.linkVerifier)} THEN 'altered'
          WHEN ${claimedBy(claim.nonceHash)} THEN 'unreserved'
          WHEN NOT (${WAITING}) THEN 'ended'
          WHEN m.passphrase_memory_kib IS NULL THEN 'unreserved'
          WHEN m.passphrase_tries >= ${WRONG_PASSPHRASE_LIMIT}::int THEN 'all_tries_running'
          ELSE 'begin' END AS verdict
        FROM messages m WHERE ${at(address)} FOR UPDATE
      ), begun AS (
        UPDATE messages m SET passphrase_tries = m.passphrase_tries + 1,
          last_try_at = clock_timestamp()
        FROM located WHERE m.id = located.id AND located.verdict = 'begin'
      )
      SELECT m.verdict AS "verdict", ${RECORD_COLUMNS}, ${CONTENT_COLUMNS} FROM located m`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { verdict } = row;
  if (verdict === 'refused' || verdict === 'altered') return { verdict };
  const record = toRecord(row);
  return verdict === 'begin' || verdict === 'unreserved'
    ? { verdict: 'begun', record, content: toContent(row) }
    : { verdict, record };
}

export async function returnTry(client: PrismaClient, address: MessageAddress): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      UPDATE messages m SET ${ONE_TRY_LESS} WHERE ${at(address)} AND m.state = 'SEALED'`,
  );
}

export async function countWrongTry(
  client: PrismaClient,
  history: HistoryGuard,
  address: MessageAddress,
  judged: Judged,
): ReturnType<MessageStore['countWrongTry']> {
  const expected = await history.expectedEndings();
  const last = Prisma.sql`m.wrong_passphrases + 1 >= ${WRONG_PASSPHRASE_LIMIT}::int`;
  const rows = await guarded(
    () => client.$queryRaw<(RecordRow & { verdict: string; endings: bigint | null })[]>`
      WITH located AS (
        SELECT m.*, CASE
          WHEN m.state <> 'SEALED' THEN 'over'
          WHEN NOT ${isJudged(judged)} THEN 'altered'
          WHEN ${last} THEN 'burn'
          ELSE 'count' END AS verdict
        FROM messages m WHERE ${at(address)} FOR UPDATE
      ), counted AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1
        FROM located WHERE m.id = located.id AND located.verdict = 'count'
        RETURNING m.*, located.verdict
      ), burned AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1,
          state = 'BURNED', burned_by = 'WRONG_PASSPHRASES', ended_at = clock_timestamp(),
          ${ERASED_COLUMNS}
        FROM located WHERE m.id = located.id AND located.verdict = 'burn'
        RETURNING m.*, located.verdict
      ), result AS (
        SELECT * FROM counted UNION ALL SELECT * FROM burned
        UNION ALL SELECT * FROM located WHERE located.verdict IN ('over', 'altered')
      ), ending AS (${countLocatedEnding(expected)})
      SELECT m.verdict AS "verdict", ${RECORD_COLUMNS}, ending.endings AS "endings"
      FROM result m LEFT JOIN ending ON true`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  await recordErased(history, row.endings);
  return { record: toRecord(row), isAltered: row.verdict === 'altered' };
}
