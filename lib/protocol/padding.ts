/**
 * Padding: a length prefix, the content, zeros. The total is Padmé (Nikitin et
 * al., "Reducing Metadata Leakage from Encrypted Files and Communication with
 * PURBs", 2019) over a floor, so that lengths leak about log log of themselves and
 * a PIN is as long as a password. Canonical: content has one padded form. Only
 * ever removed after authentication, so its checks need no constant time.
 */
import { concatBytes, uint32 } from './bytes';
import { MAX_ENVELOPE_BYTES, PADDING_FLOOR, PADDING_PREFIX_BYTES } from './constants';
import { ProtocolError } from './errors';

/** The padded length of content, in bytes. @throws ProtocolError too_large */
export function paddedLength(contentLength: number): number {
  if (contentLength > MAX_ENVELOPE_BYTES) throw new ProtocolError('too_large');
  return roundUp(Math.max(PADDING_FLOOR, PADDING_PREFIX_BYTES + contentLength));
}

/** Whether some content is padded to exactly this many bytes. */
export function isPaddedLength(length: number): boolean {
  return (
    length >= PADDING_FLOOR &&
    length <= paddedLength(MAX_ENVELOPE_BYTES) &&
    roundUp(length) === length
  );
}

/** @throws ProtocolError too_large */
export function pad(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const filler = paddedLength(content.length) - PADDING_PREFIX_BYTES - content.length;
  return concatBytes(uint32(content.length), content, new Uint8Array(filler));
}

/** @throws ProtocolError bad_padding */
export function unpad(padded: Uint8Array): Uint8Array<ArrayBuffer> {
  if (padded.length < PADDING_FLOOR) throw new ProtocolError('bad_padding');
  const contentLength = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (contentLength > MAX_ENVELOPE_BYTES || paddedLength(contentLength) !== padded.length) {
    throw new ProtocolError('bad_padding');
  }
  const end = PADDING_PREFIX_BYTES + contentLength;
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new ProtocolError('bad_padding');
  return new Uint8Array(padded.subarray(PADDING_PREFIX_BYTES, end));
}

/**
 * Padmé: keeps the leading bits of a length, as many as its exponent is long,
 * and rounds the rest up. The overhead is at most 12 %.
 */
function roundUp(length: number): number {
  const exponent = 31 - Math.clz32(length);
  const exponentBits = 32 - Math.clz32(exponent);
  const roundedBits = exponent - exponentBits;
  const mask = 2 ** roundedBits - 1;
  return (length + mask) & ~mask;
}
