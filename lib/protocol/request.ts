/**
 * A request: its id, what its link says about it, and what is bound to it. Rules: no server can
 * swap a request's key or its question, since in version 2 both go into the fingerprint; the id
 * holds a mark that only its vault can make, by which the vault knows that it made the request in
 * version 2, whatever the server says, and takes no other vault's seed for it. Nothing here needs
 * HPKE, so forms and servers that only name requests do without.
 */
import {
  concatBytes,
  constantTimeEqual,
  decodeBase64url,
  encodeBase64url,
  encodeLabel,
  randomBytes,
  toRequestId,
  toRequestPublicKey,
  uint16,
  uint32,
  utf8,
  type RequestId,
  type RequestPublicKey,
  type VaultSeed,
} from './bytes';
import {
  FIELD_KIND,
  FINGERPRINT_BYTES,
  LABELS,
  MAX_FIELD_LABEL_BYTES,
  MAX_FIELDS,
  REQUEST_ID_BYTES,
  REQUEST_ID_MARK_BYTES,
  SEALED_REQUEST_SEED_BYTES,
  SEALED_SEED_BYTES,
  SEALED_SEED_HEADER_BYTES,
  SEALED_SEED_KIND,
  SEALED_SEED_VERSION,
  X25519_KEY_BYTES,
} from './constants';
import type { SecretFieldKind } from './envelope';
import { ProtocolError } from './errors';
import { deriveBytes, sha256 } from './primitives';

const DRAWN_BYTES = REQUEST_ID_BYTES - REQUEST_ID_MARK_BYTES;

const ID_TEXT = /^[0-9a-f]{16}$/;

/** 16 lower-case hex digits: how forms and addresses of staff spell it. */
export function formatRequestId(id: RequestId): string {
  return Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws ProtocolError bad_length for anything but 16 lower-case hex digits */
export function readRequestId(text: string): RequestId {
  if (!ID_TEXT.test(text)) throw new ProtocolError('bad_length');
  const pairs = text.match(/../g) ?? [];
  return toRequestId(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}

/** A new id, 8 bytes. */
export async function createRequestId(vaultSeed: VaultSeed): Promise<RequestId> {
  return markRequestId(vaultSeed, randomBytes(DRAWN_BYTES));
}

/** Whether this vault drew it; of any other id that is said once in 2^32. */
export async function isOwnRequestId(vaultSeed: VaultSeed, id: RequestId): Promise<boolean> {
  const drawn = id.subarray(0, DRAWN_BYTES);
  return constantTimeEqual(await markRequestId(vaultSeed, drawn), id);
}

/** @param drawn 4 bytes */
export async function markRequestId(
  vaultSeed: VaultSeed,
  drawn: Uint8Array<ArrayBuffer>,
): Promise<RequestId> {
  const info = concatBytes(encodeLabel(LABELS.requestId), drawn);
  const mark = await deriveBytes(vaultSeed, info, REQUEST_ID_MARK_BYTES);
  return toRequestId(concatBytes(drawn, mark));
}

/** One box that the client is to fill in. */
export interface RequestedField {
  readonly kind: SecretFieldKind;
  readonly label: string;
  /** Left out: none. */
  readonly note?: string | undefined;
  /** Left out: no. */
  readonly required?: boolean | undefined;
}

/** What the client reads, word for word as the server stores and tells it. */
export interface RequestTerms {
  readonly question: string;
  /** Empty: one free reply. */
  readonly fields: readonly RequestedField[];
}

const MAX_UINT16 = 0xffff;

/**
 * SHA-256 over label, question and fields, each with its length before it.
 *
 * @throws ProtocolError bad_binding where they can't be written down
 */
export async function hashRequestTerms(terms: RequestTerms): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(concatBytes(encodeLabel(LABELS.requestTerms), encodeRequestTerms(terms)));
}

/** @throws ProtocolError bad_binding */
export function encodeRequestTerms({ question, fields }: RequestTerms): Uint8Array<ArrayBuffer> {
  if (fields.length > MAX_FIELDS) throw new ProtocolError('bad_binding');
  const text = utf8(question);
  const count = Uint8Array.of(fields.length);
  return concatBytes(uint32(text.length), text, count, ...fields.map(encodeRequestedField));
}

function encodeRequestedField({
  kind,
  label,
  note = '',
  required = false,
}: RequestedField): Uint8Array {
  const [labelBytes, noteBytes] = [utf8(label), utf8(note)];
  if (labelBytes.length > MAX_FIELD_LABEL_BYTES || noteBytes.length > MAX_UINT16) {
    throw new ProtocolError('bad_binding');
  }
  return concatBytes(
    Uint8Array.of(FIELD_KIND[kind], required ? 1 : 0),
    uint16(labelBytes.length),
    labelBytes,
    uint16(noteBytes.length),
    noteBytes,
  );
}

/** Of a request's link: version 1 holds the key alone, version 2 the question, too. */
export type LinkVersion = 1 | 2;

export interface FingerprintedRequest {
  readonly publicKey: RequestPublicKey;
  readonly terms: RequestTerms;
}

/**
 * 22 characters of base64url. Requests are made with version 2.
 *
 * @throws ProtocolError bad_binding
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
  // The two hash different lengths, so no request of one version has the fingerprint of the other.
  const hashed =
    version === 1
      ? publicKey
      : concatBytes(
          encodeLabel(LABELS.requestLink),
          await sha256(publicKey),
          await hashRequestTerms(terms),
        );
  return (await sha256(hashed)).subarray(0, FINGERPRINT_BYTES);
}

/**
 * The HPKE `info` of what belongs to one request: the label of its use, a zero
 * byte, SHA-256 of the request's public key. What was sealed for one request, or
 * for one use, opens as nothing else.
 */
export async function requestInfo(
  label: typeof LABELS.requestSeed | typeof LABELS.reply,
  publicKey: RequestPublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return concatBytes(encodeLabel(label), await sha256(publicKey));
}

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

const KINDS = ['own', 'shared'] as const;

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
    id,
    await sha256(publicKey),
    await hashRequestTerms(terms),
  );
}
