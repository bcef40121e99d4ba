import { randomBytes } from 'node:crypto';
import type { VaultPublicKey } from '@/lib/protocol/bytes';
import type { RequestKeys } from '@/lib/protocol/request-keys';
import { sealRequestSeedWithRandomness } from '@/lib/protocol/request-seed-with-randomness';

/** A request's seed as version 1 sealed it, and as whoever knows the vault's public key still can. */
export function sealSeedInVersion1(
  { seed, publicKey }: RequestKeys,
  readerPublicKey: VaultPublicKey,
): Promise<Uint8Array> {
  return sealRequestSeedWithRandomness(
    { seed, requestPublicKey: publicKey, readerPublicKey },
    new Uint8Array(randomBytes(64)),
  );
}
