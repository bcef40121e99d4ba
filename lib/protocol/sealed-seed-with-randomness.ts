/**
 * The part of sealing a request's seed that is a pure function of its input. For
 * `request-seed.ts` and for test vectors only: see `hpke-with-randomness.ts`.
 */
import { encryptGcm } from './aes-gcm';
import {
  concatBytes,
  toRequestSeed,
  toVaultPublicKey,
  toVaultSeed,
  type RequestSeed,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { LABELS, X_WING_SEED_BYTES } from './constants';
import { sha256 } from './digest';
import { deriveBytes } from './hkdf';
import { sealHpkeWithRandomness } from './hpke-with-randomness';
import type { LinkVersion } from './request-fingerprint';
import { bindSeed, encodeHeader, type BoundRequest, type SealedSeedHeader } from './sealed-seed';
import { agreeOnSeedKey, x25519KeyOf } from './vault-agreement';

/** A vault as whoever unlocked it has it. */
export interface SealingVault {
  readonly seed: VaultSeed;
  readonly publicKey: VaultPublicKey;
}

/** What wraps the seeds of a vault's own requests, 32 bytes. */
export function deriveOwnSeedKey(vaultSeed: VaultSeed): Promise<Uint8Array<ArrayBuffer>> {
  return deriveBytes(toVaultSeed(vaultSeed), LABELS.ownSeedKey, X_WING_SEED_BYTES);
}

/** Header, IV, then AES-256-GCM of the seed. */
export async function sealOwnSeedWithIv(
  vaultSeed: VaultSeed,
  { seed, ...request }: BoundRequest & { readonly seed: RequestSeed },
  { linkVersion, sealer }: Pick<SealedSeedHeader, 'linkVersion' | 'sealer'>,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = { kind: 'own', linkVersion, sealer } as const;
  const associatedData = await bindSeed(LABELS.ownSeed, header, request);
  const key = await deriveOwnSeedKey(vaultSeed);
  const encrypted = await encryptGcm({ key, iv, associatedData }, toRequestSeed(seed));
  return concatBytes(encodeHeader(header), iv, encrypted);
}

/** Header, then HPKE of the seed with a key that the two vaults agree on. */
export async function sealSharedSeedWithRandomness(
  sharer: SealingVault,
  { seed, ...request }: BoundRequest & { readonly seed: RequestSeed },
  { linkVersion, readerPublicKey }: { linkVersion: LinkVersion; readerPublicKey: VaultPublicKey },
  randomness: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const sealer = x25519KeyOf(sharer.publicKey);
  const header = { kind: 'shared', linkVersion, sealer } as const;
  const key = await agreeOnSeedKey(sharer.seed, x25519KeyOf(readerPublicKey));
  const sealed = await sealHpkeWithRandomness(
    {
      publicKey: toVaultPublicKey(readerPublicKey),
      info: await sharedSeedInfo(header, request, readerPublicKey),
      plaintext: toRequestSeed(seed),
      psk: { id: sealer, key },
    },
    randomness,
  );
  return concatBytes(encodeHeader(header), sealed);
}

/** HPKE's `info`: who shares (in the header), what, and with whom. */
export async function sharedSeedInfo(
  header: SealedSeedHeader,
  request: BoundRequest,
  readerPublicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return concatBytes(
    await bindSeed(LABELS.sharedSeed, header, request),
    await sha256(toVaultPublicKey(readerPublicKey)),
  );
}
