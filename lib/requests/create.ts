/** Asking: a request is stored with its public key, its seeds and those who may read the replies. */
import 'server-only';
import { z } from 'zod';
import { EXPIRIES, type ExpiresIn } from '@/lib/sealed/policy';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';
import { readRequestId } from '@/lib/protocol/request';
import { sealRequestToken } from '@/lib/protocol/tokens';
import type { RefusalCode } from '@/lib/refusal-code';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { readPolicy } from '@/lib/sealed/sending';
import { agreesWithClock, DATABASE_NOW_MS, untilAgreed } from '@/lib/server/agreed-time';

import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, instant, theRow } from '@/lib/server/sql';
import { heldVaults } from './access';
import type { CreateResult } from './outcomes';
import { lifetimeFrom, type Lifetime } from './policy';
import { toRowId } from './rows';

/** One of those who may read a request that is made or shared. */
export interface NewReader {
  readonly accountId: string;
  /** The request's seed, sealed for the reader's vault: 95 bytes by that vault, 1203 by another one. */
  readonly sealedSeed: Uint8Array;
  /** SHA-256 of the vault's public key that it was sealed for: refused if that is not the account's any more. */
  readonly sealedFor: Uint8Array;
  /** By mail, when a reply arrives. */
  readonly isTold: boolean;
}

/** What the creator's browser hands over: the seed itself is in none of it. */
export interface RequestToCreate {
  readonly question: string;
  readonly fields: readonly FieldDefinition[];
  readonly expiresIn: ExpiresIn;
  readonly repliesAllowed: number;
  /** Drawn by the browser, which binds the seed to it: 16 hex digits. */
  readonly request: string;
  /** 1216 bytes */
  readonly publicKey: Uint8Array;
  /** The seed, sealed for the vault of everybody who may read; the creator among them. */
  readonly readers: readonly NewReader[];
}

/**
 * Stores a request. The link that it answers with has no fragment; the browser
 * appends the fingerprint of the public key that it made.
 *
 * @see lib/protocol/README.md, Requests
 */
export async function createRequest(
  context: Context,
  createdById: string,
  request: RequestToCreate,
): Promise<CreateResult> {
  const refusal = await refusalOfLifetime(context, request.expiresIn);
  if (refusal !== null) return { status: 'refused', errors: { expiresIn: refusal } };
  if (!isSealedForEach(request.readers, createdById)) return refused('input_malformed');
  return untilAgreed(context, async (nowMs) => {
    const life = lifetimeFrom(nowMs, EXPIRIES[request.expiresIn]);
    const epoch = await context.keyring.sealingEpoch(life.keepUntilMs, Infinity);
    const requestId = readRequestId(request.request);
    const row = { ...request, ...life, id: toRowId(requestId), epoch: epoch.id, createdById };
    const { isStored, agrees, accounts, vaults, databaseNowMs } = await insert(context, row);
    if (isStored) {
      const link = `${context.appUrl}/r/${sealRequestToken(epoch.keys.tokenKey, requestId)}`;
      const expiresAt = new Date(life.expiresAtMs).toISOString();
      return { done: { status: 'created', id: request.request, link, expiresAt } };
    }
    if (!agrees) return { databaseNowMs };
    return { done: refused(refusalOf(request.readers, accounts, vaults)) };
  });
}

/** Why a request may not be given this lifetime now, as the owner decides for everybody; null if it may. */
export async function refusalOfLifetime(
  { database }: Context,
  expiresIn: ExpiresIn,
): Promise<RefusalCode | null> {
  const { longestExpiry } = await readPolicy(database);
  return EXPIRIES[expiresIn] <= longestExpiry ? null : 'expiry_not_allowed';
}

/** The creator is one of them, with a seed of their own vault; all others have theirs from it. */
function isSealedForEach(readers: readonly NewReader[], createdById: string): boolean {
  const isCreator = ({ accountId }: NewReader) => accountId === createdById;
  return (
    readers.some(isCreator) &&
    readers.every(
      (reader) =>
        reader.sealedSeed.length === SEALED_SEED_BYTES[isCreator(reader) ? 'own' : 'shared'],
    )
  );
}

function refused(form: RefusalCode): CreateResult {
  return { status: 'refused', errors: { form } };
}

/** Where all of them are as they were named, another request has this id. */
function refusalOf(readers: readonly NewReader[], accounts: number, vaults: number): RefusalCode {
  if (accounts < readers.length) return 'reader_unknown';
  return vaults < readers.length ? 'vault_replaced' : 'input_malformed';
}

interface NewRequest extends Lifetime, Omit<RequestToCreate, 'request' | 'expiresIn'> {
  readonly id: bigint;
  readonly epoch: string;
  readonly createdById: string;
}

const insertedRow = z.object({
  isStored: z.boolean(),
  agrees: z.boolean(),
  accounts: z.int(),
  vaults: z.int(),
  databaseNowMs: z.number(),
});

/**
 * Stores a request with its readers, if its expiry is what its lifetime comes
 * to by the database's clock, and every reader has an account and the very
 * vault for which the seed was sealed. One statement.
 */
function insert({ database }: Context, request: NewRequest): Promise<z.output<typeof insertedRow>> {
  const readers = JSON.stringify(
    request.readers.map(({ accountId, sealedSeed, sealedFor, isTold }) => ({
      account_id: accountId,
      sealed_seed: Buffer.from(sealedSeed).toString('hex'),
      sealed_for: Buffer.from(sealedFor).toString('hex'),
      notify: isTold,
    })),
  );
  const ids = request.readers.map(({ accountId }) => accountId);
  return theRow(
    database,
    insertedRow,
    Prisma.sql`
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
          AND (SELECT count(*) FROM chosen) = ${ids.length}::int
        ON CONFLICT (id) DO NOTHING
        RETURNING id
      ), readers AS (
        INSERT INTO request_readers (request_id, account_id, sealed_seed, notify)
        SELECT stored.id, chosen.account_id, chosen.sealed_seed, chosen.notify
        FROM stored, chosen
      )
      SELECT EXISTS (SELECT 1 FROM stored) AS "isStored", ${agreesWithClock(request)} AS "agrees",
        (SELECT count(*) FROM held)::int AS "accounts",
        (SELECT count(*) FROM chosen)::int AS "vaults",
        ${DATABASE_NOW_MS} AS "databaseNowMs"`,
  );
}
