/**
 * A reply: an envelope, padded as a message is, HPKE-sealed to the key of the
 * request that it answers. Rules: a browser that seals compares that key
 * with the link's fingerprint first (request.ts); lengths are checked before
 * a key is touched. Nothing here says who wrote a reply: anybody who has the
 * public key can.
 */
import type { EncapsulationRandomness, RequestPublicKey, RequestSeed } from './bytes';
import { LABELS } from './constants';
import { checkReplyLength, pad, unpad } from './envelope';
import { openHpke, sealHpke } from './hpke';
import { requestInfo } from './request';

/**
 * @param envelope at most 1,048,578 bytes
 * @param randomness see `EncapsulationRandomness`
 * @returns the sealed reply
 * @throws ProtocolError too_large, bad_public_key
 */
export async function sealReply(
  envelope: Uint8Array,
  publicKey: RequestPublicKey,
  randomness?: EncapsulationRandomness,
): Promise<Uint8Array<ArrayBuffer>> {
  const plaintext = pad(envelope);
  const info = await requestInfo(LABELS.reply, publicKey);
  return sealHpke({ publicKey, info, plaintext }, randomness);
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
  return unpad(await openHpke(requestSeed, info, sealed));
}
