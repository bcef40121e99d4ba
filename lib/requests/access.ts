/**
 * Who may do what to a request, as parts of the statements that do it: what does not exist and what
 * is not the caller's are alike. `r` is the alias of the table of requests.
 *
 * The order in which whatever changes accounts, readers, requests or replies takes their rows, so that
 * no two acts wait for each other in a circle:
 *
 * 0. the turn, where a way in changes (`history/ways-in-turn.ts`): what notices a database that went
 *    back ends them all while it holds the history, so it has that turn for itself;
 * 1. accounts, by id; 2. links to a new password, by id; 3. requests, by id; 4. their readers;
 * 5. replies; 6. the history, last of all and for as short as can be, since every opening takes it.
 *
 * A foreign key takes the row that it names: a statement that writes one holds that row before.
 */
import 'server-only';
import { Prisma } from '@/lib/server/prisma-client/client';
import { readRowId } from './rows';

/** A caller and the request that they name. */
export interface Access {
  readonly accountId: string;
  readonly requestId: bigint;
}

/** Who asks, and for which request: 16 hex digits, as pages name it. */
export interface Asked {
  readonly accountId: string;
  readonly request: string;
}

/** null for what names no request. */
export function accessOf({ accountId, request }: Asked): Access | null {
  const requestId = readRowId(request);
  return requestId === null ? null : { accountId, requestId };
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

/** Who may add whom: a manager anybody, a reader the one who asked. */
export function mayAdd(accountId: string, readerId: string): Prisma.Sql {
  return Prisma.sql`(${isManager(accountId)} OR r.created_by_id = ${readerId}::uuid)`;
}

/** The reader's own row, of a request that has not ended; `r` joins it. */
export function ownReading({ accountId, requestId }: Access): Prisma.Sql {
  return Prisma.sql`own.request_id = ${requestId}::bigint AND own.account_id = ${accountId}::uuid
    AND r.id = own.request_id AND r.state <> 'ENDED' AND r.keep_until > clock_timestamp()`;
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

/**
 * The caller as a reader of a request, held as one. A statement that waited sees the readers as they
 * were before, but a row that it locks as it is now: one who was taken off meanwhile is none.
 *
 * @param request the part of the statement that holds the request
 */
export function heldReader(
  { accountId, requestId }: Access,
  request: 'request' | 'located',
): Prisma.Sql {
  return Prisma.sql`reader AS MATERIALIZED (
    SELECT own.request_id FROM request_readers own
    WHERE own.request_id = ${requestId}::bigint AND own.account_id = ${accountId}::uuid
      AND EXISTS (SELECT 1 FROM ${Prisma.raw(request)}) FOR KEY SHARE)`;
}

/**
 * Holds a request for its manager. Where its maker's account is gone its readers manage it, and a
 * statement that waited for the row sees them as they were before: so they are asked for again by the
 * next one, when the row is held.
 *
 * @returns false for everybody else
 */
export async function holdManaged(
  transaction: Prisma.TransactionClient,
  access: Access,
): Promise<boolean> {
  const held = await transaction.$queryRaw<unknown[]>`
    SELECT r.id FROM requests r WHERE ${managed(access)} FOR UPDATE`;
  if (held.length === 0) return false;
  const still = await transaction.$queryRaw<unknown[]>`
    SELECT r.id FROM requests r WHERE ${managed(access)}`;
  return still.length > 0;
}
