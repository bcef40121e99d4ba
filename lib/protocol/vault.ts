/**
 * The vault: an account's X-Wing key pair, made in its owner's browser. Rules:
 * the seed leaves the browser only wrapped, under a key that the server never
 * sees; a wrapped seed says for which key pair and by which method it was made,
 * so none can be put in the place of another; a seed whose public key is another
 * is refused, since what was sealed to that key would be lost, or meant for
 * another account.
 */
import { SerializeError, shake256 } from '@hpke/common';
import { HkdfSha256, X25519 } from '@hpke/dhkem-x25519';
import {
  concatBytes,
  constantTimeEqual,
  encodeLabel,
  randomBytes,
  toVaultPublicKey,
  toVaultSeed,
  type Iv,
  type RecoveryKey,
  type VaultKey,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import {
  LABELS,
  VAULT_METHOD_BYTE,
  WRAPPED_VAULT_SEED_BYTES,
  X25519_KEY_BYTES,
  X_WING_SEED_BYTES,
} from './constants';
import { ProtocolError } from './errors';
import { publicKeyOfSeed } from './hpke';
import { decryptGcm, deriveBytes, encryptGcm, sha256 } from './primitives';

export interface Vault {
  readonly seed: VaultSeed;
  readonly publicKey: VaultPublicKey;
}

/** Which key wraps by which method, so that the two can't be mixed up. */
export interface VaultWrappingKeys {
  readonly password: VaultKey;
  readonly recovery: RecoveryKey;
}

export type VaultMethod = keyof VaultWrappingKeys;

/** Draws a new key pair. */
export async function createVault(): Promise<Vault> {
  const seed = toVaultSeed(randomBytes(X_WING_SEED_BYTES));
  return { seed, publicKey: await vaultPublicKeyOf(seed) };
}

export async function vaultPublicKeyOf(seed: VaultSeed): Promise<VaultPublicKey> {
  return toVaultPublicKey(await publicKeyOfSeed(seed));
}

/** What a wrapped seed is bound to: the method and the public key it belongs to. */
export async function vaultAssociatedData(
  method: VaultMethod,
  publicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return concatBytes(
    encodeLabel(LABELS.wrappedVaultSeed),
    Uint8Array.of(VAULT_METHOD_BYTE[method]),
    await sha256(publicKey),
  );
}

/**
 * @param iv see `Iv`
 * @returns 60 bytes: the IV, then AES-256-GCM of the seed
 * @throws ProtocolError bad_key_pair
 */
export async function wrapVaultSeed<Method extends VaultMethod>(
  wrappingKey: VaultWrappingKeys[Method],
  method: Method,
  seed: VaultSeed,
  publicKey: VaultPublicKey,
  iv?: Iv,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkKeyPair(seed, publicKey);
  const associatedData = await vaultAssociatedData(method, publicKey);
  return encryptGcm({ key: wrappingKey, associatedData }, seed, iv);
}

/**
 * @param wrapped 60 bytes
 * @throws ProtocolError bad_length, bad_key_pair; bad_ciphertext for another
 *   password or recovery code, another method, another public key or an altered byte
 */
export async function unwrapVaultSeed<Method extends VaultMethod>(
  wrappingKey: VaultWrappingKeys[Method],
  method: Method,
  wrapped: Uint8Array,
  publicKey: VaultPublicKey,
): Promise<VaultSeed> {
  if (wrapped.length !== WRAPPED_VAULT_SEED_BYTES) throw new ProtocolError('bad_length');
  const associatedData = await vaultAssociatedData(method, publicKey);
  const seed = toVaultSeed(await decryptGcm({ key: wrappingKey, associatedData }, wrapped));
  await checkKeyPair(seed, publicKey);
  return seed;
}

async function checkKeyPair(seed: VaultSeed, publicKey: VaultPublicKey): Promise<void> {
  const belongs = constantTimeEqual(await vaultPublicKeyOf(seed), publicKey);
  if (!belongs) throw new ProtocolError('bad_key_pair');
}

/*
 * What two vaults have in common, and no other has: X25519 between the halves of
 * their key pairs. It authenticates who shares a request and hides nothing;
 * what hides is X-Wing around it, with ML-KEM.
 */

const x25519 = new X25519(new HkdfSha256());
/** Two seeds of ML-KEM, 32 bytes each, then the private X25519 key. */
const EXPANDED_SEED_BYTES = 96;

/** The X25519 half of a vault's public key, 32 bytes: what names who shared a request. */
export function x25519KeyOf(publicKey: VaultPublicKey): Uint8Array<ArrayBuffer> {
  return concatBytes(publicKey.subarray(-X25519_KEY_BYTES));
}

/**
 * The key that both can compute, 32 bytes.
 *
 * @param otherKey the X25519 half of the other one's public key
 * @throws ProtocolError bad_length; bad_public_key for a key that leads nowhere
 */
export async function agreeOnSeedKey(
  vaultSeed: VaultSeed,
  otherKey: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (otherKey.length !== X25519_KEY_BYTES) throw new ProtocolError('bad_length');
  const expanded = shake256.create({ dkLen: EXPANDED_SEED_BYTES }).update(vaultSeed).digest();
  const shared = await agree(expanded.slice(-X25519_KEY_BYTES), otherKey);
  return deriveBytes(shared, LABELS.sharedSeedKey, X25519_KEY_BYTES);
}

async function agree(
  privateKey: Uint8Array,
  publicKey: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await x25519.derive(privateKey, publicKey));
  } catch (error) {
    // A point of low order: both would know the result, and so would anybody.
    if (error instanceof SerializeError) throw new ProtocolError('bad_public_key');
    throw error;
  }
}
