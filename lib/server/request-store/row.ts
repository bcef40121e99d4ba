import 'server-only';
import type { Reader } from '@/lib/requests/outcomes';
import type {
  Access,
  ListedRequest,
  ReaderRecord,
  ReplyRecord,
  RequestRecord,
} from '@/lib/requests/ports';
import { MAX_PLACES_FREED } from '@/lib/requests/policy';
import { storedFieldDefinitions } from '@/lib/secrets/schema';
import { isKeptClosed } from '../history/history-conditions';
import { Prisma } from '../prisma-client/client';

/** Bytes of a column as `bytea`. */
export function bytea(bytes: Uint8Array): Prisma.Sql {
  return Prisma.sql`${Buffer.from(bytes)}::bytea`;
}

/**
 * How many replies stand: one that its client took back unread, or that was
 * erased with a restored database, has freed its place, up to a number that
 * keeps whoever sends and takes back without an end from filling the table. `r`
 * is the table's alias. Exact where nothing else goes on; a
 * statement that waited for the row's lock reads the newest number of replies
 * and may miss one that was taken back meanwhile, so it errs to the full side.
 */
export const PLACES_TAKEN = Prisma.sql`(r.replies_received - least(${MAX_PLACES_FREED}::int, (
  SELECT count(*)::int FROM replies back
  WHERE back.request_id = r.id AND back.destroyed_by IN ('CLIENT', 'RESTORE'))))`;

/** What everybody is told of a request, read at the database's own time. `r` is the table's alias. */
const PLAIN_COLUMNS = Prisma.sql`
  r.id AS "id",
  r.epoch AS "epoch",
  r.state::text AS "state",
  r.expires_at <= clock_timestamp() AS "pastExpiry",
  r.keep_until <= clock_timestamp() AS "pastKeeping",
  r.question AS "question",
  (SELECT jsonb_build_object('accountId', a.id, 'name', a.name)
    FROM accounts a WHERE a.id = r.created_by_id) AS "createdBy",
  r.replies_allowed AS "repliesAllowed",
  ${PLACES_TAKEN} AS "placesTaken",
  (extract(epoch FROM r.created_at) * 1000)::bigint AS "createdAtMs",
  (extract(epoch FROM r.expires_at) * 1000)::bigint AS "expiresAtMs",
  (extract(epoch FROM r.keep_until) * 1000)::bigint AS "keepUntilMs"`;

export const LISTED_COLUMNS = PLAIN_COLUMNS;

export const REQUEST_COLUMNS = Prisma.sql`${PLAIN_COLUMNS},
  r.public_key AS "publicKey",
  r.fields AS "fields",
  (extract(epoch FROM r.reader_lost_at) * 1000)::bigint AS "readerLostAtMs",
  (SELECT coalesce(
      jsonb_agg(jsonb_build_object(
        'accountId', a.id, 'name', a.name, 'email', a.email, 'isTold', rr.notify,
        'sinceMs', (extract(epoch FROM rr.added_at) * 1000)::bigint)
        ORDER BY a.name, a.id), '[]')
    FROM request_readers rr JOIN accounts a ON a.id = rr.account_id
    WHERE rr.request_id = r.id) AS "readers"`;

/** The columns of a `ReplyRecord`. `p` is the table's alias. */
export const REPLY_COLUMNS = Prisma.sql`
  p.id AS "replyId",
  p.epoch AS "replyEpoch",
  p.seal::text AS "seal",
  p.state::text AS "replyState",
  p.destroyed_by::text AS "destroyedBy",
  (SELECT jsonb_build_object('accountId', a.id, 'name', a.name)
    FROM accounts a WHERE a.id = p.claimed_by_id) AS "claimedBy",
  coalesce(p.lease_until > clock_timestamp(), false) AS "leaseRuns",
  ${isKeptClosed(Prisma.sql`p.created_at`)} AS "isRefused",
  (extract(epoch FROM p.claimed_at) * 1000)::bigint AS "claimedAtMs",
  (extract(epoch FROM p.ended_at) * 1000)::bigint AS "endedAtMs",
  (extract(epoch FROM p.created_at) * 1000)::bigint AS "sentAtMs"`;

/** What every ending of a reply takes away. */
export const ERASED_REPLY_COLUMNS = Prisma.sql`
  wrapped_ciphertext = NULL, claim_nonce_hash = NULL, lease_until = NULL`;

/** How a reply that waits ends, unless it was kept closed: then it may have been read before. `p` is the table's alias. */
export function destroyedBy(who: 'CLIENT' | 'REQUEST_END'): Prisma.Sql {
  return Prisma.sql`destroyed_by = (CASE
    WHEN p.state <> 'SEALED' THEN NULL
    WHEN ${isKeptClosed(Prisma.sql`p.created_at`)} THEN 'RESTORE'
    ELSE ${who}::text END)::reply_destroyed_by`;
}

export function isReader(accountId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM request_readers own
    WHERE own.request_id = r.id AND own.account_id = ${accountId}::uuid)`;
}

/** Its creator; and where that account is gone, those who can read what came. */
export function isManager(accountId: string): Prisma.Sql {
  return Prisma.sql`(r.created_by_id = ${accountId}::uuid
    OR (r.created_by_id IS NULL AND ${isReader(accountId)}))`;
}

export function managed({ accountId, requestId }: Access): Prisma.Sql {
  return Prisma.sql`r.id = ${requestId}::bigint AND ${isManager(accountId)}`;
}

/**
 * Accounts with the hash of their vault's key, held so that none gets another vault before what is
 * sealed to this one is stored. In the order of every statement that holds several accounts.
 */
export function heldVaults(accountIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`held AS MATERIALIZED (
    SELECT id, sha256(vault_public_key) AS vault FROM accounts
    WHERE id = ANY (${accountIds}::uuid[]) ORDER BY id FOR SHARE)`;
}

/** Who may add whom: a manager anybody, a reader the one who asked. */
export function mayAdd(accountId: string, readerId: string): Prisma.Sql {
  return Prisma.sql`(${isManager(accountId)} OR r.created_by_id = ${readerId}::uuid)`;
}

/** An instant, from milliseconds since 1970. */
export function instant(milliseconds: number): Prisma.Sql {
  return Prisma.sql`to_timestamp(${BigInt(milliseconds)}::bigint / 1000.0)`;
}

export interface ListedRow {
  id: bigint;
  epoch: string;
  state: RequestRecord['state'];
  pastExpiry: boolean;
  pastKeeping: boolean;
  question: string;
  createdBy: Reader | null;
  repliesAllowed: number;
  placesTaken: number;
  createdAtMs: bigint;
  expiresAtMs: bigint;
  keepUntilMs: bigint;
}

export interface RequestRow extends ListedRow {
  publicKey: Uint8Array | null;
  fields: unknown;
  readerLostAtMs: bigint | null;
  readers: ReaderRecord[];
}

export interface ReplyRow {
  replyId: bigint;
  replyEpoch: string;
  seal: 'SERVER' | 'BROWSER';
  replyState: ReplyRecord['state'];
  destroyedBy: ReplyRecord['destroyedBy'];
  claimedBy: Reader | null;
  leaseRuns: boolean;
  isRefused: boolean;
  claimedAtMs: bigint | null;
  endedAtMs: bigint | null;
  sentAtMs: bigint;
}

export function toListed(row: ListedRow): ListedRequest['request'] {
  return {
    id: row.id,
    epoch: row.epoch,
    state: row.state,
    pastExpiry: row.pastExpiry,
    pastKeeping: row.pastKeeping,
    question: row.question,
    createdBy: row.createdBy,
    repliesAllowed: row.repliesAllowed,
    placesTaken: row.placesTaken,
    createdAtMs: Number(row.createdAtMs),
    expiresAtMs: Number(row.expiresAtMs),
    keepUntilMs: Number(row.keepUntilMs),
  };
}

export function toRequest(row: RequestRow): RequestRecord {
  return {
    ...toListed(row),
    publicKey: row.publicKey === null ? null : new Uint8Array(row.publicKey),
    // Altered into what is no list of fields: as none, which the link's fingerprint and the vault refuse.
    fields: storedFieldDefinitions.safeParse(JSON.stringify(row.fields)).data ?? [],
    readerLostAtMs: row.readerLostAtMs === null ? null : Number(row.readerLostAtMs),
    readers: row.readers,
  };
}

export function toReply(row: ReplyRow): ReplyRecord {
  return {
    id: row.replyId,
    epoch: row.replyEpoch,
    seal: row.seal === 'SERVER' ? 'server' : 'browser',
    state: row.replyState,
    destroyedBy: row.destroyedBy,
    claimedBy: row.claimedBy,
    leaseRuns: row.leaseRuns,
    isRefused: row.isRefused,
    claimedAtMs: row.claimedAtMs === null ? null : Number(row.claimedAtMs),
    endedAtMs: row.endedAtMs === null ? null : Number(row.endedAtMs),
    createdAtMs: Number(row.sentAtMs),
  };
}
