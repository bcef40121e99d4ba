/** What the vector files about requests and replies hold; see `vector-shapes.ts`. */
import type { Refusal } from './vector-shapes';

/** One HPKE message; what stands between `randomness` and `sealed` no API shows. */
interface HpkeValues {
  info: string;
  randomness: string;
  mlKemSecret: string;
  x25519Secret: string;
  enc: string;
  sharedSecret: string;
  keyScheduleContext: string;
  secret: string;
  key: string;
  baseNonce: string;
  sealed: string;
}

export interface HpkeVectors {
  /** draft-connolly-cfrg-xwing-kem-10, appendix C: checks the primitive itself */
  xWing: { name: string; seed: string; randomness: string; sharedSecret: string }[];
  cases: (HpkeValues & {
    name: string;
    seed: string;
    /** SHAKE256 of the seed: d, z and the X25519 key */
    expanded: string;
    publicKey: string;
    plaintext: string;
  })[];
  /** Keys that nothing can be sealed to. */
  refusedKeys: (Refusal & { publicKey: string })[];
  refusals: (Refusal & { seed: string; info: string; sealed: string })[];
}

export interface RequestVectors {
  cases: (HpkeValues & {
    name: string;
    seed: string;
    publicKey: string;
    publicKeyHash: string;
    fingerprint: string;
    tokenKey: string;
    requestId: string;
    token: string;
    link: string;
    /** The vault that the seed is sealed to. */
    readerSeed: string;
    readerPublicKey: string;
  })[];
  /** Keys and fingerprints that do not belong together: a client seals nothing. */
  mismatches: { name: string; publicKey: string; fingerprint: string }[];
  refusals: (Refusal & { publicKey: string; readerSeed: string; sealed: string })[];
}

/** What a request asks for, as `createRequest` is sent it. */
export interface TermsVector {
  question: string;
  /** `note` left out: none; `required` left out: false */
  fields: { kind: string; label: string; note?: string; required?: boolean }[];
}

/** The request that a seed of version 2 is bound to. */
interface BoundRequestVector extends TermsVector {
  requestId: string;
  requestPublicKey: string;
}

interface SealedSeedCase extends BoundRequestVector {
  name: string;
  requestSeed: string;
  linkVersion: number;
  sealer: string;
  header: string;
  sealed: string;
}

export interface RequestSeedVectors {
  terms: (TermsVector & {
    name: string;
    requestPublicKey: string;
    encoded: string;
    termsHash: string;
    fingerprint: string;
  })[];
  /** What is asked for is not what the link holds: a client seals nothing. */
  mismatches: (TermsVector & { name: string; requestPublicKey: string; fingerprint: string })[];
  ids: { name: string; vaultSeed: string; drawn: string; requestId: string; isOwn: boolean }[];
  own: (SealedSeedCase & {
    vaultSeed: string;
    ownSeedKey: string;
    associatedData: string;
    iv: string;
  })[];
  shared: (SealedSeedCase &
    HpkeValues & {
      sharerSeed: string;
      sharerX25519Private: string;
      readerSeed: string;
      readerPublicKey: string;
      agreed: string;
      psk: string;
    })[];
  refusals: (Refusal & BoundRequestVector & { vaultSeed: string; sealed: string })[];
}

export interface ReplyVectors {
  cases: (HpkeValues & {
    name: string;
    requestSeed: string;
    requestPublicKey: string;
    envelope: string;
    padded: string;
    tokenKey: string;
    atRestKey: string;
    replyId: string;
    requestId: string;
    statusToken: string;
    atRestAssociatedData: string;
    atRestIv: string;
    wrapped: string;
  })[];
  /** A text envelope of `text` repeated `times` gives a sealed reply with this SHA-256. */
  long: {
    name: string;
    text: string;
    times: number;
    requestPublicKey: string;
    randomness: string;
    length: number;
    sha256: string;
  }[];
  /** Of sealed replies; `error` is null where the length is possible. */
  lengths: { length: number; error: string | null }[];
  refusals: (Refusal & { requestSeed: string; requestPublicKey: string; sealed: string })[];
}

export interface ReplyAtRestVectors {
  refusals: (Refusal & {
    atRestKey: string;
    replyId: string;
    requestId: string;
    wrapped: string;
  })[];
}

export interface RequestLinkVectors {
  cases: {
    name: string;
    pathname: string;
    hash: string;
    token: string;
    fingerprint: string | null;
  }[];
  /** Links that a receiver must not take for one; there is no error code, only "no link". */
  refused: { name: string; pathname: string; hash: string }[];
  /** Links that must not be made. */
  refusedToWrite: (Refusal & { base: string; fingerprint: string })[];
}

export interface RequestVectorFiles {
  hpke: HpkeVectors;
  requests: RequestVectors;
  requestSeeds: RequestSeedVectors;
  replies: ReplyVectors;
  replyAtRest: ReplyAtRestVectors;
  requestLinks: RequestLinkVectors;
}
