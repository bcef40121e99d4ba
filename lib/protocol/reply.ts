/**
 * A reply: an envelope, padded as a message is, HPKE-sealed to the key of the
 * request that it answers. Rules: whoever seals in a browser compares that key
 * with the link's fingerprint first (request-keys.ts); lengths are checked before
 * a key is touched. Nothing here says who wrote a reply: anybody who has the
 * public key can.
 */
import { randomBytes, toRequestSeed, type RequestPublicKey, type RequestSeed } from './bytes';
import { LABELS, MAX_ENVELOPE_BYTES, X_WING_RANDOMNESS_BYTES } from './constants';
import { ProtocolError } from './errors';
import { HPKE_OVERHEAD_BYTES, openHpke } from './hpke';
import { isPaddedLength, paddedLength, unpad } from './padding';
import { sealReplyWithRandomness } from './reply-with-randomness';
import { requestInfo } from './request-info';

/** The longest sealed reply there is, in bytes: 1 MiB, padded, with everything around it. */
export const MAX_SEALED_REPLY_BYTES = HPKE_OVERHEAD_BYTES + paddedLength(MAX_ENVELOPE_BYTES);

/**
 * @param envelope at most 1,048,578 bytes
 * @returns the sealed reply
 * @throws ProtocolError too_large, bad_length, bad_public_key
 */
export async function sealReply(
  envelope: Uint8Array,
  requestPublicKey: RequestPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return sealReplyWithRandomness(envelope, requestPublicKey, randomBytes(X_WING_RANDOMNESS_BYTES));
}

/**
 * @returns the envelope
 * @throws ProtocolError bad_length, too_large, bad_padding; bad_ciphertext for
 *   another request or an altered byte
 */
export async function openReply(
  sealed: Uint8Array,
  requestSeed: RequestSeed,
  requestPublicKey: RequestPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  checkReplyLength(sealed);
  const info = await requestInfo(LABELS.reply, requestPublicKey);
  return unpad(await openHpke(toRequestSeed(requestSeed), info, sealed));
}

/**
 * Refuses every length that no honest client can make: what a server can check of
 * a reply that it can't read.
 *
 * @throws ProtocolError bad_length, too_large
 */
export function checkReplyLength(sealed: Uint8Array): void {
  if (sealed.length > MAX_SEALED_REPLY_BYTES) throw new ProtocolError('too_large');
  if (!isPaddedLength(sealed.length - HPKE_OVERHEAD_BYTES)) throw new ProtocolError('bad_length');
}
