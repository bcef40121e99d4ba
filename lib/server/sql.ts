/**
 * Statements: the parts that several rooms put them together from, and how what they answer is read.
 * A row is checked against what its caller takes it for, so that no type says of a column what is not
 * so; and whatever the driver throws is one of two errors (see `database-errors.ts`).
 */
import 'server-only';
import { z } from 'zod';
import { guarded } from './database-errors';
import { Prisma, type PrismaClient } from './prisma-client/client';

/** A client, or a transaction of one. */
export type Database = Prisma.TransactionClient;

/** Every row that a statement answers with. */
export async function findRows<Row extends z.ZodType>(
  database: Database,
  row: Row,
  statement: Prisma.Sql,
): Promise<z.output<Row>[]> {
  const rows = await guarded(() => database.$queryRaw<unknown[]>(statement));
  return z.array(row).parse(rows);
}

/** The row of a statement that answers with one at the most. */
export async function findRow<Row extends z.ZodType>(
  database: Database,
  row: Row,
  statement: Prisma.Sql,
): Promise<z.output<Row> | null> {
  const [found] = await findRows(database, row, statement);
  return found ?? null;
}

/** The row of a statement that always answers with one. */
export async function theRow<Row extends z.ZodType>(
  database: Database,
  row: Row,
  statement: Prisma.Sql,
): Promise<z.output<Row>> {
  const [found] = await findRows(database, row, statement);
  if (found === undefined) throw new Error('A statement that always answers did not.');
  return found;
}

/** @returns how many rows a statement changed */
export function execute(database: Database, statement: Prisma.Sql): Promise<number> {
  return guarded(() => database.$executeRaw(statement));
}

/** Several statements, all or none of them. */
export function inTransaction<Done>(
  database: PrismaClient,
  work: (transaction: Prisma.TransactionClient) => Promise<Done>,
): Promise<Done> {
  return guarded(() => database.$transaction(work));
}

/** A column of bytes, as the rest of the code holds them. */
export const bytesColumn = z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes));

export function bytea(bytes: Uint8Array | null): Prisma.Sql {
  return bytes === null ? Prisma.sql`NULL::bytea` : Prisma.sql`${Buffer.from(bytes)}::bytea`;
}

/** A time, from milliseconds since 1970. */
export function instant(milliseconds: number): Prisma.Sql {
  return Prisma.sql`to_timestamp(${BigInt(milliseconds)}::bigint / 1000.0)`;
}

/** A time of whole milliseconds, as columns keep it: in ISO 8601 and UTC, as it is told to people. */
export function isoTime(time: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
