/**
 * The claim of a reply: the one statement in which it changes from sealed to
 * opened by somebody. Rules: only a reader of its request finds the row, and is
 * held as one until it ends: who stops being one has opened it before that, or
 * does not; the row is locked, so of any number of readers one is granted; locks
 * are taken in the one order (see `lock-order.ts`); the time is
 * the database's; the same nonce of the same reader is granted again within
 * its lease, no other ever. What is granted goes out once it is settled.
 */
import 'server-only';
import type { GrantedReplyClaim, ReplyClaim, ReplyClaimAnswer } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding, refusedByHistory } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { recordOrUndo } from '../history/record-ending';
import { leaseEnd } from '../message-store/row';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import { heldReader } from './lock-order';
import { ERASED_REPLY_COLUMNS, REPLY_COLUMNS, bytea, toReply, type ReplyRow } from './row';

/** What a claim needs besides the reply. */
export interface ReplyClaimSetting {
  /** 0: leases are off */
  readonly leaseSeconds: number;
  readonly history: HistoryGuard;
}

interface LocatedRow extends ReplyRow {
  verdict: 'claim' | 'again' | 'ended' | 'refused';
  wrappedCiphertext: Uint8Array | null;
  keepUntilMs: bigint;
  changedAtMs: bigint | null;
  /** The row's version as this statement's claim wrote it. */
  version: string | null;
  /** How many endings there are by now, if this is one or repeats one. */
  endings: bigint | null;
}

export async function claimReply(
  client: PrismaClient,
  setting: ReplyClaimSetting,
  claim: ReplyClaim,
): Promise<ReplyClaimAnswer> {
  const expected = await setting.history.expectedBeforeClaim();
  const rows = await guarded(
    () => client.$queryRaw<LocatedRow[]>`
      WITH account AS MATERIALIZED (
        SELECT id FROM accounts WHERE id = ${claim.accountId}::uuid FOR KEY SHARE
      ), request AS MATERIALIZED (
        SELECT r.id, r.state, r.keep_until FROM requests r
        WHERE r.id = ${claim.requestId}::bigint AND EXISTS (SELECT 1 FROM account) FOR SHARE
      ), ${heldReader(claim, 'request')}, located AS (
        SELECT p.*, request.keep_until, CASE
          WHEN ${refusedByHistory(expected, Prisma.sql`p.created_at`)} THEN 'refused'
          WHEN request.state = 'ENDED' OR request.keep_until <= clock_timestamp() THEN 'ended'
          WHEN p.state = 'SEALED' THEN 'claim'
          WHEN ${heldBy(claim)} AND p.lease_until > clock_timestamp() THEN 'again'
          ELSE 'ended' END AS verdict
        FROM replies p
          JOIN request ON request.id = p.request_id
          JOIN reader ON reader.request_id = p.request_id
        WHERE ${at(claim)} FOR UPDATE OF p
      ), claimed AS (
        UPDATE replies p SET state = 'CLAIMED', claimed_at = clock_timestamp(),
          claimed_by_id = ${claim.accountId}::uuid, claim_nonce_hash = ${bytea(claim.nonceHash)},
          lease_until = ${leaseEnd(setting)}
        FROM located WHERE p.id = located.id AND located.verdict = 'claim'
        RETURNING p.claimed_at AS changed_at, p.xmin::text AS version
      ), repeated AS (
        -- Nothing new but its version: the claim that is repeated can't be undone any more.
        UPDATE replies p SET lease_until = p.lease_until
        FROM located WHERE p.id = located.id AND located.verdict = 'again'
      ), ending AS (${countLocatedEnding(expected)})
      SELECT p.verdict AS "verdict", ${REPLY_COLUMNS},
        CASE WHEN p.verdict IN ('claim', 'again') THEN p.wrapped_ciphertext END
          AS "wrappedCiphertext",
        (extract(epoch FROM p.keep_until) * 1000)::bigint AS "keepUntilMs",
        (extract(epoch FROM claimed.changed_at) * 1000)::bigint AS "changedAtMs",
        claimed.version AS "version",
        coalesce(ending.endings, CASE WHEN p.verdict = 'again' THEN (SELECT h.endings FROM history h) END)
          AS "endings"
      FROM located p LEFT JOIN claimed ON true LEFT JOIN ending ON true`,
  );
  const row = rows[0];
  return row === undefined ? null : toAnswer(row, claim);
}

function toAnswer(row: LocatedRow, claim: ReplyClaim): ReplyClaimAnswer {
  if (row.verdict === 'refused') return { verdict: 'refused' };
  if (row.verdict === 'ended') {
    return { verdict: 'ended', reply: toReply(row), keepUntilMs: Number(row.keepUntilMs) };
  }
  const { endings, version, wrappedCiphertext } = row;
  if (wrappedCiphertext === null) throw new Error('A granted reply has no content.');
  if (endings === null) throw new Error('A claim was granted and not counted.');
  return {
    verdict: 'granted',
    epoch: row.replyEpoch,
    wrappedCiphertext: new Uint8Array(wrappedCiphertext),
    claim: {
      ...claim,
      endings,
      version,
      claimedAtMs: Number(row.changedAtMs ?? row.claimedAtMs ?? 0),
    },
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

/** As of messages: nothing goes out before it is recorded, nor, with leases off, before it is erased. */
export async function settleReply(
  client: PrismaClient,
  { leaseSeconds, history }: ReplyClaimSetting,
  claim: GrantedReplyClaim,
): Promise<boolean> {
  await recordOrUndo(history, claim.endings, () => undoReplyClaim(client, claim));
  return leaseSeconds > 0 || acknowledgeReply(client, claim);
}

/** claimed → sealed, as of messages: only while the row is as that very claim wrote it. */
export async function undoReplyClaim(
  client: PrismaClient,
  claim: GrantedReplyClaim,
): Promise<void> {
  const { version } = claim;
  if (version === null) return;
  await guarded(
    () => client.$executeRaw`
      UPDATE replies p SET state = 'SEALED', claimed_at = NULL, claimed_by_id = NULL,
        claim_nonce_hash = NULL, lease_until = NULL
      WHERE ${at(claim)} AND ${heldBy(claim)} AND p.xmin::text = ${version}`,
  );
}

function at({ requestId, replyId }: ReplyClaim): Prisma.Sql {
  return Prisma.sql`p.id = ${replyId}::bigint AND p.request_id = ${requestId}::bigint`;
}

function heldBy({ accountId, nonceHash }: ReplyClaim): Prisma.Sql {
  return Prisma.sql`p.state = 'CLAIMED' AND p.claim_nonce_hash = ${bytea(nonceHash)}
    AND p.claimed_by_id = ${accountId}::uuid`;
}
