/**
 * What the link of a request says about it, so that no server can swap its key
 * or its question. In version 2 both go into the fingerprint; a link of version 1
 * holds the key alone.
 */
import { encodeLabel } from './associated-data';
import { decodeBase64url, encodeBase64url } from './base64url';
import { concatBytes, constantTimeEqual, toRequestPublicKey, type RequestPublicKey } from './bytes';
import { FINGERPRINT_BYTES, LABELS } from './constants';
import { sha256 } from './digest';
import { ProtocolError } from './errors';
import { hashRequestTerms, type RequestTerms } from './request-terms';

export type LinkVersion = 1 | 2;

export interface FingerprintedRequest {
  readonly publicKey: RequestPublicKey;
  readonly terms: RequestTerms;
}

/**
 * 22 characters of base64url. Requests are made with version 2.
 *
 * @throws ProtocolError bad_length, bad_binding
 */
export async function requestFingerprint(
  request: FingerprintedRequest,
  version: LinkVersion,
): Promise<string> {
  return encodeBase64url(await fingerprintBytes(request, version));
}

/**
 * Which version of a fingerprint a request, as a server tells it, has; null if
 * it is another request than the link's: then a client must seal nothing.
 *
 * @param publicKey of any length: one that can't be a key fits nothing
 * @param fingerprint as `readRequestLink` found it
 */
export async function linkVersionOf(
  { publicKey, terms }: { readonly publicKey: Uint8Array; readonly terms: RequestTerms },
  fingerprint: string,
): Promise<LinkVersion | null> {
  try {
    const expected = decodeBase64url(fingerprint, FINGERPRINT_BYTES);
    const request = { publicKey: toRequestPublicKey(publicKey), terms };
    for (const version of [2, 1] as const) {
      if (constantTimeEqual(await fingerprintBytes(request, version), expected)) return version;
    }
    return null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

async function fingerprintBytes(
  { publicKey, terms }: FingerprintedRequest,
  version: LinkVersion,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = toRequestPublicKey(publicKey);
  // The two hash different lengths, so no request of one version has the fingerprint of the other.
  const hashed =
    version === 1
      ? key
      : concatBytes(
          encodeLabel(LABELS.requestLink),
          await sha256(key),
          await hashRequestTerms(terms),
        );
  return (await sha256(hashed)).subarray(0, FINGERPRINT_BYTES);
}
