/**
 * The vault: an account's X-Wing key pair, made in its owner's browser. Rules:
 * the seed leaves the browser only wrapped, under a key that the server never
 * sees; a wrapped seed says for which key pair and by which method it was made,
 * so none can be put in the place of another; a seed whose public key is another
 * is refused, since what was sealed to that key would be lost, or meant for
 * somebody else.
 */
import { decryptGcm } from './aes-gcm';
import {
  concatBytes,
  constantTimeEqual,
  randomBytes,
  toVaultPublicKey,
  toVaultSeed,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { IV_BYTES, WRAPPED_VAULT_SEED_BYTES, X_WING_SEED_BYTES } from './constants';
import { ProtocolError } from './errors';
import { publicKeyOfSeed } from './hpke';
import {
  vaultAssociatedData,
  wrapVaultSeedWithIv,
  type VaultMethod,
  type VaultWrappingKeys,
} from './vault-with-iv';

export type { VaultMethod, VaultWrappingKeys };

export interface Vault {
  readonly seed: VaultSeed;
  readonly publicKey: VaultPublicKey;
}

/** Draws a new key pair. */
export async function createVault(): Promise<Vault> {
  const seed = toVaultSeed(randomBytes(X_WING_SEED_BYTES));
  return { seed, publicKey: await vaultPublicKeyOf(seed) };
}

export async function vaultPublicKeyOf(seed: VaultSeed): Promise<VaultPublicKey> {
  return toVaultPublicKey(await publicKeyOfSeed(toVaultSeed(seed)));
}

/**
 * @returns 60 bytes
 * @throws ProtocolError bad_length, bad_key_pair
 */
export async function wrapVaultSeed<Method extends VaultMethod>(
  wrappingKey: VaultWrappingKeys[Method],
  method: Method,
  seed: VaultSeed,
  publicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkKeyPair(seed, publicKey);
  return wrapVaultSeedWithIv(wrappingKey, method, seed, publicKey, randomBytes(IV_BYTES));
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
  const bytes = concatBytes(wrapped);
  const iv = bytes.subarray(0, IV_BYTES);
  const decrypted = await decryptGcm(
    { key: wrappingKey, iv, associatedData },
    bytes.subarray(IV_BYTES),
  );
  const seed = toVaultSeed(decrypted);
  await checkKeyPair(seed, publicKey);
  return seed;
}

async function checkKeyPair(seed: VaultSeed, publicKey: VaultPublicKey): Promise<void> {
  const belongs = constantTimeEqual(await vaultPublicKeyOf(seed), toVaultPublicKey(publicKey));
  if (!belongs) throw new ProtocolError('bad_key_pair');
}
