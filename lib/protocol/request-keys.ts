/**
 * A request's X-Wing key pair, made in the browser that asks, and its seed for everybody who may
 * read its replies. Rules: the seed leaves that browser only sealed, once for the vault of each
 * reader; what a vault keeps for itself is wrapped under a key that no other has; what it shares is
 * sealed with a key that only the two have; both are bound to the request's id, key and question.
 * So neither a server nor a copy of its database, which know every public key, can put a key of
 * their own in the place of a request's. A seed whose public key is another is refused.
 */
import {
  concatBytes,
  constantTimeEqual,
  randomBytes,
  toRequestPublicKey,
  toRequestSeed,
  type EncapsulationRandomness,
  type Iv,
  type RequestPublicKey,
  type RequestSeed,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { LABELS, SEALED_REQUEST_SEED_BYTES, X_WING_SEED_BYTES } from './constants';
import { ProtocolError } from './errors';
import { openHpke, publicKeyOfSeed, sealHpke } from './hpke';
import { decryptGcm, deriveBytes, encryptGcm, sha256 } from './primitives';
import {
  bindSeed,
  encodeHeader,
  isOwnRequestId,
  readHeader,
  requestInfo,
  UNKNOWN_SEALER,
  type BoundRequest,
  type LinkVersion,
  type SealedSeedHeader,
} from './request';
import { agreeOnSeedKey, x25519KeyOf, type Vault } from './vault';

export interface RequestKeys {
  readonly seed: RequestSeed;
  readonly publicKey: RequestPublicKey;
}

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

/** Draws a new key pair, for one request. */
export async function createRequestKeys(): Promise<RequestKeys> {
  const seed = toRequestSeed(randomBytes(X_WING_SEED_BYTES));
  return { seed, publicKey: await requestPublicKeyOf(seed) };
}

export async function requestPublicKeyOf(seed: RequestSeed): Promise<RequestPublicKey> {
  return toRequestPublicKey(await publicKeyOfSeed(seed));
}

/** @throws ProtocolError bad_key_pair */
async function checkKeyPair({ seed, publicKey }: RequestKeys): Promise<void> {
  const belongs = constantTimeEqual(await requestPublicKeyOf(seed), publicKey);
  if (!belongs) throw new ProtocolError('bad_key_pair');
}

/**
 * Wraps the seed for one's own vault.
 *
 * @param origin who made or shared the request, and what its link authenticates
 * @param iv see `Iv`
 * @returns 95 bytes: header, IV, then AES-256-GCM of the seed
 * @throws ProtocolError bad_length, bad_key_pair, bad_binding
 */
export async function sealOwnSeed(
  vaultSeed: VaultSeed,
  request: RequestToSeal,
  { linkVersion, sealer }: Pick<SealedSeedHeader, 'linkVersion' | 'sealer'>,
  iv?: Iv,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkKeyPair(request);
  const header = { kind: 'own', linkVersion, sealer } as const;
  const associatedData = await bindSeed(LABELS.ownSeed, header, request);
  const key = await deriveOwnSeedKey(vaultSeed);
  const encrypted = await encryptGcm({ key, associatedData }, request.seed, iv);
  return concatBytes(encodeHeader(header), encrypted);
}

/** What wraps the seeds of a vault's own requests, 32 bytes. */
export function deriveOwnSeedKey(vaultSeed: VaultSeed): Promise<Uint8Array<ArrayBuffer>> {
  return deriveBytes(vaultSeed, LABELS.ownSeedKey, X_WING_SEED_BYTES);
}

/**
 * Seals the seed to a colleague's vault, who can tell that it was this vault.
 *
 * @param randomness see `EncapsulationRandomness`
 * @returns 1,203 bytes: header, then HPKE of the seed with a key that the two vaults agree on
 * @throws ProtocolError bad_key_pair, bad_public_key, bad_binding
 */
export async function sealSharedSeed(
  sharer: Vault,
  request: RequestToSeal,
  reader: { readonly linkVersion: LinkVersion; readonly readerPublicKey: VaultPublicKey },
  randomness?: EncapsulationRandomness,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkKeyPair(request);
  const { linkVersion, readerPublicKey } = reader;
  const sealer = x25519KeyOf(sharer.publicKey);
  const header = { kind: 'shared', linkVersion, sealer } as const;
  const key = await agreeOnSeedKey(sharer.seed, x25519KeyOf(readerPublicKey));
  const sealed = await sealHpke(
    {
      publicKey: readerPublicKey,
      info: await sharedSeedInfo(header, request, readerPublicKey),
      plaintext: request.seed,
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
    await sha256(readerPublicKey),
  );
}

/**
 * Opens a sealed seed of either version. Of a request that this vault made in
 * version 2, as its id says, only what the vault wrapped itself is taken.
 *
 * @throws ProtocolError bad_length, bad_version, bad_key_pair; bad_binding for a
 *   seed that another vault sealed for one's own request; bad_ciphertext for
 *   another vault, sharer, request or question, or an altered byte
 */
export async function openSealedSeed(
  sealed: Uint8Array,
  request: BoundRequest,
  vault: Vault,
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
  await checkKeyPair({ seed, publicKey: request.publicKey });
  return { seed, ...header };
}

type Opening = (
  header: SealedSeedHeader,
  body: Uint8Array<ArrayBuffer>,
  request: BoundRequest,
  vault: Vault,
) => Promise<Uint8Array<ArrayBuffer>>;

const openOwn: Opening = async (header, body, request, vault) => {
  const associatedData = await bindSeed(LABELS.ownSeed, header, request);
  return decryptGcm({ key: await deriveOwnSeedKey(vault.seed), associatedData }, body);
};

const openShared: Opening = async (header, body, request, vault) => {
  const info = await sharedSeedInfo(header, request, vault.publicKey);
  const key = await agreeOnSeedKey(vault.seed, header.sealer);
  return openHpke(vault.seed, info, body, { id: header.sealer, key });
};

/**
 * Opens what version 1 sealed. Anybody who knows the vault's public key can have made it.
 *
 * @param sealed 1,168 bytes
 * @throws ProtocolError bad_length, bad_key_pair; bad_ciphertext for another vault,
 *   another request or an altered byte
 */
export async function openRequestSeedVersion1(
  sealed: Uint8Array,
  requestPublicKey: RequestPublicKey,
  vaultSeed: VaultSeed,
): Promise<RequestSeed> {
  if (sealed.length !== SEALED_REQUEST_SEED_BYTES) throw new ProtocolError('bad_length');
  const info = await requestInfo(LABELS.requestSeed, requestPublicKey);
  const seed = toRequestSeed(await openHpke(vaultSeed, info, sealed));
  await checkKeyPair({ seed, publicKey: requestPublicKey });
  return seed;
}
