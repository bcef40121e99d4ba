import 'server-only';
import type { MessageLifetime, NewMessage } from '@/lib/messages/ports';
import { agreesWithClock } from '../agrees-with-clock';
import { guarded } from '../database-errors';
import { isBehind } from '../history/history-conditions';
import type { HistoryGuard } from '../history/history-guard';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import { bytea, profileColumn } from './row';

/**
 * Stores sealed messages, if their expiry is what their lifetime comes to by the database's clock
 * and that database has not gone back in time; and says what its clock shows. One statement, so all
 * or none, and one time for all: lists keep their order by it.
 */
export async function insertMessages(
  client: PrismaClient,
  history: HistoryGuard,
  messages: readonly NewMessage[],
  life: MessageLifetime,
): Promise<{ stored: boolean; databaseNowMs: number }> {
  const expected = await history.expectedEndings();
  const expiry = Prisma.sql`to_timestamp(${BigInt(life.expiresAtMs)}::bigint / 1000.0)`;
  const ids = messages.map(({ id }) => id);
  const rows = await guarded(
    () => client.$queryRaw<{ stored: boolean; isBehind: boolean; nowMs: bigint }[]>`
      WITH fits AS (
        SELECT clock_timestamp() AS now, ${agreesWithClock(life)}
          AND NOT ${isBehind(expected)}
          AND NOT EXISTS (SELECT 1 FROM messages WHERE id = ANY(${ids}::bigint[])) AS all_of_them
      ), stored AS (
        INSERT INTO messages (
          id, epoch, seal, wrapped_ciphertext, link_verifier, knock_verifier,
          passphrase_salt, passphrase_memory_kib, passphrase_passes, passphrase_lanes,
          passphrase_profile,
          note, sender_id, recipient, batch_id, notify_when_opened, created_at, expires_at
        )
        SELECT made.*, fits.now, ${expiry} FROM fits, (VALUES ${Prisma.join(messages.map(values))}) AS made
        WHERE fits.all_of_them
        RETURNING id
      )
      SELECT EXISTS (SELECT 1 FROM stored) AS "stored", ${isBehind(expected)} AS "isBehind",
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A statement that always answers did not.');
  // Noticed now, so that what is stored by the next try is not taken for something from before.
  if (row.isBehind) await history.check();
  return { stored: row.stored, databaseNowMs: Number(row.nowMs) };
}

function values({ lock, ...message }: NewMessage): Prisma.Sql {
  return Prisma.sql`(
    ${message.id}::bigint, ${message.epoch}::text,
    ${message.seal === 'server' ? 'SERVER' : 'BROWSER'}::seal,
    ${bytea(message.wrappedCiphertext)}, ${bytea(message.linkVerifier)},
    ${bytea(message.knockVerifier)}, ${bytea(lock?.salt ?? null)},
    ${lock?.memoryKiB ?? null}::int, ${lock?.passes ?? null}::int, ${lock?.lanes ?? null}::int,
    ${profileColumn(lock)},
    ${message.note}::text, ${message.senderId}::uuid, ${message.recipient}::text,
    ${message.batchId}::uuid, ${message.notifyWhenOpened}::boolean)`;
}
