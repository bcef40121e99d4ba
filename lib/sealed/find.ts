/** Reads of one item. They change nothing, and notice first whether the database was restored. */
import 'server-only';
import { z } from 'zod';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRow } from '@/lib/server/sql';
import {
  contentColumns,
  contentRow,
  isClaimedBy,
  ITEM_COLUMNS,
  itemRow,
  MAY_REPEAT,
  provenAt,
  toContent,
  toLock,
  type ItemContent,
  type ItemRecord,
} from './item';
import type { Address } from './locate';
import type { Seal } from './outcomes';

/** @param which the row, as far as the caller may see it */
export async function findItem(
  { database, history }: Pick<Context, 'database' | 'history'>,
  which: Prisma.Sql,
): Promise<ItemRecord | null> {
  await history.notice();
  return findRow(
    database,
    itemRow,
    Prisma.sql`SELECT ${ITEM_COLUMNS} FROM sealed_items i WHERE ${which}`,
  );
}

export interface ProvenItem {
  readonly record: ItemRecord;
  readonly lock: PassphraseLock | null;
  /** This nonce claimed it, and may again. */
  readonly isResumable: boolean;
  /** What the server opens itself; null where it was not asked for or is gone. */
  readonly content: ItemContent | null;
}

/** For a caller who proved the link; null: no such row, or another link's. */
export async function findProven(
  { database, history }: Pick<Context, 'database' | 'history'>,
  address: Address,
  by: {
    readonly seal: Seal;
    readonly knockVerifier: Uint8Array;
    readonly nonceHash?: Uint8Array | null;
    readonly withContent?: boolean;
  },
): Promise<ProvenItem | null> {
  await history.notice();
  const { nonceHash = null, withContent = false } = by;
  const isResumable =
    nonceHash === null
      ? Prisma.sql`false`
      : Prisma.sql`(${isClaimedBy({ nonceHash, accountId: null })} AND ${MAY_REPEAT})`;
  const row = await findRow(
    database,
    itemRow.extend({ ...contentRow.shape, isResumable: z.boolean() }),
    Prisma.sql`
      SELECT ${ITEM_COLUMNS}, ${contentColumns(Prisma.sql`${withContent}::boolean`)},
        ${isResumable} AS "isResumable"
      FROM sealed_items i WHERE ${provenAt(address, by.seal, by.knockVerifier)}`,
  );
  if (row === null) return null;
  const content = row.wrappedCiphertext === null ? null : toContent(row);
  return { record: row, lock: toLock(row), isResumable: row.isResumable, content };
}
