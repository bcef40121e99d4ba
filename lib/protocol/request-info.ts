import { encodeLabel } from './associated-data';
import { concatBytes, toRequestPublicKey, type RequestPublicKey } from './bytes';
import type { LABELS } from './constants';
import { sha256 } from './digest';

/**
 * The HPKE `info` of what belongs to one request: the label of its use, a zero
 * byte, SHA-256 of the request's public key. What was sealed for one request, or
 * for one use, opens as nothing else.
 */
export async function requestInfo(
  label: typeof LABELS.requestSeed | typeof LABELS.reply,
  publicKey: RequestPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return concatBytes(encodeLabel(label), await sha256(toRequestPublicKey(publicKey)));
}
