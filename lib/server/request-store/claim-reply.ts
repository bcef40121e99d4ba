/**
 * The claim of a reply: the one statement in which it changes from sealed to
 * opened by somebody. Rules: only a reader of its request finds the row; the
 * row is locked first, so of any number of readers one is granted; the time is
 * the database's; the same nonce of the same reader is granted again within
 * its lease, no other ever.
 */
import 'server-only';
import type { ReplyClaim, ReplyClaimAnswer } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding, refusedByHistory } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import { ERASED_REPLY_COLUMNS, REPLY_COLUMNS, bytea, toReply, type ReplyRow } from './row';

/** What a claim needs besides the reply. */
export interface ReplyClaimSetting {
  readonly leaseSeconds: number;
  readonly history: HistoryGuard;
}

interface LocatedRow extends ReplyRow {
  verdict: 'claim' | 'again' | 'ended' | 'refused';
  wrappedCiphertext: Uint8Array | null;
  keepUntilMs: bigint;
  changedAtMs: bigint | null;
  /** How many endings there are by now, if this is one or repeats one. */
  endings: bigint | null;
}

export async function claimReply(
  client: PrismaClient,
  { leaseSeconds, history }: ReplyClaimSetting,
  claim: ReplyClaim,
): Promise<ReplyClaimAnswer> {
  const expected = await history.expectedEndings();
  const rows = await guarded(
    () => client.$queryRaw<LocatedRow[]>`
      WITH located AS (
        SELECT p.*, r.keep_until, CASE
          WHEN ${refusedByHistory(expected, Prisma.sql`p.created_at`)} THEN 'refused'
          WHEN r.state = 'ENDED' OR r.keep_until <= clock_timestamp() THEN 'ended'
          WHEN p.state = 'SEALED' THEN 'claim'
          WHEN ${heldBy(claim)} AND p.lease_until > clock_timestamp() THEN 'again'
          ELSE 'ended' END AS verdict
        FROM replies p
          JOIN requests r ON r.id = p.request_id
          JOIN request_readers own
            ON own.request_id = p.request_id AND own.account_id = ${claim.accountId}::uuid
        WHERE ${at(claim)} FOR UPDATE OF p
      ), claimed AS (
        UPDATE replies p SET claimed_at = clock_timestamp(),
          claimed_by_id = ${claim.accountId}::uuid, ${claimColumns(claim, leaseSeconds)}
        FROM located WHERE p.id = located.id AND located.verdict = 'claim'
        RETURNING p.claimed_at AS changed_at
      ), ending AS (${countLocatedEnding(expected)})
      SELECT p.verdict AS "verdict", ${REPLY_COLUMNS},
        CASE WHEN p.verdict IN ('claim', 'again') THEN p.wrapped_ciphertext END
          AS "wrappedCiphertext",
        (extract(epoch FROM p.keep_until) * 1000)::bigint AS "keepUntilMs",
        (extract(epoch FROM claimed.changed_at) * 1000)::bigint AS "changedAtMs",
        coalesce(ending.endings, CASE WHEN p.verdict = 'again' THEN (SELECT h.endings FROM history h) END)
          AS "endings"
      FROM located p LEFT JOIN claimed ON true LEFT JOIN ending ON true`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  // Nothing is handed out before the world outside the database knows of it. If that fails,
  // the claim stands and the same nonce may ask again.
  if (row.endings !== null) await history.record(row.endings);
  return toAnswer(row);
}

function toAnswer(row: LocatedRow): ReplyClaimAnswer {
  if (row.verdict === 'refused') return { verdict: 'refused' };
  if (row.verdict === 'ended') {
    return { verdict: 'ended', reply: toReply(row), keepUntilMs: Number(row.keepUntilMs) };
  }
  if (row.wrappedCiphertext === null) throw new Error('A granted reply has no content.');
  return {
    verdict: 'granted',
    epoch: row.replyEpoch,
    wrappedCiphertext: new Uint8Array(row.wrappedCiphertext),
    claimedAtMs: Number(row.changedAtMs ?? row.claimedAtMs ?? 0),
  };
}

/** claimed → opened: the content goes as soon as its reader has it. */
export async function acknowledgeReply(client: PrismaClient, claim: ReplyClaim): Promise<boolean> {
  const ended = await guarded(
    () => client.$executeRaw`
      UPDATE replies p SET state = 'OPENED', ended_at = clock_timestamp(), ${ERASED_REPLY_COLUMNS}
      WHERE ${at(claim)} AND ${heldBy(claim)}`,
  );
  return ended === 1;
}

/** claimed → sealed, for a claim whose content could not be unwrapped. */
export async function releaseReply(client: PrismaClient, claim: ReplyClaim): Promise<void> {
  await guarded(
    () => client.$executeRaw`
      UPDATE replies p SET state = 'SEALED', claimed_at = NULL, claimed_by_id = NULL,
        claim_nonce_hash = NULL, lease_until = NULL
      WHERE ${at(claim)} AND ${heldBy(claim)}`,
  );
}

function at({ requestId, replyId }: ReplyClaim): Prisma.Sql {
  return Prisma.sql`p.id = ${replyId}::bigint AND p.request_id = ${requestId}::bigint`;
}

function heldBy({ accountId, nonceHash }: ReplyClaim): Prisma.Sql {
  return Prisma.sql`p.state = 'CLAIMED' AND p.claim_nonce_hash = ${bytea(nonceHash)}
    AND p.claimed_by_id = ${accountId}::uuid`;
}

/** With leases off a reply is opened, and its content erased, at once. */
function claimColumns({ nonceHash }: ReplyClaim, leaseSeconds: number): Prisma.Sql {
  return leaseSeconds === 0
    ? Prisma.sql`state = 'OPENED', ended_at = clock_timestamp(), ${ERASED_REPLY_COLUMNS}`
    : Prisma.sql`state = 'CLAIMED', claim_nonce_hash = ${bytea(nonceHash)},
        lease_until = clock_timestamp() + ${leaseSeconds}::int * interval '1 second'`;
}
