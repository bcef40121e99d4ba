/**
 * A request's X-Wing key pair, made in the browser of whoever asks. Rules: the
 * seed leaves that browser only sealed, once for the vault of each reader
 * (request-seed.ts); a seed whose public key is another is refused.
 */
import {
  constantTimeEqual,
  randomBytes,
  toRequestPublicKey,
  toRequestSeed,
  toVaultSeed,
  type RequestPublicKey,
  type RequestSeed,
  type VaultSeed,
} from './bytes';
import { LABELS, SEALED_REQUEST_SEED_BYTES, X_WING_SEED_BYTES } from './constants';
import { ProtocolError } from './errors';
import { openHpke, publicKeyOfSeed } from './hpke';
import { requestInfo } from './request-info';

export interface RequestKeys {
  readonly seed: RequestSeed;
  readonly publicKey: RequestPublicKey;
}

/** Draws a new key pair, for one request. */
export async function createRequestKeys(): Promise<RequestKeys> {
  const seed = toRequestSeed(randomBytes(X_WING_SEED_BYTES));
  return { seed, publicKey: await requestPublicKeyOf(seed) };
}

export async function requestPublicKeyOf(seed: RequestSeed): Promise<RequestPublicKey> {
  return toRequestPublicKey(await publicKeyOfSeed(toRequestSeed(seed)));
}

/**
 * Opens what version 1 sealed. Whoever knows the vault's public key can have made it.
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
  const seed = toRequestSeed(await openHpke(toVaultSeed(vaultSeed), info, sealed));
  await checkRequestKeyPair(seed, requestPublicKey);
  return seed;
}

/** @throws ProtocolError bad_length, bad_key_pair */
export async function checkRequestKeyPair(
  seed: RequestSeed,
  publicKey: RequestPublicKey,
): Promise<void> {
  const belongs = constantTimeEqual(await requestPublicKeyOf(seed), toRequestPublicKey(publicKey));
  if (!belongs) throw new ProtocolError('bad_key_pair');
}
