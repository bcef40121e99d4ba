/**
 * What two vaults have in common and nobody else: X25519 between the halves of
 * their key pairs. It authenticates who shares a request and hides nothing;
 * what hides is X-Wing around it, with ML-KEM.
 */
import { SerializeError, shake256 } from '@hpke/common';
import { HkdfSha256, X25519 } from '@hpke/dhkem-x25519';
import {
  concatBytes,
  toVaultPublicKey,
  toVaultSeed,
  type VaultPublicKey,
  type VaultSeed,
} from './bytes';
import { LABELS, X25519_KEY_BYTES } from './constants';
import { ProtocolError } from './errors';
import { deriveBytes } from './hkdf';

const x25519 = new X25519(new HkdfSha256());
/** Two seeds of ML-KEM, 32 bytes each, then the private X25519 key. */
const EXPANDED_SEED_BYTES = 96;

/** The X25519 half of a vault's public key, 32 bytes: what names who shared a request. */
export function x25519KeyOf(publicKey: VaultPublicKey): Uint8Array<ArrayBuffer> {
  return concatBytes(toVaultPublicKey(publicKey).subarray(-X25519_KEY_BYTES));
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
  const expanded = shake256
    .create({ dkLen: EXPANDED_SEED_BYTES })
    .update(toVaultSeed(vaultSeed))
    .digest();
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
