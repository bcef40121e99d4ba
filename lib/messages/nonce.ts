import { decodeBase64url } from '@/lib/protocol/base64url';
import { CLAIM_NONCE_BYTES } from '@/lib/protocol/constants';

/**
 * What the database keeps of a claim nonce: its SHA-256 (32 bytes), so that a
 * reader of the database can't claim again in the opener's place.
 * @throws ProtocolError for anything but 22 characters of canonical base64url
 */
export async function hashClaimNonce(nonce: string): Promise<Uint8Array> {
  const bytes = decodeBase64url(nonce, CLAIM_NONCE_BYTES);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
