/** Who of the staff may read the replies to a request, and who of them is told of replies by mail. */
import 'server-only';
import { z } from 'zod';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';

import type { Context } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { makeCounted } from '@/lib/server/history/counted-change';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow, theRow } from '@/lib/server/sql';
import {
  accessOf,
  heldReader,
  heldVaults,
  holdManaged,
  isManager,
  isReader,
  mayAdd,
  ownReading,
  type Access,
  type Asked,
} from './access';
import type { NewReader } from './create';
import { showAgain } from './inbox';
import type { Colleague, InboxState } from './outcomes';

const UNKNOWN: InboxState = { status: 'unknown' };

/**
 * Lets one more of the staff read what is still sealed and what comes: whom a manager chooses; or,
 * for a reader, the one who asked and may have lost their vault. One who could read already keeps
 * being told or not.
 */
export async function addReader(
  context: Context,
  { reader, ...asked }: Asked & { readonly reader: NewReader },
): Promise<InboxState> {
  const access = accessOf(asked);
  if (access === null) return UNKNOWN;
  const added = await makeCounted(
    context.database,
    context.history,
    (transaction) => add(transaction, access, reader),
    (row) => row?.isSame === true,
  );
  if (added === null) return UNKNOWN;
  if (added.isSame) return showAgain(context, access);
  return { status: 'refused', refusal: added.isKnown ? 'vault_replaced' : 'reader_unknown' };
}

/**
 * Holds the account and then the request, as a recovery does, so that no reader is added to one that
 * has just ended, or with a seed for a vault that was just replaced. The adder has to be a reader,
 * and still one when the rows are held: no other vault can have opened the seed. What a reader's own
 * vault has wrapped stays: see `keepSeed`.
 */
function add(transaction: Prisma.TransactionClient, access: Access, reader: NewReader) {
  return findRow(
    transaction,
    z.object({ isKnown: z.boolean(), isSame: z.boolean() }),
    Prisma.sql`
      WITH ${heldVaults([reader.accountId])}, chosen AS (
        SELECT id FROM held WHERE vault = ${bytea(reader.sealedFor)}
      ), located AS (
        SELECT r.id FROM requests r
        WHERE r.id = ${access.requestId}::bigint AND ${mayAdd(access.accountId, reader.accountId)}
          AND ${isReader(access.accountId)}
          AND r.state <> 'ENDED' AND r.keep_until > clock_timestamp()
          AND (SELECT count(*) FROM held) >= 0
        FOR UPDATE
      ), ${heldReader(access, 'located')}, added AS (
        INSERT INTO request_readers (request_id, account_id, sealed_seed, notify)
        SELECT located.id, chosen.id, ${bytea(reader.sealedSeed)}, ${reader.isTold}::boolean
        FROM located, chosen, reader
        ON CONFLICT (request_id, account_id) DO UPDATE SET sealed_seed = excluded.sealed_seed
          WHERE octet_length(request_readers.sealed_seed) <> ${SEALED_SEED_BYTES.own}::int
      ), seen AS (
        UPDATE requests r SET reader_lost_at = NULL FROM located, chosen, reader
        WHERE r.id = located.id AND ${isManager(access.accountId)}
      )
      SELECT EXISTS (SELECT 1 FROM held) AS "isKnown", EXISTS (SELECT 1 FROM chosen) AS "isSame"
      FROM located, reader`,
  );
}

/** For its manager: revokes a reader. The last one stays. */
export async function removeReader(
  context: Context,
  { readerId, ...asked }: Asked & { readonly readerId: string },
): Promise<InboxState> {
  const access = accessOf(asked);
  if (access === null) return UNKNOWN;
  const removed = await makeCounted(
    context.database,
    context.history,
    (transaction) => remove(transaction, access, readerId),
    (verdict) => verdict === 'removed',
  );
  if (removed === null) return UNKNOWN;
  return removed === 'removed'
    ? showAgain(context, access)
    : { status: 'refused', refusal: removed };
}

/** The readers are counted when the request is held, so two removals at once leave one of the two. */
async function remove(
  transaction: Prisma.TransactionClient,
  access: Access,
  readerId: string,
): Promise<'removed' | 'last_reader' | null> {
  if (!(await holdManaged(transaction, access))) return null;
  const { isReader, isLast } = await theRow(
    transaction,
    z.object({ isReader: z.boolean(), isLast: z.boolean() }),
    Prisma.sql`
      WITH removed AS (
        DELETE FROM request_readers rr
        WHERE rr.request_id = ${access.requestId}::bigint
          AND rr.account_id = ${readerId}::uuid
          AND EXISTS (SELECT 1 FROM request_readers other
            WHERE other.request_id = rr.request_id AND other.account_id <> rr.account_id)
        RETURNING 1
      )
      SELECT EXISTS (SELECT 1 FROM request_readers rr
          WHERE rr.request_id = ${access.requestId}::bigint
            AND rr.account_id = ${readerId}::uuid) AS "isReader",
        NOT EXISTS (SELECT 1 FROM removed) AS "isLast"`,
  );
  // Both parts see the readers as they were before: one who was none is removed already.
  return isReader && isLast ? 'last_reader' : 'removed';
}

/**
 * A reader's vault keeps what it opened, wrapped by itself, in the place of what another vault, or
 * version 1, sealed for it. Never in the place of what it wrapped already: a session without the
 * vault must not be able to make a request unreadable to its reader.
 *
 * @returns false where nothing was kept
 */
export async function keepSeed(
  { database }: Context,
  { sealedSeed, ...asked }: Asked & { readonly sealedSeed: Uint8Array },
): Promise<boolean> {
  const access = accessOf(asked);
  if (access === null) return false;
  const kept = await execute(
    database,
    Prisma.sql`
      UPDATE request_readers own SET sealed_seed = ${bytea(sealedSeed)} FROM requests r
      WHERE ${ownReading(access)}
        AND octet_length(own.sealed_seed) <> ${SEALED_SEED_BYTES.own}::int`,
  );
  return kept === 1;
}

/**
 * A reader decides for themselves, and for no other, whether a mail tells them of replies. Of a
 * request that has ended there is nothing more to tell, though who read it stays on record: its page
 * says so.
 */
export async function chooseNotice(
  context: Context,
  { isTold, ...asked }: Asked & { readonly isTold: boolean },
): Promise<InboxState> {
  const access = accessOf(asked);
  if (access === null) return UNKNOWN;
  const chosen = await execute(
    context.database,
    Prisma.sql`
      UPDATE request_readers own SET notify = ${isTold}::boolean FROM requests r
      WHERE ${ownReading(access)}`,
  );
  const look = await showAgain(context, access);
  const hasEnded = look.status === 'known' && look.inbox.condition === 'ended';
  return chosen === 1 || hasEnded ? look : UNKNOWN;
}

/** Every account, since a seed can be sealed to each; their vaults' public keys are no secret among the staff. */
export async function listColleagues({ database }: Context): Promise<readonly Colleague[]> {
  const accounts = await guarded(() =>
    database.account.findMany({
      select: { id: true, name: true, email: true, vaultPublicKey: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  );
  return accounts.map(({ id, vaultPublicKey, ...account }) => ({
    ...account,
    accountId: id,
    vaultPublicKey: encodeBase64url(new Uint8Array(vaultPublicKey)),
  }));
}
