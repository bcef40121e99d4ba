/**
 * The part of sharing a request that is a pure function of its input. For
 * `request-keys.ts` and for test vectors only: see `hpke-with-randomness.ts`.
 */
import {
  toRequestSeed,
  type RequestPublicKey,
  type RequestSeed,
  type VaultPublicKey,
} from './bytes';
import { LABELS } from './constants';
import { sealHpkeWithRandomness } from './hpke-with-randomness';
import { requestInfo } from './request-info';

export interface RequestSeedToSeal {
  readonly seed: RequestSeed;
  readonly requestPublicKey: RequestPublicKey;
  readonly readerPublicKey: VaultPublicKey;
}

/** HPKE of the seed to one reader's vault, bound to the request. */
export async function sealRequestSeedWithRandomness(
  { seed, requestPublicKey, readerPublicKey }: RequestSeedToSeal,
  randomness: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = await requestInfo(LABELS.requestSeed, requestPublicKey);
  return sealHpkeWithRandomness(
    { publicKey: readerPublicKey, info, plaintext: toRequestSeed(seed) },
    randomness,
  );
}
