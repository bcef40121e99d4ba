import {
  toAtRestKey,
  toServerKey,
  toTokenKey,
  toVerifierKey,
  type AtRestKey,
  type TokenKey,
  type VerifierKey,
} from './bytes';
import { AT_REST_KEY_BYTES, LABELS, TOKEN_KEY_BYTES, VERIFIER_KEY_BYTES } from './constants';
import { deriveBytes } from './hkdf';

export interface ServerKeys {
  readonly tokenKey: TokenKey;
  readonly verifierKey: VerifierKey;
  readonly atRestKey: AtRestKey;
}

/**
 * Derives the three keys of an epoch (specification: Key schedule, step 1).
 *
 * @param serverKey K1, 32 bytes
 * @throws ProtocolError bad_length
 */
export async function deriveServerKeys(serverKey: Uint8Array): Promise<ServerKeys> {
  const key = toServerKey(serverKey);
  const [tokenKey, verifierKey, atRestKey] = await Promise.all([
    deriveBytes(key, LABELS.token, TOKEN_KEY_BYTES),
    deriveBytes(key, LABELS.linkVerifierKey, VERIFIER_KEY_BYTES),
    deriveBytes(key, LABELS.atRest, AT_REST_KEY_BYTES),
  ]);
  return {
    tokenKey: toTokenKey(tokenKey),
    verifierKey: toVerifierKey(verifierKey),
    atRestKey: toAtRestKey(atRestKey),
  };
}
