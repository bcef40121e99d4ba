/**
 * The vault: an account's own key pair, to which requests are sealed. Its seed
 * leaves the browser only wrapped: under the password, and under the recovery
 * code. Rules: a wrapped seed fits one way of wrapping and one public key.
 */
import { decryptGcm, encryptGcm } from './aes-gcm';
import { encodeLabel } from './associated-data';
import {
  concatBytes,
  constantTimeEqual,
  randomBytes,
  toVaultPublicKey,
  toVaultSeed,
  type RecoveryKey,
  type VaultKey,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { IV_BYTES, LABELS, WRAPPED_SEED_BYTES, X_WING } from './constants';
import { ProtocolError } from './errors';
import { publicKeyOf } from './hpke';

export type WrappingMethod = 'password' | 'recovery';

const METHOD_BYTE: Readonly<Record<WrappingMethod, number>> = { password: 1, recovery: 2 };

export async function createVault(): Promise<{
  readonly seed: VaultSeed;
  readonly publicKey: VaultPublicKey;
}> {
  const seed = toVaultSeed(randomBytes(X_WING.seedBytes));
  return { seed, publicKey: await vaultPublicKeyOf(seed) };
}

export async function vaultPublicKeyOf(seed: VaultSeed): Promise<VaultPublicKey> {
  return toVaultPublicKey(await publicKeyOf(seed));
}

/** 60 bytes: IV, then AES-256-GCM of the seed. */
export async function wrapVaultSeed(
  wrappingKey: VaultKey | RecoveryKey,
  method: WrappingMethod,
  seed: VaultSeed,
  publicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = randomBytes(IV_BYTES);
  const associatedData = await bindingOf(method, publicKey);
  return concatBytes(iv, await encryptGcm({ key: wrappingKey, iv, associatedData }, seed));
}

/** @throws ProtocolError bad_length, bad_ciphertext (another key, method or public key), bad_public_key */
export async function unwrapVaultSeed(
  wrappingKey: VaultKey | RecoveryKey,
  method: WrappingMethod,
  wrapped: Uint8Array,
  publicKey: VaultPublicKey,
): Promise<VaultSeed> {
  if (wrapped.length !== WRAPPED_SEED_BYTES) throw new ProtocolError('bad_length');
  const bytes = concatBytes(wrapped);
  const context = {
    key: wrappingKey,
    iv: bytes.subarray(0, IV_BYTES),
    associatedData: await bindingOf(method, publicKey),
  };
  const seed = toVaultSeed(await decryptGcm(context, bytes.subarray(IV_BYTES)));
  if (!constantTimeEqual(await vaultPublicKeyOf(seed), publicKey)) {
    throw new ProtocolError('bad_public_key');
  }
  return seed;
}

async function bindingOf(
  method: WrappingMethod,
  publicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', publicKey);
  return concatBytes(
    encodeLabel(LABELS.vaultSeed),
    Uint8Array.of(METHOD_BYTE[method]),
    new Uint8Array(digest),
  );
}
