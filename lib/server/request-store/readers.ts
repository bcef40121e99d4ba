/** Who of the staff may read the replies to a request. */
import 'server-only';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';
import type { Access, RequestStore, StoredColleague } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import type { Prisma, PrismaClient } from '../prisma-client/client';
import { heldReader, holdManaged } from './lock-order';
import { bytea, heldVaults, isManager, isReader, mayAdd } from './row';

/**
 * Holds the account and then the request, as a recovery does, so that nobody is added to one that
 * has just ended, or with a seed for a vault that was just replaced. The adder has to be a reader,
 * and still one when the rows are held: nobody else can have opened the seed. What a reader's own
 * vault has wrapped stays: see `keepSeed`.
 */
export async function addReader(
  transaction: Prisma.TransactionClient,
  ...[access, reader]: Parameters<RequestStore['addReader']>
): ReturnType<RequestStore['addReader']> {
  const rows = await transaction.$queryRaw<{ isKnown: boolean; isSame: boolean }[]>`
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
      FROM located, reader`;
  const [row] = rows;
  if (row === undefined) return null;
  if (!row.isKnown) return 'reader_unknown';
  return row.isSame ? 'added' : 'vault_replaced';
}

/**
 * Never in the place of what their own vault wrapped already: a session without
 * the vault must not be able to make a request unreadable to its reader.
 */
export async function keepSeed(
  client: PrismaClient,
  { accountId, requestId }: Access,
  sealedSeed: Uint8Array,
): Promise<boolean> {
  const changed = await guarded(
    () => client.$executeRaw`
      UPDATE request_readers own SET sealed_seed = ${bytea(sealedSeed)} FROM requests r
      WHERE own.request_id = ${requestId}::bigint AND own.account_id = ${accountId}::uuid
        AND octet_length(own.sealed_seed) <> ${SEALED_SEED_BYTES.own}::int
        AND r.id = own.request_id AND r.state <> 'ENDED' AND r.keep_until > clock_timestamp()`,
  );
  return changed === 1;
}

/** In the caller's transaction. The readers are counted when the request is held, so two removals at once leave one of the two. */
export async function removeReader(
  transaction: Prisma.TransactionClient,
  ...[access, readerId]: Parameters<RequestStore['removeReader']>
): ReturnType<RequestStore['removeReader']> {
  if (!(await holdManaged(transaction, access))) return null;
  const rows = await transaction.$queryRaw<{ isReader: boolean; isLast: boolean }[]>`
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
      NOT EXISTS (SELECT 1 FROM removed) AS "isLast"`;
  // Both parts see the readers as they were before: one who was none is removed already.
  const [row] = rows;
  return row?.isReader === true && row.isLast ? 'last_reader' : 'removed';
}

/** Of a request that has ended there is nothing more to tell, though who read it stays on record. */
export async function setTold(
  client: PrismaClient,
  { accountId, requestId }: Access,
  isTold: boolean,
): Promise<boolean> {
  const changed = await guarded(
    () => client.$executeRaw`
      UPDATE request_readers own SET notify = ${isTold}::boolean FROM requests r
      WHERE own.request_id = ${requestId}::bigint AND own.account_id = ${accountId}::uuid
        AND r.id = own.request_id AND r.state <> 'ENDED' AND r.keep_until > clock_timestamp()`,
  );
  return changed === 1;
}

/** Everybody with an account; their vaults' public keys are no secret among the staff. */
export async function listColleagues(client: PrismaClient): Promise<readonly StoredColleague[]> {
  const rows = await guarded(() =>
    client.account.findMany({
      select: { id: true, name: true, email: true, vaultPublicKey: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  );
  return rows.map(({ id, name, email, vaultPublicKey }) => ({
    accountId: id,
    name,
    email,
    vaultPublicKey: new Uint8Array(vaultPublicKey),
  }));
}
