import 'server-only';
import { encodeBase64url, type RequestId } from '@/lib/protocol/bytes';
import { locateToken } from '@/lib/sealed/locate';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRow } from '@/lib/server/sql';
import type { RequestLook } from './outcomes';
import { REQUEST_COLUMNS, requestRow, toRowId, type RequestRow } from './rows';

/** What the page of a request's link shows. Changes nothing, ever. */
export async function lookAtRequest(context: Context, token: string): Promise<RequestLook> {
  const found = await findByLink(context, token);
  if (found === null) return { status: 'unknown' };
  const { request } = found;
  const condition = conditionFor(request);
  // That it was erased is for the staff alone to know: to a client it takes no more replies.
  if (condition !== 'open') return { status: condition === 'ended' ? 'closed' : condition };
  return {
    status: 'open',
    asked: {
      askedBy: request.createdBy,
      question: request.question,
      fields: request.fields,
      readers: request.readers.map(({ name }) => name),
      expiresAt: request.expiresAt,
      publicKey: encodeBase64url(keyOf(request)),
    },
  };
}

interface FoundRequest {
  readonly id: RequestId;
  readonly request: RequestRow;
}

/** The request of a link; null for a token that fits no live key, or has another purpose. */
export async function findByLink(
  { keyring, database }: Context,
  token: string,
): Promise<FoundRequest | null> {
  const located = await locateToken(keyring, token, (opened) => opened.purpose === 'request');
  if (located === null) return null;
  const id = located.opened.requestId;
  const request = await findRow(
    database,
    requestRow,
    Prisma.sql`
      SELECT ${REQUEST_COLUMNS} FROM requests r
      WHERE r.id = ${toRowId(id)}::bigint AND r.epoch = ${located.epoch.id}::text`,
  );
  return request && { id, request };
}

/** A request that no account can read takes no replies, whatever its row says. */
export function conditionFor({ condition, readers }: RequestRow): RequestRow['condition'] {
  return readers.length === 0 ? 'closed' : condition;
}

export function keyOf({ publicKey }: RequestRow): Uint8Array {
  if (publicKey === null) throw new Error('A request that is open has no key.');
  return publicKey;
}
