/**
 * Ids of requests, drawn by the browser that asks. The second half is a mark that
 * only its vault can make: by it the vault knows that it made the request in
 * version 2, whatever the server says, and takes nobody else's seed for it.
 */
import { encodeLabel } from './associated-data';
import {
  concatBytes,
  constantTimeEqual,
  randomBytes,
  toRequestId,
  toVaultSeed,
  type RequestId,
  type VaultSeed,
} from './bytes';
import { LABELS, REQUEST_ID_BYTES, REQUEST_ID_MARK_BYTES } from './constants';
import { ProtocolError } from './errors';
import { deriveBytes } from './hkdf';

const DRAWN_BYTES = REQUEST_ID_BYTES - REQUEST_ID_MARK_BYTES;

const ID_TEXT = /^[0-9a-f]{16}$/;

/** 16 lower-case hex digits: how forms and addresses of staff spell it. */
export function formatRequestId(id: RequestId): string {
  return Array.from(toRequestId(id), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws ProtocolError bad_length for anything but 16 lower-case hex digits */
export function readRequestId(text: string): RequestId {
  if (!ID_TEXT.test(text)) throw new ProtocolError('bad_length');
  const pairs = text.match(/../g) ?? [];
  return toRequestId(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}

/** A new id, 8 bytes. */
export async function createRequestId(vaultSeed: VaultSeed): Promise<RequestId> {
  return markRequestId(vaultSeed, randomBytes(DRAWN_BYTES));
}

/** Whether this vault drew it; of any other id that is said once in 2^32. */
export async function isOwnRequestId(vaultSeed: VaultSeed, id: RequestId): Promise<boolean> {
  const drawn = toRequestId(id).subarray(0, DRAWN_BYTES);
  return constantTimeEqual(await markRequestId(vaultSeed, drawn), id);
}

/** @param drawn 4 bytes */
export async function markRequestId(
  vaultSeed: VaultSeed,
  drawn: Uint8Array<ArrayBuffer>,
): Promise<RequestId> {
  const info = concatBytes(encodeLabel(LABELS.requestId), drawn);
  const mark = await deriveBytes(toVaultSeed(vaultSeed), info, REQUEST_ID_MARK_BYTES);
  return toRequestId(concatBytes(drawn, mark));
}
