/**
 * A request's X-Wing key pair, made in the browser of whoever asks. Rules: the
 * seed leaves that browser only sealed, once to the vault of each reader; a client
 * seals to the public key only if the link's fingerprint fits it, so that a server
 * can't swap it; a seed whose public key is another is refused.
 */
import { decodeBase64url, encodeBase64url } from './base64url';
import {
  constantTimeEqual,
  randomBytes,
  toRequestPublicKey,
  toRequestSeed,
  toVaultPublicKey,
  toVaultSeed,
  type RequestPublicKey,
  type RequestSeed,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import {
  FINGERPRINT_BYTES,
  LABELS,
  SEALED_REQUEST_SEED_BYTES,
  X_WING_PUBLIC_KEY_BYTES,
  X_WING_RANDOMNESS_BYTES,
  X_WING_SEED_BYTES,
} from './constants';
import { sha256 } from './digest';
import { ProtocolError } from './errors';
import { openHpke, publicKeyOfSeed } from './hpke';
import { requestInfo } from './request-info';
import { sealRequestSeedWithRandomness } from './request-seed-with-randomness';

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
 * What the link of a request says about its public key: the first 16 bytes of
 * SHA-256, 22 characters of base64url.
 *
 * @throws ProtocolError bad_length
 */
export async function requestFingerprint(publicKey: RequestPublicKey): Promise<string> {
  return encodeBase64url(await fingerprintBytes(publicKey));
}

/**
 * Whether a public key, as a server gave it, is the one that a link speaks of. A
 * client whose answer is no must seal nothing.
 *
 * @param publicKey of any length: one that can't be a key does not match
 * @param fingerprint as `readRequestLink` found it
 */
export async function matchesFingerprint(
  publicKey: Uint8Array,
  fingerprint: string,
): Promise<boolean> {
  if (publicKey.length !== X_WING_PUBLIC_KEY_BYTES) return false;
  try {
    const expected = decodeBase64url(fingerprint, FINGERPRINT_BYTES);
    return constantTimeEqual(await fingerprintBytes(toRequestPublicKey(publicKey)), expected);
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

/**
 * Seals a request's seed to the vault of one who may read its replies.
 *
 * @returns 1,168 bytes
 * @throws ProtocolError bad_length, bad_key_pair, bad_public_key
 */
export async function sealRequestSeed(
  seed: RequestSeed,
  requestPublicKey: RequestPublicKey,
  readerPublicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkKeyPair(seed, requestPublicKey);
  return sealRequestSeedWithRandomness(
    { seed, requestPublicKey, readerPublicKey: toVaultPublicKey(readerPublicKey) },
    randomBytes(X_WING_RANDOMNESS_BYTES),
  );
}

/**
 * @param sealed 1,168 bytes
 * @throws ProtocolError bad_length, bad_key_pair; bad_ciphertext for another vault,
 *   another request or an altered byte
 */
export async function openRequestSeed(
  sealed: Uint8Array,
  requestPublicKey: RequestPublicKey,
  vaultSeed: VaultSeed,
): Promise<RequestSeed> {
  if (sealed.length !== SEALED_REQUEST_SEED_BYTES) throw new ProtocolError('bad_length');
  const info = await requestInfo(LABELS.requestSeed, requestPublicKey);
  const seed = toRequestSeed(await openHpke(toVaultSeed(vaultSeed), info, sealed));
  await checkKeyPair(seed, requestPublicKey);
  return seed;
}

async function checkKeyPair(seed: RequestSeed, publicKey: RequestPublicKey): Promise<void> {
  const belongs = constantTimeEqual(await requestPublicKeyOf(seed), toRequestPublicKey(publicKey));
  if (!belongs) throw new ProtocolError('bad_key_pair');
}

async function fingerprintBytes(publicKey: RequestPublicKey): Promise<Uint8Array<ArrayBuffer>> {
  const digest = await sha256(toRequestPublicKey(publicKey));
  return digest.subarray(0, FINGERPRINT_BYTES);
}
