/**
 * The claim: the one statement in which an item changes from sealed to opened. Rules: it
 * locks the row first, so of any number of openers, over any number of app instances, one is granted;
 * the time is the database's; the same nonce is granted again within its lease, no other ever; and no
 * proof moves a claimed row. What is granted goes out once it is settled.
 */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { countLocatedEnding, isClosedByRestore } from '@/lib/server/history/history-conditions';
import { recordErased, recordOrUndo } from '@/lib/server/history/record-ending';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow } from '@/lib/server/sql';
import { appendEvents, STATE_REACHED, eventKind, SENDER_ASKED, tellSender } from './events';
import {
  contentColumns,
  contentRow,
  CREATED_AT,
  ERASED,
  isClaimedBy,
  isJudged,
  ITEM_COLUMNS,
  itemRow,
  MAY_REPEAT,
  toContent,
  WAITING,
  type Claimer,
  type ItemContent,
  type ItemRecord,
  type Judged,
} from './item';
import { WRONG_PASSPHRASE_LIMIT } from './policy';

/** Who claims which row. */
export interface Claimant extends Claimer {
  /** The row, by its address alone. */
  readonly at: Prisma.Sql;
  /** What follows FROM: the table `sealed_items i`, and when it is found at all, by a proof or a membership. */
  readonly found: Prisma.Sql;
  /** What is held before the row, while it is claimed: parts of the statement, each with its comma. */
  readonly held?: Prisma.Sql;
}

/** What proves that a message may be opened, besides its link. A reply takes none. */
export interface OpeningProof {
  /** 32 bytes */
  readonly openVerifier: Uint8Array;
  /**
   * The columns that were authenticated: comparing a proof with a lock, and counting a wrong one, is
   * done for a row that still has them, in the same statement. Null while nothing was.
   */
  readonly authenticated: Judged | null;
  /** Of a row without an open verifier: whether what it holds was decrypted. */
  readonly isDecrypted?: boolean;
}

/** A claim that was granted and of which nothing has been handed out yet. */
export interface GrantedClaim extends Claimant {
  readonly id: bigint;
  /** How many endings the database had counted then, this one included. */
  readonly endings: bigint;
  /**
   * The row's version as this claim wrote it, by which it can be undone. null for a repeated claim:
   * an earlier answer may have arrived, so nothing undoes it.
   */
  readonly version: string | null;
  /** The sender wants to be told. */
  readonly notifyWhenOpened: boolean;
}

/**
 * null: no such row, or the knock proof is wrong; the two look the same. `refused`: the database went
 * back. `altered`: the row is not the one that was authenticated. `authenticate`: nothing was changed,
 * and nothing is to be said of the proof before this content was unwrapped.
 */
export type ClaimAnswer =
  | {
      readonly verdict: 'granted';
      readonly record: ItemRecord;
      readonly content: ItemContent;
      readonly claim: GrantedClaim;
    }
  | { readonly verdict: 'authenticate'; readonly record: ItemRecord; readonly content: ItemContent }
  | { readonly verdict: 'wrong' | 'ended'; readonly record: ItemRecord }
  | { readonly verdict: 'refused' | 'altered' }
  | null;

const claimRow = itemRow.extend({
  ...contentRow.shape,
  verdict: z.enum([
    'claim',
    'again',
    'authenticate',
    'wrong',
    'burn',
    'ended',
    'altered',
    'refused',
  ]),
  /** The row's version as this statement's claim wrote it. */
  version: z.string().nullable(),
  /** How many items have ended by now, if this one has. */
  endings: z.bigint().nullable(),
});

/** What becomes of an item that waits. */
function judge(proof: OpeningProof | null, fits: Prisma.Sql): Prisma.Sql {
  if (proof === null) return Prisma.sql`ELSE 'claim'`;
  // Without a lock a proof that fits needs no second look: what is granted is unwrapped anyway.
  if (proof.authenticated === null) {
    return Prisma.sql`
      WHEN i.passphrase_memory_kib IS NULL AND ${fits} THEN 'claim' ELSE 'authenticate'`;
  }
  return Prisma.sql`
      WHEN NOT ${isJudged(proof.authenticated)} THEN 'altered'
      WHEN ${fits} THEN 'claim'
      WHEN i.wrong_passphrases + 1 >= ${WRONG_PASSPHRASE_LIMIT}::int THEN 'burn'
      ELSE 'wrong'`;
}

/** Finds, judges and changes the row. What is answered is the row as it is afterwards. */
export async function claim(
  context: Context,
  claimant: Claimant,
  proof: OpeningProof | null,
): Promise<ClaimAnswer> {
  const fits =
    proof === null
      ? Prisma.sql`true`
      : Prisma.sql`(i.open_verifier = ${bytea(proof.openVerifier)}
          OR (i.open_verifier IS NULL AND ${proof.isDecrypted === true}::boolean))`;
  const expected = await context.history.expectedBeforeClaim();
  const row = await findRow(
    context.database,
    claimRow,
    Prisma.sql`
      WITH ${claimant.held ?? Prisma.empty} located AS (
        SELECT i.*, CASE
          WHEN ${isClosedByRestore(expected, CREATED_AT)} THEN 'refused'
          WHEN ${isClaimedBy(claimant)} AND ${MAY_REPEAT}
            THEN CASE WHEN ${fits} THEN 'again' ELSE 'authenticate' END
          WHEN NOT (${WAITING}) THEN 'ended'
          ${judge(proof, fits)} END AS verdict, NULL::text AS version
        FROM ${claimant.found} FOR UPDATE OF i
      ), claimed AS (
        UPDATE sealed_items i SET state = 'CLAIMED', claimed_at = clock_timestamp(),
          claimed_by_id = ${claimant.accountId}::uuid,
          claim_nonce_hash = ${bytea(claimant.nonceHash)},
          lease_until = ${leaseEnd(context.leaseSeconds)}
        FROM located WHERE i.id = located.id AND located.verdict = 'claim'
        RETURNING i.*, located.verdict, i.xmin::text AS version
      ), repeated AS (
        -- Nothing new but its version: the claim that is repeated can't be undone any more.
        UPDATE sealed_items i SET lease_until = i.lease_until
        FROM located WHERE i.id = located.id AND located.verdict = 'again'
      ), counted AS (
        UPDATE sealed_items i SET wrong_passphrases = i.wrong_passphrases + 1,
          last_try_at = clock_timestamp()
        FROM located WHERE i.id = located.id AND located.verdict = 'wrong'
        RETURNING i.*, located.verdict, NULL::text AS version
      ), burned AS (
        UPDATE sealed_items i SET wrong_passphrases = i.wrong_passphrases + 1,
          last_try_at = clock_timestamp(), state = 'BURNED', burned_by = 'WRONG_PASSPHRASES',
          ended_at = clock_timestamp(), ${ERASED}
        FROM located WHERE i.id = located.id AND located.verdict = 'burn'
        RETURNING i.*, located.verdict, NULL::text AS version
      ), changed AS (
        SELECT * FROM claimed UNION ALL SELECT * FROM counted UNION ALL SELECT * FROM burned
      ), event AS (
        ${appendEvents(
          Prisma.sql`changed i`,
          Prisma.sql`CASE i.verdict WHEN 'wrong' THEN ${eventKind('WRONG_PASSPHRASE')} ELSE ${STATE_REACHED} END`,
          { actorId: Prisma.sql`i.claimed_by_id`, awaitsMail: SENDER_ASKED },
        )}
      ), result AS (
        SELECT * FROM changed
        UNION ALL
        SELECT * FROM located WHERE located.verdict NOT IN ('claim', 'wrong', 'burn')
      ), ending AS (${countLocatedEnding(expected)})
      SELECT i.verdict AS "verdict", i.version AS "version", ${ITEM_COLUMNS},
        ${contentColumns(Prisma.sql`i.verdict IN ('claim', 'again', 'authenticate')`)},
        coalesce(ending.endings, CASE WHEN i.verdict = 'again' THEN (SELECT h.endings FROM history h) END)
          AS "endings"
      FROM result i LEFT JOIN ending ON true`,
  );
  return row === null ? null : answerOf(context, claimant, row);
}

async function answerOf(
  context: Context,
  claimant: Claimant,
  row: z.output<typeof claimRow>,
): Promise<ClaimAnswer> {
  const { verdict, id, endings, version, notifyWhenOpened } = row;
  switch (verdict) {
    case 'refused':
    case 'altered':
      return { verdict };
    case 'authenticate':
      return { verdict, record: row, content: toContent(row) };
    case 'wrong':
    case 'ended':
      return { verdict, record: row };
    case 'burn':
      await recordErased(context.history, endings);
      if (notifyWhenOpened) tellSender(context);
      return { verdict: 'ended', record: row };
    case 'claim':
    case 'again': {
      if (endings === null) throw new Error('A claim was granted and not counted.');
      return {
        verdict: 'granted',
        record: row,
        content: toContent(row),
        claim: { ...claimant, id, endings, version, notifyWhenOpened },
      };
    }
  }
}

export type Granted = Extract<ClaimAnswer, { verdict: 'granted' }>;

export interface HandedOut<Content> {
  /** Null where it was ended meanwhile, and nothing may go out. */
  readonly content: Content | null;
  /** When it was opened, in milliseconds since 1970. */
  readonly openedAtMs: number;
}

/**
 * Hands out what was granted, once it can be read and is settled. What can't be read is claimed no more.
 *
 * @param read null for a row that was altered, or whose server key is gone
 * @throws MarkError if it can't be recorded; the claim is undone then
 */
export async function handOut<Content>(
  context: Context,
  granted: Granted,
  read: (granted: Granted) => Promise<Content | null>,
): Promise<HandedOut<Content> | 'unreadable'> {
  const content = await read(granted);
  if (content === null) {
    await undoClaim(context, granted.claim);
    return 'unreadable';
  }
  const { claimedAtMs: openedAtMs } = granted.record;
  if (openedAtMs === null) throw new Error('A claim was granted without a time.');
  const isSettled = await settleClaim(context, granted.claim);
  return { content: isSettled ? content : null, openedAtMs };
}

/**
 * The last step before the content goes out: nothing is handed out before the world outside the
 * database knows of it, nor, with leases off, before its content is gone here.
 *
 * @returns false where it was ended meanwhile, and nothing may go out
 */
async function settleClaim(context: Context, claimed: GrantedClaim): Promise<boolean> {
  await recordOrUndo(context.history, claimed.endings, () => undoClaim(context, claimed));
  const isSettled = context.leaseSeconds > 0 || (await endClaim(context, claimed));
  if (isSettled && claimed.notifyWhenOpened) tellSender(context, claimed.id);
  return isSettled;
}

/**
 * claimed → sealed, for a claim of which nothing went out. Only while the row is as that claim wrote
 * it (`xmin`, the transaction that wrote this version): an opener who repeated it since
 * may have been answered.
 */
async function undoClaim({ database }: Context, claimed: GrantedClaim): Promise<void> {
  if (claimed.version === null) return;
  await execute(
    database,
    Prisma.sql`
      WITH released AS (
        UPDATE sealed_items i SET state = 'SEALED', claimed_at = NULL, claimed_by_id = NULL,
          claim_nonce_hash = NULL, lease_until = NULL
        WHERE ${claimed.at} AND ${isClaimedBy(claimed)} AND i.xmin::text = ${claimed.version}
        RETURNING i.id
      ), untold AS (
        UPDATE item_events e SET awaits_mail = false
        FROM released WHERE e.item_id = released.id AND e.kind = 'CLAIMED'
      )
      ${appendEvents(Prisma.sql`released i`, eventKind('RELEASED'), {
        actorId: Prisma.sql`${claimed.accountId}::uuid`,
      })}`,
  );
}

/** claimed → opened, for the claimer alone: the content goes as soon as its reader has it. */
export async function endClaim(
  { database }: Pick<Context, 'database'>,
  claimer: Pick<Claimant, 'at' | 'nonceHash' | 'accountId'>,
): Promise<boolean> {
  const ended = await execute(
    database,
    Prisma.sql`
      WITH ended AS (
        UPDATE sealed_items i SET state = 'OPENED', ended_at = clock_timestamp(), ${ERASED}
        WHERE ${claimer.at} AND ${isClaimedBy(claimer)} RETURNING i.*
      )
      ${appendEvents(Prisma.sql`ended i`, STATE_REACHED, { actorId: Prisma.sql`i.claimed_by_id` })}`,
  );
  return ended === 1;
}

/** Seconds in which a claim is recorded and ended by the server itself, where leases are off. */
const SETTLING_SECONDS = 10;

/** When the lease of a claim that is made now ends. */
function leaseEnd(leaseSeconds: number): Prisma.Sql {
  const seconds = leaseSeconds === 0 ? SETTLING_SECONDS : leaseSeconds;
  return Prisma.sql`clock_timestamp() + ${seconds}::int * interval '1 second'`;
}
