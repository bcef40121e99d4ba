/**
 * The claim: the one statement in which a message changes from sealed to
 * opened by somebody. Rules: it locks the row first, so of any number of
 * openers, over any number of app instances, one is granted; the time is the
 * database's; the same nonce is granted again within its lease, no other ever.
 * With leases off the row is opened, and its content erased, at once.
 */
import 'server-only';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import type { ClaimAnswer, MessageAddress } from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding, refusedByHistory } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import {
  CREATED_AT,
  ERASED_COLUMNS,
  LOCK_COLUMNS,
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

type Verdict = 'claim' | 'again' | 'locked' | 'wrong' | 'burn' | 'ended' | 'refused';

interface LocatedRow extends RecordRow, ContentRow {
  verdict: Verdict;
  /** When this statement changed the row; null if it did not. */
  changedAtMs: bigint | null;
  /** How many messages have ended by now, if this one has. */
  endings: bigint | null;
}

/** What a claim needs besides the message. */
export interface ClaimSetting {
  readonly leaseSeconds: number;
  readonly history: HistoryGuard;
}

export async function claimServerSealed(
  client: PrismaClient,
  setting: ClaimSetting,
  address: MessageAddress,
  claim: { linkVerifier: Uint8Array; nonceHash: Uint8Array; passphraseProven: boolean },
): Promise<ClaimAnswer> {
  const locked = Prisma.sql`m.passphrase_memory_kib IS NOT NULL AND NOT ${claim.passphraseProven}::boolean`;
  const expected = await setting.history.expectedEndings();
  return settle(client, {
    where: Prisma.sql`${at(address)} AND m.seal = 'SERVER'
      AND m.link_verifier = ${bytea(claim.linkVerifier)}`,
    verdict: Prisma.sql`CASE
      WHEN ${refusedByHistory(expected, CREATED_AT)} THEN 'refused'
      WHEN NOT (${WAITING}) AND NOT ${claimedBy(claim.nonceHash)} THEN 'ended'
      WHEN ${locked} THEN 'locked'
      WHEN m.state = 'CLAIMED' THEN 'again'
      ELSE 'claim' END`,
    nonceHash: claim.nonceHash,
    expected,
    setting,
  });
}

export async function claimBrowserSealed(
  client: PrismaClient,
  setting: ClaimSetting,
  address: MessageAddress,
  claim: { knockVerifier: Uint8Array; openVerifier: Uint8Array; nonceHash: Uint8Array },
): Promise<ClaimAnswer> {
  const expected = await setting.history.expectedEndings();
  return settle(client, {
    where: Prisma.sql`${at(address)} AND m.seal = 'BROWSER'
      AND m.knock_verifier = ${bytea(claim.knockVerifier)}`,
    verdict: Prisma.sql`CASE
      WHEN ${refusedByHistory(expected, CREATED_AT)} THEN 'refused'
      WHEN NOT (${WAITING}) AND NOT ${claimedBy(claim.nonceHash)} THEN 'ended'
      WHEN m.link_verifier <> ${bytea(claim.openVerifier)} THEN
        CASE WHEN m.wrong_passphrases + 1 >= ${WRONG_PASSPHRASE_LIMIT}::int THEN 'burn' ELSE 'wrong' END
      WHEN m.state = 'CLAIMED' THEN 'again'
      ELSE 'claim' END`,
    nonceHash: claim.nonceHash,
    expected,
    setting,
  });
}

interface ClaimStep {
  readonly where: Prisma.Sql;
  readonly verdict: Prisma.Sql;
  readonly nonceHash: Uint8Array;
  /** Endings that the database must have seen. */
  readonly expected: bigint;
  readonly setting: ClaimSetting;
}

async function settle(client: PrismaClient, step: ClaimStep): Promise<ClaimAnswer> {
  const rows = await guarded(
    () => client.$queryRaw<LocatedRow[]>`
      WITH located AS (
        SELECT m.*, ${step.verdict} AS verdict FROM messages m WHERE ${step.where} FOR UPDATE
      ), claimed AS (
        UPDATE messages m SET ${claimColumns(step.nonceHash, step.setting.leaseSeconds)}
        FROM located WHERE m.id = located.id AND located.verdict = 'claim'
        RETURNING m.claimed_at AS changed_at
      ), counted AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1,
          last_try_at = clock_timestamp()
        FROM located WHERE m.id = located.id AND located.verdict = 'wrong'
        RETURNING m.last_try_at AS changed_at
      ), burned AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1,
          last_try_at = clock_timestamp(), state = 'BURNED', burned_by = 'WRONG_PASSPHRASES',
          ended_at = clock_timestamp(), ${ERASED_COLUMNS}
        FROM located WHERE m.id = located.id AND located.verdict = 'burn'
        RETURNING m.ended_at AS changed_at
      ), changed AS (
        SELECT * FROM claimed UNION ALL SELECT * FROM counted UNION ALL SELECT * FROM burned
      ), ending AS (${countLocatedEnding(step.expected)})
      SELECT m.verdict AS "verdict", ${RECORD_COLUMNS}, ${GRANTED_CONTENT_COLUMNS},
        (extract(epoch FROM changed.changed_at) * 1000)::bigint AS "changedAtMs",
        coalesce(ending.endings, CASE WHEN m.verdict = 'again' THEN (SELECT h.endings FROM history h) END)
          AS "endings"
      FROM located m LEFT JOIN changed ON true LEFT JOIN ending ON true`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  // Nothing is handed out before the world outside the database knows of it. If that fails,
  // the claim stands and the same nonce may ask again.
  if (row.endings !== null) await step.setting.history.record(row.endings);
  return toAnswer(row);
}

/** The content leaves the database for the one opener only. */
const GRANTED_CONTENT_COLUMNS = Prisma.sql`
  CASE WHEN m.verdict IN ('claim', 'again') THEN m.wrapped_ciphertext END AS "wrappedCiphertext",
  m.link_verifier AS "linkVerifier", m.knock_verifier AS "knockVerifier", ${LOCK_COLUMNS}`;

function claimColumns(nonceHash: Uint8Array, leaseSeconds: number): Prisma.Sql {
  return leaseSeconds === 0
    ? Prisma.sql`state = 'OPENED', claimed_at = clock_timestamp(), ended_at = clock_timestamp(),
        ${ERASED_COLUMNS}`
    : Prisma.sql`state = 'CLAIMED', claimed_at = clock_timestamp(),
        claim_nonce_hash = ${bytea(nonceHash)},
        lease_until = clock_timestamp() + ${leaseSeconds}::int * interval '1 second'`;
}

/** `located` is the row before the statement; it was locked, so what changed is known exactly. */
function toAnswer(row: LocatedRow): ClaimAnswer {
  const before = toRecord(row);
  const changedAtMs = row.changedAtMs === null ? null : Number(row.changedAtMs);
  const wrongPassphrases = before.wrongPassphrases + 1;
  switch (row.verdict) {
    case 'claim':
      return {
        verdict: 'granted',
        record: { ...before, state: 'CLAIMED', claimedAtMs: changedAtMs },
        content: toContent(row),
      };
    case 'again':
      return { verdict: 'granted', record: before, content: toContent(row) };
    case 'wrong':
      return { verdict: 'wrong_passphrase', record: { ...before, wrongPassphrases } };
    case 'burn':
      return {
        verdict: 'ended',
        record: {
          ...before,
          state: 'BURNED',
          burnedBy: 'WRONG_PASSPHRASES',
          endedAtMs: changedAtMs,
          wrongPassphrases,
        },
      };
    case 'locked':
      return { verdict: 'locked', record: before };
    case 'ended':
      return { verdict: 'ended', record: before };
    case 'refused':
      return { verdict: 'refused' };
  }
}
