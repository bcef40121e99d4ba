/**
 * A sealed item: a message, or a reply to a request. What is stored of it, and the parts of statements
 * that read and judge it, are described here and nowhere else; `i` is the alias of the table. The two
 * differ in who may claim one (who proves a link; a reader of the request) and in what it belongs to.
 */
import 'server-only';
import { z } from 'zod';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { madeBeforeRestore } from '@/lib/server/history/history-conditions';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, bytesColumn } from '@/lib/server/sql';
import type { Address } from './locate';
import type { Seal } from './outcomes';

/** A row as the database saw it at the moment of a statement. Times are milliseconds since 1970. */
export const itemRow = z.object({
  id: z.bigint(),
  epoch: z.string(),
  seal: z.enum(['server', 'browser']),
  state: z.enum(['SEALED', 'CLAIMED', 'OPENED', 'BURNED', 'EXPIRED']),
  /** By the database's clock, at that moment. */
  pastExpiry: z.boolean(),
  burnedBy: z
    .enum(['SENDER', 'RECIPIENT', 'WRONG_PASSPHRASES', 'REQUEST_END', 'RESTORE'])
    .nullable(),
  claimedAtMs: z.number().nullable(),
  /** The name of the reader who claimed a reply; null of a message, or where that account is gone. */
  claimedBy: z.string().nullable(),
  endedAtMs: z.number().nullable(),
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
  hasPassphrase: z.boolean(),
  wrongPassphrases: z.number(),
  note: z.string(),
  /** Its sender wants to be told when it ends. */
  notifyWhenOpened: z.boolean(),
  /** The database was restored from an older copy: this may have been opened before. */
  madeBeforeRestore: z.boolean(),
});

export type ItemRecord = z.output<typeof itemRow>;

/** What of a row is encrypted, and what its at-rest wrapping is bound to. */
export interface ItemContent {
  readonly wrappedCiphertext: Uint8Array;
  readonly lock: PassphraseLock | null;
  /** null for a reply, which no link opens. */
  readonly knockVerifier: Uint8Array | null;
  /** null for a reply, and for what was sealed on the server before version 3 (section 10). */
  readonly openVerifier: Uint8Array | null;
}

/** The columns by which a passphrase is judged. To be authenticated before a wrong one is counted. */
export type Judged = Pick<ItemContent, 'openVerifier' | 'lock'>;

export const CREATED_AT = Prisma.sql`i.created_at`;

/** Kept closed behind a database that was restored. */
export const MADE_BEFORE_RESTORE = madeBeforeRestore(CREATED_AT);

/** The columns of an `itemRow`, read at the database's own time. */
export const ITEM_COLUMNS = Prisma.sql`
  i.id AS "id",
  i.epoch AS "epoch",
  lower(i.seal::text) AS "seal",
  i.state::text AS "state",
  i.expires_at <= clock_timestamp() AS "pastExpiry",
  i.burned_by::text AS "burnedBy",
  ${milliseconds(Prisma.sql`i.claimed_at`)} AS "claimedAtMs",
  (SELECT a.name FROM accounts a WHERE a.id = i.claimed_by_id) AS "claimedBy",
  ${milliseconds(Prisma.sql`i.ended_at`)} AS "endedAtMs",
  ${milliseconds(CREATED_AT)} AS "createdAtMs",
  ${milliseconds(Prisma.sql`i.expires_at`)} AS "expiresAtMs",
  i.passphrase_memory_kib IS NOT NULL AS "hasPassphrase",
  i.wrong_passphrases AS "wrongPassphrases",
  i.note AS "note",
  i.notify_when_opened AS "notifyWhenOpened",
  ${MADE_BEFORE_RESTORE} AS "madeBeforeRestore"`;

/** The columns of a `contentRow`, where the ciphertext may leave the database. */
export function contentColumns(mayLeave: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    CASE WHEN ${mayLeave} THEN i.wrapped_ciphertext END AS "wrappedCiphertext",
    i.open_verifier AS "openVerifier", i.knock_verifier AS "knockVerifier",
    i.passphrase_salt AS "passphraseSalt",
    i.passphrase_memory_kib AS "passphraseMemoryKiB",
    i.passphrase_passes AS "passphrasePasses",
    i.passphrase_lanes AS "passphraseLanes",
    i.passphrase_profile::text AS "passphraseProfile"`;
}

export const contentRow = z.object({
  /** null where it was not asked for, or is gone */
  wrappedCiphertext: bytesColumn.nullable(),
  openVerifier: bytesColumn.nullable(),
  knockVerifier: bytesColumn.nullable(),
  passphraseSalt: bytesColumn.nullable(),
  passphraseMemoryKiB: z.number().nullable(),
  passphrasePasses: z.number().nullable(),
  passphraseLanes: z.number().nullable(),
  passphraseProfile: z.literal('WORDS').nullable(),
});

type ContentRow = z.output<typeof contentRow>;

/** Null where the row has no lock. Half a lock is one of a cost that no lock has: it fails to open. */
export function toLock(row: ContentRow): PassphraseLock | null {
  if (row.passphraseSalt === null) return null;
  return {
    salt: row.passphraseSalt,
    memoryKiB: row.passphraseMemoryKiB ?? 0,
    passes: row.passphrasePasses ?? 0,
    lanes: row.passphraseLanes ?? 0,
    profile: row.passphraseProfile === 'WORDS' ? 'words' : 'verbatim',
  };
}

/** The encrypted part of a row that still has one. */
export function toContent(row: ContentRow): ItemContent {
  const { wrappedCiphertext, openVerifier, knockVerifier } = row;
  if (wrappedCiphertext === null) throw new Error('A granted row has no content.');
  return { wrappedCiphertext, lock: toLock(row), openVerifier, knockVerifier };
}

/** What every ending takes away. The knock verifier stays: it is how a tombstone knows its link. */
export const ERASED = Prisma.sql`
  wrapped_ciphertext = NULL,
  passphrase_salt = NULL,
  open_verifier = NULL,
  claim_nonce_hash = NULL,
  lease_until = NULL`;

/** Its time has not passed, and nobody has claimed it. */
export const WAITING = Prisma.sql`i.state = 'SEALED' AND i.expires_at > clock_timestamp()`;

/** Still to end: it waits, or is claimed and not acknowledged. */
export const IS_LIVE = Prisma.sql`i.state IN ('SEALED', 'CLAIMED')`;

/** A message. An id of a reply finds none. */
export function messageAt(address: Address): Prisma.Sql {
  return Prisma.sql`i.id = ${address.id}::bigint AND i.epoch = ${address.epoch}::text
    AND i.request_id IS NULL`;
}

/** The message of an address, for a caller who proved its link. */
export function provenAt(address: Address, seal: Seal, knockVerifier: Uint8Array): Prisma.Sql {
  return Prisma.sql`${messageAt(address)} AND i.seal = ${sealColumn(seal)}
    AND i.knock_verifier = ${bytea(knockVerifier)}`;
}

/** The one opener: a nonce, and of a reply the account of its reader (UUID). */
export interface Claimer {
  /** SHA-256 of the claim nonce, 32 bytes */
  readonly nonceHash: Uint8Array;
  readonly accountId: string | null;
}

export function isClaimedBy({ nonceHash, accountId }: Claimer): Prisma.Sql {
  return Prisma.sql`(i.state = 'CLAIMED' AND i.claim_nonce_hash = ${bytea(nonceHash)}
    AND i.claimed_by_id IS NOT DISTINCT FROM ${accountId}::uuid)`;
}

/** Within the lease, and of a reply as long as its request is kept. */
export const MAY_REPEAT = Prisma.sql`(i.lease_until > clock_timestamp()
  AND (i.request_id IS NULL OR i.expires_at > clock_timestamp()))`;

/** The row is judged by the very columns that were authenticated. */
export function isJudged({ openVerifier, lock }: Judged): Prisma.Sql {
  return Prisma.sql`((i.open_verifier, i.passphrase_salt, i.passphrase_memory_kib,
      i.passphrase_passes, i.passphrase_lanes, i.passphrase_profile)
    IS NOT DISTINCT FROM (${bytea(openVerifier)}, ${bytea(lock?.salt ?? null)},
      ${lock?.memoryKiB ?? null}::int, ${lock?.passes ?? null}::int, ${lock?.lanes ?? null}::int,
      ${profileColumn(lock)}))`;
}

export function sealColumn(seal: Seal): Prisma.Sql {
  return Prisma.sql`${seal.toUpperCase()}::seal`;
}

/** Null for a passphrase that counts as it was typed, as all did before there were profiles. */
export function profileColumn(lock: PassphraseLock | null): Prisma.Sql {
  return Prisma.sql`${lock?.profile === 'words' ? 'WORDS' : null}::passphrase_profile`;
}

/** A time as a number. The columns keep whole milliseconds, which a float8 holds exactly. */
function milliseconds(time: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(extract(epoch FROM ${time}) * 1000)::float8`;
}
