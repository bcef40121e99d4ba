import 'server-only';
import type { NewRequest, RequestStore } from '@/lib/requests/ports';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';
import { agreesWithClock } from '../agrees-with-clock';
import { bytea, heldVaults, instant } from './row';

/**
 * Stores a request with its readers, if its expiry is what its lifetime comes
 * to by the database's clock, and every reader has an account and the very
 * vault for which the seed was sealed. One statement.
 */
export async function insertRequest(
  client: PrismaClient,
  request: NewRequest,
): ReturnType<RequestStore['insert']> {
  const readers = JSON.stringify(
    request.readers.map(({ accountId, sealedSeed, sealedFor, isTold }) => ({
      account_id: accountId,
      sealed_seed: Buffer.from(sealedSeed).toString('hex'),
      sealed_for: Buffer.from(sealedFor).toString('hex'),
      notify: isTold,
    })),
  );
  const ids = request.readers.map(({ accountId }) => accountId);
  const rows = await guarded(
    () => client.$queryRaw<
      { stored: boolean; agrees: boolean; accounts: number; vaults: number; nowMs: bigint }[]
    >`
      WITH ${heldVaults(ids)}, chosen AS (
        SELECT a.id AS account_id, decode(given.sealed_seed, 'hex') AS sealed_seed, given.notify
        FROM jsonb_to_recordset(${readers}::jsonb)
          AS given(account_id uuid, sealed_seed text, sealed_for text, notify boolean)
        JOIN held a ON a.id = given.account_id AND a.vault = decode(given.sealed_for, 'hex')
      ), stored AS (
        INSERT INTO requests (
          id, epoch, public_key, question, fields, created_by_id, replies_allowed,
          expires_at, keep_until
        )
        SELECT ${request.id}::bigint, ${request.epoch}::text, ${bytea(request.publicKey)},
          ${request.question}::text, ${JSON.stringify(request.fields)}::jsonb,
          ${request.createdById}::uuid, ${request.repliesAllowed}::int,
          ${instant(request.expiresAtMs)}, ${instant(request.keepUntilMs)}
        WHERE ${agreesWithClock(request)}
          AND (SELECT count(*) FROM chosen) = ${request.readers.length}::int
        ON CONFLICT (id) DO NOTHING
        RETURNING id
      ), readers AS (
        INSERT INTO request_readers (request_id, account_id, sealed_seed, notify)
        SELECT stored.id, chosen.account_id, chosen.sealed_seed, chosen.notify
        FROM stored, chosen
      )
      SELECT EXISTS (SELECT 1 FROM stored) AS "stored", ${agreesWithClock(request)} AS "agrees",
        (SELECT count(*) FROM held)::int AS "accounts",
        (SELECT count(*) FROM chosen)::int AS "vaults",
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A statement that always answers did not.');
  const databaseNowMs = Number(row.nowMs);
  if (row.stored) return { verdict: 'stored', databaseNowMs };
  if (!row.agrees) return { verdict: 'clock_differs', databaseNowMs };
  if (row.accounts < ids.length) return { verdict: 'reader_unknown', databaseNowMs };
  const verdict = row.vaults < ids.length ? 'vault_replaced' : 'id_taken';
  return { verdict, databaseNowMs };
}
