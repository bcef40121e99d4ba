/**
 * Requests as they are read. What a statement selects is what people are told, as it is told: times
 * are ISO 8601 in UTC, by the database's own clock. `r` is the alias of the table in every part.
 */
import 'server-only';
import { z } from 'zod';
import { hashClaimNonce } from '@/lib/sealed/locate';
import { toReplyId, toRequestId, type ReplyId, type RequestId } from '@/lib/protocol/bytes';
import { REPLY_ID_BYTES } from '@/lib/protocol/constants';
import { storedFieldDefinitions } from '@/lib/secrets/schema';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytesColumn, isoTime } from '@/lib/server/sql';
import { MAX_PLACES_FREED } from './policy';

/*
 * Ids of requests and replies: 8 bytes in the protocol, a signed 64-bit integer in the database (the
 * same bits, read big-endian), and 16 hex digits in the addresses of staff pages. Random, so they
 * tell neither order nor number.
 */

const ID_TEXT = /^[0-9a-f]{16}$/;

/**
 * The id that a reply gets. It follows from the nonce which came with the
 * form, so a form that arrives twice, because its answer was lost or a proxy
 * repeated it, makes one reply. Only the browser that drew the nonce knows it.
 *
 * @param nonce base64url, 22 characters
 */
export async function replyIdOf(nonce: string): Promise<ReplyId> {
  return toReplyId((await hashClaimNonce(nonce)).subarray(0, REPLY_ID_BYTES));
}

export function toRowId(id: RequestId | ReplyId): bigint {
  return new DataView(id.buffer, id.byteOffset, id.byteLength).getBigInt64(0);
}

export function requestIdOfRow(rowId: bigint): RequestId {
  return toRequestId(bytesOfRow(rowId));
}

export function replyIdOfRow(rowId: bigint): ReplyId {
  return toReplyId(bytesOfRow(rowId));
}

function bytesOfRow(rowId: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, rowId);
  return bytes;
}

/** 16 hex digits. */
export function formatRowId(rowId: bigint): string {
  return BigInt.asUintN(64, rowId).toString(16).padStart(16, '0');
}

/** null for what is no id. */
export function readRowId(text: string): bigint | null {
  return ID_TEXT.test(text) ? BigInt.asIntN(64, BigInt(`0x${text}`)) : null;
}

/** The same as `formatRowId`, of a column. */
export function rowIdText(id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`lpad(to_hex(${id}), 16, '0')`;
}

/**
 * How many replies stand: one that its client took back unread, or that was
 * erased with a restored database, has freed its place, up to a number that
 * keeps a client who sends and takes back without an end from filling the
 * table. Exact where nothing else goes on; a statement that waited for the
 * row's lock reads the newest number of replies and may miss one that was
 * taken back meanwhile, so it errs to the full side.
 */
const PLACES_TAKEN = Prisma.sql`(r.replies_received - least(${MAX_PLACES_FREED}::int, (
  SELECT count(*)::int FROM sealed_items back
  WHERE back.request_id = r.id AND back.burned_by IN ('SENDER', 'RESTORE'))))`;

/** It has ended, whether or not it was erased yet. */
export const IS_OVER = Prisma.sql`(r.state = 'ENDED' OR r.keep_until <= clock_timestamp())`;

/** A `RequestCondition`. */
export const CONDITION = Prisma.sql`(CASE
  WHEN ${IS_OVER} THEN 'ended'
  WHEN r.state = 'CLOSED' THEN 'closed'
  WHEN ${PLACES_TAKEN} >= r.replies_allowed THEN 'full'
  WHEN r.expires_at <= clock_timestamp() THEN 'expired'
  ELSE 'open' END)`;

/** The name of the account that asked; null where it is gone. */
export const ASKED_BY = Prisma.sql`(SELECT a.name FROM accounts a WHERE a.id = r.created_by_id)`;

export const KEEP_UNTIL = isoTime(Prisma.sql`r.keep_until`);

/** The columns of a `listedRow`. */
export const LISTED_COLUMNS = Prisma.sql`
  ${rowIdText(Prisma.sql`r.id`)} AS "id",
  r.question AS "question",
  ${CONDITION} AS "condition",
  ${ASKED_BY} AS "createdBy",
  ${isoTime(Prisma.sql`r.created_at`)} AS "createdAt",
  ${isoTime(Prisma.sql`r.expires_at`)} AS "expiresAt",
  r.replies_allowed AS "repliesAllowed",
  ${PLACES_TAKEN} AS "placesTaken"`;

export const listedRow = z.object({
  id: z.string(),
  question: z.string(),
  condition: z.enum(['open', 'full', 'closed', 'expired', 'ended']),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  repliesAllowed: z.int(),
  placesTaken: z.int(),
});

/** The columns of a `requestRow`. */
export const REQUEST_COLUMNS = Prisma.sql`${LISTED_COLUMNS},
  r.epoch AS "epoch",
  r.public_key AS "publicKey",
  r.fields AS "fields",
  r.created_by_id::text AS "createdById",
  ${KEEP_UNTIL} AS "keepUntil",
  (SELECT coalesce(
      jsonb_agg(jsonb_build_object(
        'accountId', a.id, 'name', a.name, 'email', a.email, 'isTold', rr.notify)
        ORDER BY a.name, a.id), '[]')
    FROM request_readers rr JOIN accounts a ON a.id = rr.account_id
    WHERE rr.request_id = r.id) AS "readers"`;

export const requestRow = listedRow.extend({
  epoch: z.string(),
  /** 1216 bytes; null once it was erased */
  publicKey: bytesColumn.nullable(),
  // Altered into what is no list of fields: as none, which the link's fingerprint and the vault refuse.
  fields: z
    .unknown()
    .transform((stored) => storedFieldDefinitions.safeParse(JSON.stringify(stored)).data ?? []),
  createdById: z.string().nullable(),
  keepUntil: z.string(),
  /** By name. */
  readers: z.array(
    z.object({ accountId: z.string(), name: z.string(), email: z.string(), isTold: z.boolean() }),
  ),
});

export type RequestRow = z.output<typeof requestRow>;
