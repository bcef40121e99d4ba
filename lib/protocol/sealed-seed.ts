/** The two forms of a request's sealed seed in version 2, and what each is bound to. */
import { encodeLabel } from './associated-data';
import { concatBytes, toRequestId, toRequestPublicKey, type RequestId } from './bytes';
import {
  SEALED_REQUEST_SEED_BYTES,
  SEALED_SEED_BYTES,
  SEALED_SEED_HEADER_BYTES,
  SEALED_SEED_KIND,
  SEALED_SEED_VERSION,
  X25519_KEY_BYTES,
  type LABELS,
} from './constants';
import { sha256 } from './digest';
import { ProtocolError } from './errors';
import type { FingerprintedRequest, LinkVersion } from './request-fingerprint';
import { hashRequestTerms } from './request-terms';

/** `own`: wrapped by a vault for itself. `shared`: sealed by one vault for another. */
export type SealedSeedKind = keyof typeof SEALED_SEED_KIND;

/** Said in clear before the seed, and authenticated with it. */
export interface SealedSeedHeader {
  readonly kind: SealedSeedKind;
  readonly linkVersion: LinkVersion;
  /**
   * X25519 key of the vault that made or shared the request, 32 bytes; zeros in
   * an own one that was version 1 before, of which nobody knows who sealed it.
   */
  readonly sealer: Uint8Array<ArrayBuffer>;
}

/** The request that a seed belongs to. */
export interface BoundRequest extends FingerprintedRequest {
  readonly id: RequestId;
}

/** Of a seed that was sealed in version 1: it says nothing, and anybody may have sealed it. */
export const UNKNOWN_SEALER = new Uint8Array(X25519_KEY_BYTES);

export function encodeHeader({
  kind,
  linkVersion,
  sealer,
}: SealedSeedHeader): Uint8Array<ArrayBuffer> {
  if (sealer.length !== X25519_KEY_BYTES) throw new ProtocolError('bad_length');
  const start = Uint8Array.of(SEALED_SEED_VERSION, SEALED_SEED_KIND[kind], linkVersion);
  return concatBytes(start, sealer);
}

/**
 * By length, then version, then what the header says.
 *
 * @returns the header and what follows it; null for a seed of version 1
 * @throws ProtocolError bad_length, bad_version
 */
export function readHeader(
  sealed: Uint8Array,
): { readonly header: SealedSeedHeader; readonly body: Uint8Array<ArrayBuffer> } | null {
  if (sealed.length === SEALED_REQUEST_SEED_BYTES) return null;
  const kind = KINDS.find((name) => SEALED_SEED_BYTES[name] === sealed.length);
  if (kind === undefined) throw new ProtocolError('bad_length');
  const [version, kindByte, linkVersion] = sealed;
  if (version !== SEALED_SEED_VERSION || kindByte !== SEALED_SEED_KIND[kind]) {
    throw new ProtocolError('bad_version');
  }
  if (linkVersion !== 1 && linkVersion !== 2) throw new ProtocolError('bad_version');
  const bytes = concatBytes(sealed);
  const sealer = bytes.slice(SEALED_SEED_HEADER_BYTES - X25519_KEY_BYTES, SEALED_SEED_HEADER_BYTES);
  return {
    header: { kind, linkVersion, sealer },
    body: bytes.slice(SEALED_SEED_HEADER_BYTES),
  };
}

const KINDS = ['own', 'shared'] as const;

/**
 * Label, zero byte, header, request id, SHA-256 of the public key, hash of what
 * is asked for: what is sealed for one request, in one role, opens as nothing else.
 */
export async function bindSeed(
  label: typeof LABELS.ownSeed | typeof LABELS.sharedSeed,
  header: SealedSeedHeader,
  { id, publicKey, terms }: BoundRequest,
): Promise<Uint8Array<ArrayBuffer>> {
  return concatBytes(
    encodeLabel(label),
    encodeHeader(header),
    toRequestId(id),
    await sha256(toRequestPublicKey(publicKey)),
    await hashRequestTerms(terms),
  );
}
