/**
 * The claim: the one statement in which a message changes from sealed to
 * opened by somebody. Rules: it locks the row first, so of any number of
 * openers, over any number of app instances, one is granted; the time is the
 * database's; the same nonce is granted again within its lease, no other ever;
 * and no proof moves a claimed row. What is granted goes out once it is settled.
 */
import 'server-only';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import type {
  BrowserClaimAnswer,
  GrantedClaim,
  Judged,
  MessageAddress,
  MessageRecord,
  SealedContent,
  ServerClaimAnswer,
} from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { countLocatedEnding, refusedByHistory } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { recordErased } from '../history/record-ending';
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
  isAltered,
  isJudged,
  leaseEnd,
  toContent,
  toRecord,
  type ContentRow,
  type RecordRow,
} from './row';

type ServerVerdict = 'claim' | 'again' | 'locked' | 'ended' | 'altered' | 'refused';
type BrowserVerdict = Exclude<ServerVerdict, 'locked'> | 'authenticate' | 'wrong' | 'burn';

interface LocatedRow<Verdict> extends RecordRow, ContentRow {
  verdict: Verdict;
  /** When this statement changed the row; null if it did not. */
  changedAtMs: bigint | null;
  /** The row's version as this statement's claim wrote it. */
  version: string | null;
  /** How many messages have ended by now, if this one has. */
  endings: bigint | null;
}

/** What a claim needs besides the message. */
export interface ClaimSetting {
  /** 0: leases are off */
  readonly leaseSeconds: number;
  readonly history: HistoryGuard;
}

export async function claimServerSealed(
  client: PrismaClient,
  setting: ClaimSetting,
  address: MessageAddress,
  claim: { linkVerifier: Uint8Array; nonceHash: Uint8Array; passphraseProven: boolean },
): Promise<ServerClaimAnswer> {
  const locked = Prisma.sql`m.passphrase_memory_kib IS NOT NULL AND NOT ${claim.passphraseProven}::boolean`;
  const expected = await setting.history.expectedBeforeClaim();
  const row = await locate<ServerVerdict>(client, {
    where: at(address),
    verdict: Prisma.sql`CASE
      WHEN ${refusedByHistory(expected, CREATED_AT)} THEN 'refused'
      WHEN ${isAltered(claim.linkVerifier)} THEN 'altered'
      WHEN NOT (${WAITING}) AND NOT ${claimedBy(claim.nonceHash)} THEN 'ended'
      WHEN ${locked} THEN 'locked'
      WHEN m.state = 'CLAIMED' THEN 'again'
      ELSE 'claim' END`,
    nonceHash: claim.nonceHash,
    expected,
    setting,
  });
  if (row === null) return null;
  const { verdict } = row;
  if (verdict === 'refused' || verdict === 'altered') return { verdict };
  if (verdict === 'locked' || verdict === 'ended') return { verdict, record: toRecord(row) };
  return granted(row, address, claim.nonceHash);
}

/** @param claim its `authenticated` columns are a condition of comparing and counting, in the same statement */
export async function claimBrowserSealed(
  client: PrismaClient,
  setting: ClaimSetting,
  address: MessageAddress,
  claim: {
    knockVerifier: Uint8Array;
    openVerifier: Uint8Array;
    nonceHash: Uint8Array;
    authenticated: Judged | null;
  },
): Promise<BrowserClaimAnswer> {
  const fits = Prisma.sql`m.link_verifier = ${bytea(claim.openVerifier)}`;
  // Without a lock a proof that fits needs no second look: what is granted is unwrapped anyway.
  const verdictOfWaiting =
    claim.authenticated === null
      ? Prisma.sql`WHEN m.passphrase_memory_kib IS NULL AND ${fits} THEN 'claim'
          ELSE 'authenticate'`
      : Prisma.sql`WHEN NOT ${isJudged(claim.authenticated)} THEN 'altered'
          WHEN ${fits} THEN 'claim'
          WHEN m.wrong_passphrases + 1 >= ${WRONG_PASSPHRASE_LIMIT}::int THEN 'burn'
          ELSE 'wrong'`;
  const expected = await setting.history.expectedBeforeClaim();
  const row = await locate<BrowserVerdict>(client, {
    where: Prisma.sql`${at(address)} AND m.seal = 'BROWSER'
      AND m.knock_verifier = ${bytea(claim.knockVerifier)}`,
    verdict: Prisma.sql`CASE
      WHEN ${refusedByHistory(expected, CREATED_AT)} THEN 'refused'
      WHEN ${claimedBy(claim.nonceHash)} THEN CASE WHEN ${fits} THEN 'again' ELSE 'authenticate' END
      WHEN NOT (${WAITING}) THEN 'ended'
      ${verdictOfWaiting} END`,
    nonceHash: claim.nonceHash,
    expected,
    setting,
  });
  if (row === null) return null;
  const { verdict } = row;
  switch (verdict) {
    case 'refused':
    case 'altered':
      return { verdict };
    case 'authenticate':
      return { verdict, record: toRecord(row), content: toContent(row) };
    case 'wrong':
      return { verdict: 'wrong_passphrase', record: countedIn(row) };
    case 'burn':
      await recordErased(setting.history, row.endings);
      return {
        verdict: 'ended',
        record: {
          ...countedIn(row),
          state: 'BURNED',
          burnedBy: 'WRONG_PASSPHRASES',
          endedAtMs: changedAtMs(row),
        },
      };
    case 'ended':
      return { verdict, record: toRecord(row) };
    default:
      return granted({ ...row, verdict }, address, claim.nonceHash);
  }
}

interface ClaimStep {
  readonly where: Prisma.Sql;
  readonly verdict: Prisma.Sql;
  readonly nonceHash: Uint8Array;
  /** Endings that the database must have seen. */
  readonly expected: bigint;
  readonly setting: ClaimSetting;
}

/** Finds, judges and changes the row. `Verdict` are those that the step's own expression can give. */
async function locate<Verdict extends ServerVerdict | BrowserVerdict>(
  client: PrismaClient,
  step: ClaimStep,
): Promise<LocatedRow<Verdict> | null> {
  const rows = await guarded(
    () => client.$queryRaw<LocatedRow<Verdict>[]>`
      WITH located AS (
        SELECT m.*, ${step.verdict} AS verdict FROM messages m WHERE ${step.where} FOR UPDATE
      ), claimed AS (
        UPDATE messages m SET state = 'CLAIMED', claimed_at = clock_timestamp(),
          claim_nonce_hash = ${bytea(step.nonceHash)}, lease_until = ${leaseEnd(step.setting)}
        FROM located WHERE m.id = located.id AND located.verdict = 'claim'
        RETURNING m.claimed_at AS changed_at, m.xmin::text AS version
      ), repeated AS (
        -- Nothing new but its version: the claim that is repeated can't be undone any more.
        UPDATE messages m SET lease_until = m.lease_until
        FROM located WHERE m.id = located.id AND located.verdict = 'again'
      ), counted AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1,
          last_try_at = clock_timestamp()
        FROM located WHERE m.id = located.id AND located.verdict = 'wrong'
        RETURNING m.last_try_at AS changed_at, NULL::text AS version
      ), burned AS (
        UPDATE messages m SET wrong_passphrases = m.wrong_passphrases + 1,
          last_try_at = clock_timestamp(), state = 'BURNED', burned_by = 'WRONG_PASSPHRASES',
          ended_at = clock_timestamp(), ${ERASED_COLUMNS}
        FROM located WHERE m.id = located.id AND located.verdict = 'burn'
        RETURNING m.ended_at AS changed_at, NULL::text AS version
      ), changed AS (
        SELECT * FROM claimed UNION ALL SELECT * FROM counted UNION ALL SELECT * FROM burned
      ), ending AS (${countLocatedEnding(step.expected)})
      SELECT m.verdict AS "verdict", ${RECORD_COLUMNS}, ${JUDGED_CONTENT_COLUMNS},
        (extract(epoch FROM changed.changed_at) * 1000)::bigint AS "changedAtMs",
        changed.version AS "version",
        coalesce(ending.endings, CASE WHEN m.verdict = 'again' THEN (SELECT h.endings FROM history h) END)
          AS "endings"
      FROM located m LEFT JOIN changed ON true LEFT JOIN ending ON true`,
  );
  return rows[0] ?? null;
}

/** The content leaves the database for the one opener, and to be authenticated; for nobody else. */
const JUDGED_CONTENT_COLUMNS = Prisma.sql`
  CASE WHEN m.verdict IN ('claim', 'again', 'authenticate') THEN m.wrapped_ciphertext END
    AS "wrappedCiphertext",
  m.link_verifier AS "linkVerifier", m.knock_verifier AS "knockVerifier", ${LOCK_COLUMNS}`;

// Below, a row is as it was before the statement; it was locked, so what changed is known exactly.

function granted(
  row: LocatedRow<'claim' | 'again' | ServerVerdict>,
  address: MessageAddress,
  nonceHash: Uint8Array,
): {
  verdict: 'granted';
  record: MessageRecord;
  content: SealedContent;
  claim: GrantedClaim;
} {
  const { endings, version, notifyWhenOpened } = row;
  if (endings === null) throw new Error('A claim was granted and not counted.');
  const before = toRecord(row);
  return {
    verdict: 'granted',
    record: {
      ...before,
      state: 'CLAIMED',
      claimedAtMs: row.verdict === 'claim' ? changedAtMs(row) : before.claimedAtMs,
    },
    content: toContent(row),
    claim: { ...address, nonceHash, endings, version, notifyWhenOpened },
  };
}

function countedIn(row: RecordRow): MessageRecord {
  const before = toRecord(row);
  return { ...before, wrongPassphrases: before.wrongPassphrases + 1 };
}

function changedAtMs(row: { changedAtMs: bigint | null }): number | null {
  return row.changedAtMs === null ? null : Number(row.changedAtMs);
}
