/**
 * Verifiers: what the database keeps so that a link can prove itself. HMAC under
 * a key that the database does not have: a copy of it gives nothing to test a
 * guessed link or passphrase against. Compare them in constant time, or in the
 * condition of a statement.
 */
import { decodeBase64url } from './base64url';
import { encodeLabel } from './associated-data';
import {
  concatBytes,
  toKnockProof,
  toKnockVerifier,
  toLinkVerifier,
  toOpenProof,
  type KnockVerifier,
  type LinkVerifier,
  type VerifierKey,
} from './bytes';
import { LABELS, SIV_BYTES, TOKEN_CONTENT_BYTES } from './constants';

/**
 * H0 of a server seal.
 * @param linkToken M2, 55 characters
 * @throws ProtocolError bad_length, bad_base64url
 */
export async function deriveServerLinkVerifier(
  verifierKey: VerifierKey,
  linkToken: string,
): Promise<LinkVerifier> {
  const sealed = decodeBase64url(linkToken, SIV_BYTES + TOKEN_CONTENT_BYTES.serverSeal);
  return toLinkVerifier(await hmac(verifierKey, LABELS.serverLinkVerifier, sealed));
}

/**
 * H0 of a browser seal.
 * @param openProof 32 bytes
 * @throws ProtocolError bad_length
 */
export async function deriveOpenVerifier(
  verifierKey: VerifierKey,
  openProof: Uint8Array,
): Promise<LinkVerifier> {
  return toLinkVerifier(await hmac(verifierKey, LABELS.openVerifier, toOpenProof(openProof)));
}

/**
 * @param knockProof 32 bytes
 * @throws ProtocolError bad_length
 */
export async function deriveKnockVerifier(
  verifierKey: VerifierKey,
  knockProof: Uint8Array,
): Promise<KnockVerifier> {
  return toKnockVerifier(await hmac(verifierKey, LABELS.knockVerifier, toKnockProof(knockProof)));
}

/** HMAC-SHA-256 over the label, a zero byte and the value. 32 bytes. */
async function hmac(
  verifierKey: VerifierKey,
  label: string,
  value: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', verifierKey, algorithm, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', key, concatBytes(encodeLabel(label), value)));
}
