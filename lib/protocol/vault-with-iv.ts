/**
 * The part of wrapping a vault that is a pure function of its input. For
 * `vault.ts` and for test vectors only: whoever else chooses an IV can repeat
 * one. A test watches the imports.
 */
import { encryptGcm } from './aes-gcm';
import { encodeLabel } from './associated-data';
import {
  concatBytes,
  toVaultPublicKey,
  toVaultSeed,
  type RecoveryKey,
  type VaultKey,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { LABELS, VAULT_METHOD_BYTE } from './constants';
import { sha256 } from './digest';

/** Which key wraps by which method, so that the two can't be mixed up. */
export interface VaultWrappingKeys {
  readonly password: VaultKey;
  readonly recovery: RecoveryKey;
}

export type VaultMethod = keyof VaultWrappingKeys;

/** What a wrapped seed is bound to: the method and the public key it belongs to. */
export async function vaultAssociatedData(
  method: VaultMethod,
  publicKey: VaultPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return concatBytes(
    encodeLabel(LABELS.wrappedVaultSeed),
    Uint8Array.of(VAULT_METHOD_BYTE[method]),
    await sha256(toVaultPublicKey(publicKey)),
  );
}

/** IV, then AES-256-GCM of the seed. */
export async function wrapVaultSeedWithIv<Method extends VaultMethod>(
  wrappingKey: VaultWrappingKeys[Method],
  method: Method,
  seed: VaultSeed,
  publicKey: VaultPublicKey,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const associatedData = await vaultAssociatedData(method, publicKey);
  const encrypted = await encryptGcm({ key: wrappingKey, iv, associatedData }, toVaultSeed(seed));
  return concatBytes(iv, encrypted);
}
