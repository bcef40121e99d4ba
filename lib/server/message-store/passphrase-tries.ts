/**
 * Tries of a server-sealed passphrase, counted exactly. A try is taken before
 * Argon2 runs and, if wrong, confirmed after: however many guesses arrive at
 * once, ten are looked at. Tries whose process died are given back by the sweeper.
 */
import 'server-only';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import type { MessageAddress, MessageRecord, TryAnswer } from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding, refusedByHistory } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import {
  CONTENT_COLUMNS,
  CREATED_AT,
  ERASED_COLUMNS,
  RECORD_COLUMNS,
  WAITING,
  at,
  bytea,
  claimedBy,
  toContent,
  toRecord,
  type ContentRow,
  type RecordRow,
} from './row';

interface BegunRow extends RecordRow, ContentRow {
  verdict: 'begin' | 'again' | 'all_tries_running' | 'ended' | 'refused';
}

export async function beginTry(
  client: PrismaClient,
  history: HistoryGuard,
  address: MessageAddress,
  claim: { linkVerifier: Uint8Array; nonceHash: Uint8Array },
): Promise<TryAnswer> {
  const expected = await history.expectedEndings();
  const rows = await guarded(
    () => client.$queryRaw<BegunRow[]>`
      WITH located AS (
        SELECT m.*, CASE
          WHEN ${refusedByHistory(expected, CREATED_AT)} THEN 'refused'
          WHEN ${claimedBy(claim.nonceHash)} THEN 'again'
          WHEN NOT (${WAITING}) THEN 'ended'
          WHEN m.passphrase_tries >= ${WRONG_PASSPHRASE_LIMIT}::int THEN 'all_tries_running'
          ELSE 'begin' END AS verdict
        FROM messages m
        WHERE ${at(address)} AND m.seal = 'SERVER' AND m.link_verifier = ${bytea(claim.linkVerifier)}
        FOR UPDATE
      ), begun AS (
        UPDATE messages m SET passphrase_tries = m.passphrase_tries + 1,
          last_try_at = clock_timestamp()
        FROM located WHERE m.id = located.id AND located.verdict = 'begin'
      )
      SELECT m.verdict AS "verdict", ${RECORD_COLUMNS}, ${CONTENT_COLUMNS} FROM located m`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.verdict === 'refused') return { verdict: 'refused' };
  const record = toRecord(row);
  return row.verdict === 'begin' || row.verdict === 'again'
    ? { verdict: 'granted', record, content: toContent(row) }
    : { verdict: row.verdict, record };
}

export async function countWrongTry(
  client: PrismaClient,
  history: HistoryGuard,
  address: MessageAddress,
): Promise<MessageRecord | null> {
  const expected = await history.expectedEndings();
  const last = Prisma.sql`m.wrong_passphrases + 1 >= ${WRONG_PASSPHRASE_LIMIT}::int`;
  const rows = await guarded(
    () => client.$queryRaw<(RecordRow & { endings: bigint | null })[]>`
      WITH located AS (
        SELECT m.id, CASE WHEN m.state <> 'SEALED' THEN 'over' WHEN ${last} THEN 'burn' ELSE 'count' END
          AS verdict
        FROM messages m WHERE ${at(address)} FOR UPDATE
      ), counted AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1
        FROM located WHERE m.id = located.id AND located.verdict = 'count'
        RETURNING m.*
      ), burned AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1,
          state = 'BURNED', burned_by = 'WRONG_PASSPHRASES', ended_at = clock_timestamp(),
          ${ERASED_COLUMNS}
        FROM located WHERE m.id = located.id AND located.verdict = 'burn'
        RETURNING m.*
      ), changed AS (SELECT * FROM counted UNION ALL SELECT * FROM burned),
      ending AS (${countLocatedEnding(expected)})
      SELECT ${RECORD_COLUMNS}, ending.endings AS "endings"
      FROM changed m LEFT JOIN ending ON true`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.endings !== null) await history.record(row.endings);
  return toRecord(row);
}
