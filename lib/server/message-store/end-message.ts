/** The endings that somebody asks for. Each is one conditional statement. */
import 'server-only';
import type {
  GrantedClaim,
  MessageAddress,
  MessageRecord,
  MessageStore,
} from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { recordErased, recordOrUndo } from '../history/record-ending';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import type { ClaimSetting } from './claim-message';
import {
  ERASED_COLUMNS,
  IS_REFUSED,
  ONE_TRY_LESS,
  RECORD_COLUMNS,
  at,
  bytea,
  toRecord,
  type RecordRow,
} from './row';

/** claimed → opened: the content goes as soon as its reader has it. */
export async function acknowledge(
  client: PrismaClient,
  address: MessageAddress,
  nonceHash: Uint8Array,
): Promise<boolean> {
  const ended = await guarded(
    () => client.$executeRaw`
      UPDATE messages m SET state = 'OPENED', ended_at = clock_timestamp(), ${ERASED_COLUMNS}
      WHERE ${at(address)} AND m.state = 'CLAIMED' AND m.claim_nonce_hash = ${bytea(nonceHash)}`,
  );
  return ended === 1;
}

/**
 * claimed → sealed, for a claim of which nothing went out. Only while the row is as that claim wrote
 * it (`xmin`, the transaction that wrote this version): whoever repeated it since may have been answered.
 */
export async function undoClaim(
  client: PrismaClient,
  { nonceHash, version, ...address }: GrantedClaim,
): Promise<void> {
  if (version === null) return;
  await guarded(
    () => client.$executeRaw`
      UPDATE messages m SET state = 'SEALED', claimed_at = NULL, claim_nonce_hash = NULL,
        lease_until = NULL, ${ONE_TRY_LESS}
      WHERE ${at(address)} AND m.state = 'CLAIMED' AND m.claim_nonce_hash = ${bytea(nonceHash)}
        AND m.xmin::text = ${version}`,
  );
}

/**
 * Nothing is handed out before the world outside the database knows of it, nor, with leases off,
 * before its content is gone here.
 */
export async function settleClaim(
  client: PrismaClient,
  { leaseSeconds, history }: ClaimSetting,
  claim: GrantedClaim,
): Promise<boolean> {
  await recordOrUndo(history, claim.endings, () => undoClaim(client, claim));
  return leaseSeconds > 0 || acknowledge(client, claim, claim.nonceHash);
}

/**
 * Ends a message for good. One that waits is burned, or expired if its time has
 * passed; one that was claimed is opened and its lease ends now: after this
 * statement nobody reads anything. Of one that is kept closed after the
 * database was restored nobody can tell whether it was opened, so it ends as
 * erased for that. An ended one stays as it is.
 */
export async function destroy(
  client: PrismaClient,
  history: HistoryGuard,
  address: MessageAddress,
  by: Parameters<MessageStore['destroy']>[1],
): Promise<MessageRecord | null> {
  const where = Prisma.sql`${at(address)} AND ${proofOf(by)}`;
  const expected = await history.expectedEndings();
  const rows = await guarded(
    () => client.$queryRaw<(RecordRow & { endings: bigint | null })[]>`
      WITH located AS (
        SELECT m.*, CASE WHEN m.state IN ('SEALED', 'CLAIMED') THEN 'end' END AS verdict
        FROM messages m WHERE ${where} FOR UPDATE
      ), ended AS (
        UPDATE messages m SET
          state = (CASE
            WHEN m.state = 'CLAIMED' THEN 'OPENED'
            WHEN ${IS_REFUSED} THEN 'BURNED'
            WHEN m.expires_at <= clock_timestamp() THEN 'EXPIRED'
            ELSE 'BURNED' END)::message_state,
          burned_by = (CASE
            WHEN m.state = 'SEALED' AND ${IS_REFUSED} THEN 'RESTORE'
            WHEN m.state = 'SEALED' AND m.expires_at > clock_timestamp() THEN ${by.who}::text
            END)::burned_by,
          ended_at = clock_timestamp(), ${ERASED_COLUMNS}
        FROM located WHERE m.id = located.id AND located.verdict = 'end'
        RETURNING m.*, located.verdict
      ), result AS (
        SELECT * FROM ended
        UNION ALL
        SELECT * FROM located WHERE located.verdict IS NULL
      ), ending AS (${countLocatedEnding(expected)})
      SELECT ${RECORD_COLUMNS}, ending.endings AS "endings"
      FROM result m LEFT JOIN ending ON true`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  await recordErased(history, row.endings);
  return toRecord(row);
}

function proofOf(by: Parameters<MessageStore['destroy']>[1]): Prisma.Sql {
  if (by.who === 'SENDER') {
    return 'senderId' in by ? Prisma.sql`m.sender_id = ${by.senderId}::uuid` : Prisma.sql`true`;
  }
  return 'linkVerifier' in by
    ? Prisma.sql`m.seal = 'SERVER' AND m.link_verifier = ${bytea(by.linkVerifier)}`
    : Prisma.sql`m.seal = 'BROWSER' AND m.knock_verifier = ${bytea(by.knockVerifier)}`;
}
