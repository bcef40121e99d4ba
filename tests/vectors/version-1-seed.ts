/** A request's seed as version 1 sealed it. Requests from then are opened still; nothing seals so any more. */
import {
  toRequestSeed,
  type RequestPublicKey,
  type RequestSeed,
  type VaultPublicKey,
  type EncapsulationRandomness,
} from '@/lib/protocol/bytes';
import { LABELS } from '@/lib/protocol/constants';
import { sealHpke } from '@/lib/protocol/hpke';
import type { RequestKeys } from '@/lib/protocol/request-keys';
import { requestInfo } from '@/lib/protocol/request';

export interface RequestSeedToSeal {
  readonly seed: RequestSeed;
  readonly requestPublicKey: RequestPublicKey;
  readonly readerPublicKey: VaultPublicKey;
}

/** HPKE of the seed to one reader's vault, bound to the request. */
export async function sealRequestSeed(
  { seed, requestPublicKey, readerPublicKey }: RequestSeedToSeal,
  randomness?: EncapsulationRandomness,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = await requestInfo(LABELS.requestSeed, requestPublicKey);
  return sealHpke({ publicKey: readerPublicKey, info, plaintext: toRequestSeed(seed) }, randomness);
}

/** As whoever knows the vault's public key still can. */
export function sealSeedInVersion1(
  { seed, publicKey }: Pick<RequestKeys, 'seed' | 'publicKey'>,
  readerPublicKey: VaultPublicKey,
): Promise<Uint8Array> {
  return sealRequestSeed({ seed, requestPublicKey: publicKey, readerPublicKey });
}
