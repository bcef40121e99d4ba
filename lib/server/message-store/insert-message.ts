import 'server-only';
import type { NewMessage } from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import { bytea } from './row';

/** Seconds by which the caller may be wrong about the database's clock. */
const CLOCK_TOLERANCE = 2;

/**
 * Stores a sealed message, if its expiry is what its lifetime comes to by the
 * database's clock; and says what that clock shows. One statement.
 */
export async function insertMessage(
  client: PrismaClient,
  message: NewMessage,
): Promise<{ stored: boolean; databaseNowMs: number }> {
  const { lock } = message;
  const rows = await guarded(
    () => client.$queryRaw<{ stored: boolean; nowMs: bigint }[]>`
      WITH stored AS (
        INSERT INTO messages (
          id, epoch, seal, wrapped_ciphertext, link_verifier, knock_verifier,
          passphrase_salt, passphrase_memory_kib, passphrase_passes, passphrase_lanes,
          note, expires_at
        )
        SELECT
          ${message.id}::bigint, ${message.epoch}::text,
          ${message.seal === 'server' ? 'SERVER' : 'BROWSER'}::seal,
          ${bytea(message.wrappedCiphertext)}, ${bytea(message.linkVerifier)},
          ${bytea(message.knockVerifier)}, ${bytea(lock?.salt ?? null)},
          ${lock?.memoryKiB ?? null}::int, ${lock?.passes ?? null}::int, ${lock?.lanes ?? null}::int,
          ${message.note}::text, ${expiry(message)}
        WHERE abs(extract(epoch FROM
          clock_timestamp() + ${message.lifetime}::int * interval '1 second' - ${expiry(message)}
        )) <= ${CLOCK_TOLERANCE}::int
        ON CONFLICT (id) DO NOTHING
        RETURNING id
      )
      SELECT EXISTS (SELECT 1 FROM stored) AS "stored",
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A statement that always answers did not.');
  return { stored: row.stored, databaseNowMs: Number(row.nowMs) };
}

function expiry(message: NewMessage): Prisma.Sql {
  return Prisma.sql`to_timestamp(${BigInt(message.expiresAtMs)}::bigint / 1000.0)`;
}
