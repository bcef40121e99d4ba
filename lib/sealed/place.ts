/** Storing what was sealed: ids, wrapping at rest, and the one statement that inserts. */
import 'server-only';
import { wrapAtRest } from '@/lib/protocol/at-rest';
import type { MessageId } from '@/lib/protocol/bytes';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { agreesWithClock, DATABASE_NOW_MS, untilAgreed } from '@/lib/server/agreed-time';
import type { Within } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { isBehind } from '@/lib/server/history/history-conditions';
import type { Epoch } from '@/lib/server/keyring/keyring';
import { bytea } from '@/lib/server/sql';
import { Prisma } from '@/lib/server/prisma-client/client';
import { appendEvents, STATE_REACHED } from './events';
import { profileColumn, sealColumn } from './item';
import { createMessageId, messageIdToBigInt } from './locate';
import type { Seal } from './outcomes';
import { EXPIRIES, type ExpiresIn } from './policy';

/** What the maker of a message hands over once its id and epoch are drawn. */
export interface MadeMessage {
  readonly ciphertext: Uint8Array;
  readonly knockVerifier: Uint8Array;
  readonly openVerifier: Uint8Array;
  readonly lock: PassphraseLock | null;
}

/** One message that is to be made. */
export interface MessageToPlace {
  /** What the sender calls the one it is for; '' if nothing. */
  readonly recipient: string;
  readonly make: (messageId: MessageId, epoch: Epoch) => Promise<MadeMessage>;
}

/** What the messages of one go have in common. */
export interface SendingTerms {
  readonly seal: Seal;
  readonly expiresIn: ExpiresIn;
  readonly note: string;
  /** UUID of the account in whose list they stand; null for a sender without one. */
  readonly senderId: string | null;
  readonly notifyWhenOpened: boolean;
}

export interface PlacedMessage {
  readonly recipient: string;
  readonly messageId: MessageId;
  readonly epoch: Epoch;
  readonly expiresAtMs: number;
}

/**
 * Draws ids, wraps the ciphertexts (M1) at rest and stores them, in one
 * statement: all or none. The wrapping binds the expiry, so the expiry must be
 * known before the rows are written, and only the database's clock counts: the
 * statement stores nothing when this process was wrong about that clock, says
 * what it shows, and the messages are wrapped again.
 *
 * @returns one for each, in their order
 * @throws whatever the statement throws; then nothing was stored and no link may be shown
 */
export async function placeMessages(
  context: Within,
  terms: SendingTerms,
  toPlace: readonly MessageToPlace[],
): Promise<readonly PlacedMessage[]> {
  const lifetime = EXPIRIES[terms.expiresIn];
  const batchId = toPlace.length > 1 ? crypto.randomUUID() : null;
  return untilAgreed(context, async (nowMs) => {
    const expiresAtMs = nowMs + lifetime * 1000;
    const epoch = await context.keyring.sealingEpoch(expiresAtMs, lifetime);
    const ids = drawIds(toPlace.length);
    const rows = await Promise.all(
      zip(ids, toPlace).map(async ([messageId, { recipient, make }]) => {
        const made = await make(messageId, epoch);
        const wrapped = await wrapAtRest('message', epoch.keys.atRestKey, made.ciphertext, {
          ...made,
          messageId,
          seal: terms.seal,
          expiresAtMs: BigInt(expiresAtMs),
        });
        const id = messageIdToBigInt(messageId);
        return { ...terms, ...made, id, epoch: epoch.id, wrapped, recipient, batchId };
      }),
    );
    const { stored, databaseNowMs } = await insert(context, rows, { lifetime, expiresAtMs });
    if (!stored) return { databaseNowMs };
    const done = zip(ids, toPlace).map(([messageId, { recipient }]) => ({
      recipient,
      messageId,
      epoch,
      expiresAtMs,
    }));
    return { done };
  });
}

/**
 * Lists are sorted by time and then by id, the highest first. What is made in one go has one time, so
 * its ids are handed out in that order, and it stands in a list as it was entered.
 */
function drawIds(count: number): readonly MessageId[] {
  return Array.from({ length: count }, createMessageId).sort((one, other) =>
    messageIdToBigInt(one) < messageIdToBigInt(other) ? 1 : -1,
  );
}

function zip<One, Other>(
  ones: readonly One[],
  others: readonly Other[],
): readonly (readonly [One, Other])[] {
  return ones.map((one, index) => {
    const other = others[index];
    if (other === undefined) throw new Error('Two lists that belong together differ in length.');
    return [one, other];
  });
}

interface NewRow extends SendingTerms, MadeMessage {
  readonly id: bigint;
  readonly epoch: string;
  /** M1, wrapped */
  readonly wrapped: Uint8Array;
  readonly recipient: string;
  /** UUID, the same for all that were made in one go; null for one alone. */
  readonly batchId: string | null;
}

interface Lifetime {
  /** Seconds the messages may wait. */
  readonly lifetime: number;
  /** What `lifetime` comes to by the database's clock; milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/**
 * Stores sealed messages, if their expiry is what their lifetime comes to by the database's clock
 * and that database was not restored; and says what its clock shows. One statement, so all
 * or none, and one time for all: lists keep their order by it.
 */
async function insert(
  { database, history }: Within,
  rows: readonly NewRow[],
  life: Lifetime,
): Promise<{ stored: boolean; databaseNowMs: number }> {
  const expected = await history.expectedEndings();
  const expiry = Prisma.sql`to_timestamp(${BigInt(life.expiresAtMs)}::bigint / 1000.0)`;
  const ids = rows.map(({ id }) => id);
  const [answer] = await guarded(
    () => database.$queryRaw<{ stored: boolean; isBehind: boolean; databaseNowMs: number }[]>`
      WITH fits AS (
        SELECT clock_timestamp() AS now, ${agreesWithClock(life)}
          AND NOT ${isBehind(expected)}
          AND NOT EXISTS (SELECT 1 FROM sealed_items WHERE id = ANY(${ids}::bigint[])) AS all_of_them
      ), stored AS (
        INSERT INTO sealed_items (
          id, epoch, seal, wrapped_ciphertext, open_verifier, knock_verifier,
          passphrase_salt, passphrase_memory_kib, passphrase_passes, passphrase_lanes,
          passphrase_profile,
          note, sender_id, recipient, batch_id, notify_when_opened, created_at, expires_at
        )
        SELECT made.*, fits.now, ${expiry} FROM fits, (VALUES ${Prisma.join(rows.map(values))}) AS made
        WHERE fits.all_of_them
        RETURNING *
      ), event AS (
        ${appendEvents(Prisma.sql`stored i`, STATE_REACHED, { actorId: Prisma.sql`i.sender_id` })}
      )
      SELECT EXISTS (SELECT 1 FROM stored) AS "stored", ${isBehind(expected)} AS "isBehind",
        ${DATABASE_NOW_MS} AS "databaseNowMs"`,
  );
  if (answer === undefined) throw new Error('A statement that always answers did not.');
  // Noticed now, so that what is stored by the next try is not taken for something from before.
  if (answer.isBehind) await history.check();
  return answer;
}

function values({ lock, ...row }: NewRow): Prisma.Sql {
  return Prisma.sql`(
    ${row.id}::bigint, ${row.epoch}::text, ${sealColumn(row.seal)},
    ${bytea(row.wrapped)}, ${bytea(row.openVerifier)}, ${bytea(row.knockVerifier)},
    ${bytea(lock?.salt ?? null)},
    ${lock?.memoryKiB ?? null}::int, ${lock?.passes ?? null}::int, ${lock?.lanes ?? null}::int,
    ${profileColumn(lock)},
    ${row.note}::text, ${row.senderId}::uuid, ${row.recipient}::text,
    ${row.batchId}::uuid, ${row.notifyWhenOpened}::boolean)`;
}
