/** Request seeds of version 2, written down a second time from the specification. */
import type { TermsVector } from '../request-vector-shapes';
import { sealHpke } from './hpke';
import { ascii, gcm, hkdf, sha256, u32, ZERO } from './primitives';
import { x25519, xWingKeys } from './x-wing';

const KINDS = ['text', 'password', 'url', 'multiline'];

export interface BoundRequest {
  requestId: Buffer;
  publicKey: Buffer;
  terms: TermsVector;
}

export interface Header {
  kind: 'own' | 'shared';
  linkVersion: number;
  sealer: Buffer;
}

export function encodeTerms({ question, fields }: TermsVector): Buffer {
  const text = Buffer.from(question, 'utf8');
  const encoded = fields.map(({ kind, label, note = '', required = false }) =>
    Buffer.concat([
      Buffer.of(KINDS.indexOf(kind) + 1, required ? 1 : 0),
      withLength16(label),
      withLength16(note),
    ]),
  );
  return Buffer.concat([u32(text.length), text, Buffer.of(fields.length), ...encoded]);
}

function withLength16(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([u32(bytes.length).subarray(2), bytes]);
}

export function termsHash(terms: TermsVector): Buffer {
  return sha256(Buffer.concat([ascii('sealpost v2 request terms'), ZERO, encodeTerms(terms)]));
}

export function fingerprint2(publicKey: Buffer, terms: TermsVector): string {
  const label = ascii('sealpost v2 request link');
  const hashed = Buffer.concat([label, ZERO, sha256(publicKey), termsHash(terms)]);
  return sha256(hashed).subarray(0, 16).toString('base64url');
}

export function markedId(vaultSeed: Buffer, drawn: Buffer): Buffer {
  const info = Buffer.concat([ascii('sealpost v2 request id'), ZERO, drawn]);
  return Buffer.concat([drawn, hkdf(vaultSeed, info, 4)]);
}

export function headerBytes({ kind, linkVersion, sealer }: Header): Buffer {
  return Buffer.concat([Buffer.of(2, kind === 'own' ? 1 : 2, linkVersion), sealer]);
}

function binding(label: string, header: Header, request: BoundRequest): Buffer {
  return Buffer.concat([
    ascii(label),
    ZERO,
    headerBytes(header),
    request.requestId,
    sha256(request.publicKey),
    termsHash(request.terms),
  ]);
}

export function x25519Public(publicKey: Buffer): Buffer {
  return publicKey.subarray(1184);
}

export function sealOwnSeed(
  vaultSeed: Buffer,
  seed: Buffer,
  request: BoundRequest,
  origin: Omit<Header, 'kind'>,
  iv: Buffer,
) {
  const header: Header = { kind: 'own', ...origin };
  const ownSeedKey = hkdf(vaultSeed, 'sealpost v2 own seed key', 32);
  const associatedData = binding('sealpost v2 own seed', header, request);
  const encrypted = gcm(ownSeedKey, iv, associatedData, seed);
  const bytes = headerBytes(header);
  return {
    header: bytes,
    ownSeedKey,
    associatedData,
    iv,
    sealed: Buffer.concat([bytes, iv, encrypted]),
  };
}

export function sealSharedSeed(
  sharer: { seed: Buffer; publicKey: Buffer },
  readerPublicKey: Buffer,
  seed: Buffer,
  request: BoundRequest,
  linkVersion: number,
  randomness: Buffer,
) {
  const sealer = x25519Public(sharer.publicKey);
  const header: Header = { kind: 'shared', linkVersion, sealer };
  const { x25519Private } = xWingKeys(sharer.seed);
  const agreed = x25519(x25519Private, x25519Public(readerPublicKey));
  const psk = hkdf(agreed, 'sealpost v2 shared seed key', 32);
  const info = Buffer.concat([
    binding('sealpost v2 shared seed', header, request),
    sha256(readerPublicKey),
  ]);
  const made = sealHpke(readerPublicKey, info, seed, randomness, { id: sealer, key: psk });
  const bytes = headerBytes(header);
  return {
    header: bytes,
    sharerX25519Private: x25519Private,
    agreed,
    psk,
    info,
    randomness,
    ...made,
    sealed: Buffer.concat([bytes, made.sealed]),
  };
}
