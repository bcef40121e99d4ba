/**
 * A request's seed, for everybody who may read its replies. Rules: what a vault
 * keeps for itself is wrapped under a key that nobody else has; what it shares is
 * sealed with a key that only the two have; both are bound to the request's id,
 * key and question. So neither a server nor a copy of its database, which know
 * every public key, can put a key of their own in the place of a request's.
 */
import { decryptGcm } from './aes-gcm';
import {
  randomBytes,
  toRequestSeed,
  type RequestSeed,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { IV_BYTES, LABELS, X_WING_RANDOMNESS_BYTES } from './constants';
import { ProtocolError } from './errors';
import { openHpke } from './hpke';
import { isOwnRequestId } from './request-id';
import type { LinkVersion } from './request-fingerprint';
import { checkRequestKeyPair, openRequestSeedVersion1 } from './request-keys';
import {
  bindSeed,
  readHeader,
  UNKNOWN_SEALER,
  type BoundRequest,
  type SealedSeedHeader,
} from './sealed-seed';
import {
  deriveOwnSeedKey,
  sealOwnSeedWithIv,
  sealSharedSeedWithRandomness,
  sharedSeedInfo,
  type SealingVault,
} from './sealed-seed-with-randomness';
import { agreeOnSeedKey } from './vault-agreement';

export type RequestToSeal = BoundRequest & { readonly seed: RequestSeed };

/** Who sealed a seed that was opened, and how. */
export interface OpenedSeed {
  readonly seed: RequestSeed;
  /** `version1`: anybody who knows the vault's public key may have sealed it. */
  readonly kind: SealedSeedHeader['kind'] | 'version1';
  readonly linkVersion: LinkVersion;
  /** As in the header; zeros if it is not known. */
  readonly sealer: Uint8Array<ArrayBuffer>;
}

/**
 * Wraps the seed for one's own vault.
 *
 * @param origin who made or shared the request, and what its link authenticates
 * @returns 95 bytes
 * @throws ProtocolError bad_length, bad_key_pair, bad_binding
 */
export async function sealOwnSeed(
  vaultSeed: VaultSeed,
  request: RequestToSeal,
  origin: Pick<SealedSeedHeader, 'linkVersion' | 'sealer'>,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkRequestKeyPair(request.seed, request.publicKey);
  return sealOwnSeedWithIv(vaultSeed, request, origin, randomBytes(IV_BYTES));
}

/**
 * Seals the seed to a colleague's vault, who can tell that it was this vault.
 *
 * @returns 1,203 bytes
 * @throws ProtocolError bad_length, bad_key_pair, bad_public_key, bad_binding
 */
export async function sealSharedSeed(
  sharer: SealingVault,
  request: RequestToSeal,
  reader: { readonly linkVersion: LinkVersion; readonly readerPublicKey: VaultPublicKey },
): Promise<Uint8Array<ArrayBuffer>> {
  await checkRequestKeyPair(request.seed, request.publicKey);
  const randomness = randomBytes(X_WING_RANDOMNESS_BYTES);
  return sealSharedSeedWithRandomness(sharer, request, reader, randomness);
}

/**
 * Opens a sealed seed of either version. Of a request that this vault made in
 * version 2, as its id says, only what the vault wrapped itself is taken.
 *
 * @throws ProtocolError bad_length, bad_version, bad_key_pair; bad_binding for a
 *   seed that somebody else sealed for one's own request; bad_ciphertext for
 *   another vault, sharer, request or question, or an altered byte
 */
export async function openSealedSeed(
  sealed: Uint8Array,
  request: BoundRequest,
  vault: SealingVault,
): Promise<OpenedSeed> {
  const read = readHeader(sealed);
  const kind = read?.header.kind ?? 'version1';
  if (kind !== 'own' && (await isOwnRequestId(vault.seed, request.id))) {
    throw new ProtocolError('bad_binding');
  }
  if (read === null) {
    const seed = await openRequestSeedVersion1(sealed, request.publicKey, vault.seed);
    return { seed, kind: 'version1', linkVersion: 1, sealer: UNKNOWN_SEALER };
  }
  const { header, body } = read;
  const opened = await (header.kind === 'own' ? openOwn : openShared)(header, body, request, vault);
  const seed = toRequestSeed(opened);
  await checkRequestKeyPair(seed, request.publicKey);
  return { seed, ...header };
}

type Opening = (
  header: SealedSeedHeader,
  body: Uint8Array<ArrayBuffer>,
  request: BoundRequest,
  vault: SealingVault,
) => Promise<Uint8Array<ArrayBuffer>>;

const openOwn: Opening = async (header, body, request, vault) => {
  const associatedData = await bindSeed(LABELS.ownSeed, header, request);
  const key = await deriveOwnSeedKey(vault.seed);
  const iv = body.subarray(0, IV_BYTES);
  return decryptGcm({ key, iv, associatedData }, body.subarray(IV_BYTES));
};

const openShared: Opening = async (header, body, request, vault) => {
  const info = await sharedSeedInfo(header, request, vault.publicKey);
  const key = await agreeOnSeedKey(vault.seed, header.sealer);
  return openHpke(vault.seed, info, body, { id: header.sealer, key });
};
