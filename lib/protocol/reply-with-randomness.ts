/**
 * The part of sealing a reply that is a pure function of its input. For
 * `reply.ts` and for test vectors only: see `hpke-with-randomness.ts`.
 */
import { toRequestPublicKey, type RequestPublicKey } from './bytes';
import { LABELS } from './constants';
import { sealHpkeWithRandomness } from './hpke-with-randomness';
import { pad } from './padding';
import { requestInfo } from './request-info';

/** HPKE of the padded envelope to the request's key, bound to the request. */
export async function sealReplyWithRandomness(
  envelope: Uint8Array,
  requestPublicKey: RequestPublicKey,
  randomness: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const plaintext = pad(envelope);
  const publicKey = toRequestPublicKey(requestPublicKey);
  const info = await requestInfo(LABELS.reply, publicKey);
  return sealHpkeWithRandomness({ publicKey, info, plaintext }, randomness);
}
