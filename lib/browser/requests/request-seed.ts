/** What a reader's browser does with the sealed seed of a request. */
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import {
  toRequestPublicKey,
  toVaultPublicKey,
  type RequestPublicKey,
  type RequestSeed,
} from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { openRequestSeed, requestFingerprint, sealRequestSeed } from '@/lib/protocol/request-keys';
import type { Colleague } from '@/lib/requests/outcomes';
import type { OpenVault } from '../vault/vault-memory';

export { formatRequestLink } from '@/lib/protocol/link';

/** The keys of a request, opened by one's vault. */
export interface OpenedRequest {
  readonly seed: RequestSeed;
  readonly publicKey: RequestPublicKey;
  /** Of the key that belongs to the seed, so that the link can be shown again. */
  readonly fingerprint: string;
}

/**
 * null where this vault can't open it: it was sealed to an earlier vault, or
 * the stored key is another than the one that the request was made with.
 */
export async function openRequest(
  sealed: { readonly publicKey: string; readonly sealedSeed: string },
  vault: OpenVault,
): Promise<OpenedRequest | null> {
  try {
    const publicKey = toRequestPublicKey(decodeBase64url(sealed.publicKey));
    const seed = await openRequestSeed(decodeBase64url(sealed.sealedSeed), publicKey, vault.seed);
    return { seed, publicKey, fingerprint: await requestFingerprint(publicKey) };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** The seed for one more reader, base64url. */
export async function sealForColleague(
  { seed, publicKey }: OpenedRequest,
  { vaultPublicKey }: Colleague,
): Promise<string> {
  const key = toVaultPublicKey(decodeBase64url(vaultPublicKey));
  return encodeBase64url(await sealRequestSeed(seed, publicKey, key));
}
