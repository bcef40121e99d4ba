/**
 * The order in which whatever changes accounts, readers, requests or replies takes their rows, so that
 * no two acts wait for each other in a circle:
 *
 * 0. the turn, where a way in changes (`history/ways-in-turn.ts`): what notices a database that went
 *    back ends them all while it holds the history, so it has that turn for itself;
 * 1. accounts, by id; 2. links to a new password, by id; 3. requests, by id; 4. their readers;
 * 5. replies; 6. the history, last of all and for as short as can be, since every opening takes it.
 *
 * A foreign key takes the row that it names: whoever writes one holds that row before.
 */
import 'server-only';
import type { Access } from '@/lib/requests/ports';
import { Prisma } from '../prisma-client/client';
import { managed } from './row';

/**
 * Somebody as a reader of a request, held as one. A statement that waited sees the readers as they
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
