/** Reads for those who proved something. They change nothing. */
import 'server-only';
import type { MessageAddress, MessageRecord, MessageStore } from '@/lib/messages/ports';
import { guarded } from '../database-errors';
import { Prisma, type PrismaClient } from '../prisma-client/client';
import {
  LOCK_COLUMNS,
  RECORD_COLUMNS,
  at,
  bytea,
  claimedBy,
  toLock,
  toRecord,
  type LockRow,
  type RecordRow,
} from './row';

export async function findByLink(
  client: PrismaClient,
  address: MessageAddress,
  linkVerifier: Uint8Array,
): Promise<MessageRecord | null> {
  return findRecord(
    client,
    Prisma.sql`${at(address)} AND m.seal = 'SERVER' AND m.link_verifier = ${bytea(linkVerifier)}`,
  );
}

export async function findForSender(
  client: PrismaClient,
  address: MessageAddress,
): Promise<MessageRecord | null> {
  return findRecord(client, at(address));
}

async function findRecord(client: PrismaClient, where: Prisma.Sql): Promise<MessageRecord | null> {
  const rows = await guarded(
    () => client.$queryRaw<RecordRow[]>`SELECT ${RECORD_COLUMNS} FROM messages m WHERE ${where}`,
  );
  return rows[0] === undefined ? null : toRecord(rows[0]);
}

export async function findByKnock(
  client: PrismaClient,
  address: MessageAddress,
  knockVerifier: Uint8Array,
  nonceHash: Uint8Array | null,
): ReturnType<MessageStore['findByKnock']> {
  const resumable = nonceHash === null ? Prisma.sql`false` : claimedBy(nonceHash);
  const rows = await guarded(
    () => client.$queryRaw<(RecordRow & LockRow & { resumable: boolean })[]>`
      SELECT ${RECORD_COLUMNS}, ${LOCK_COLUMNS}, ${resumable} AS "resumable"
      FROM messages m
      WHERE ${at(address)} AND m.seal = 'BROWSER' AND m.knock_verifier = ${bytea(knockVerifier)}`,
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { record: toRecord(row), lock: toLock(row), resumable: row.resumable };
}
