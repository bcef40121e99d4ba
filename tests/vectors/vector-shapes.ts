/**
 * What the vector files hold. Bytes are lower-case hex; times are decimal
 * strings of milliseconds; `error` is the code that a receiver must give.
 */
import type { AccountVectorFiles } from './account-vector-shapes';
import type { RequestVectorFiles } from './request-vector-shapes';

export interface LockVector {
  /** Where it is left out: verbatim. */
  profile?: 'verbatim' | 'words';
  salt: string;
  memoryKiB: number;
  passes: number;
  lanes: number;
}

export interface Refusal {
  name: string;
  error: string;
}

export interface Base64urlVectors {
  cases: { bytes: string; text: string }[];
  /** `length` in bytes is what the receiver expects; null if any. */
  refusals: (Refusal & { text: string; length: number | null })[];
}

export interface KeyScheduleVectors {
  serverKeys: {
    serverKey: string;
    /** HKDF-Extract, an intermediate value that no API shows */
    pseudorandomKey: string;
    tokenKey: string;
    verifierKey: string;
    atRestKey: string;
  }[];
  messageKeys: {
    messageKey: string;
    stretchedPassphrase: string | null;
    keyMaterial: string;
    pseudorandomKey: string;
    encryptionKey: string;
    openProof: string;
    keyCommitment: string;
    knockProof: string;
  }[];
  refusals: (Refusal & {
    serverKey: string | null;
    messageKey: string | null;
    stretchedPassphrase: string | null;
  })[];
}

export interface TokenVectors {
  /** RFC 5297, appendix A: checks the primitive itself */
  rfc5297: {
    name: string;
    key: string;
    associatedData: string[];
    plaintext: string;
    sealed: string;
  }[];
  cases: {
    purpose: string;
    tokenKey: string;
    messageId: string;
    messageKey: string | null;
    content: string;
    syntheticIv: string;
    sealed: string;
    token: string;
  }[];
  /** Purposes that name a request or a reply. */
  requestCases: {
    purpose: string;
    tokenKey: string;
    /** of the request or of the reply */
    id: string;
    content: string;
    syntheticIv: string;
    sealed: string;
    token: string;
  }[];
  refusals: (Refusal & { tokenKey: string; token: string })[];
}

export interface VerifierVectors {
  /** `value` is hex; for `serverLink` the token's own bytes. */
  cases: {
    kind: string;
    verifierKey: string;
    value: string;
    hmacInput: string;
    verifier: string;
  }[];
  refusals: (Refusal & { kind: string; verifierKey: string; value: string })[];
}

export interface PaddingVectors {
  lengths: { contentLength: number; paddedLength: number }[];
  cases: { content: string; padded: string }[];
  refusals: (Refusal & { padded: string })[];
}

export interface EnvelopeVectors {
  cases: { name: string; text: string; envelope: string }[];
  /** Texts that JSON can't carry everywhere, as UTF-16 code units. */
  unpairedSurrogates: { codeUnits: number[]; envelope: string }[];
  /** `text` repeated `times` gives an envelope with this SHA-256. */
  long: { name: string; text: string; times: number; sha256: string }[];
  refusedTexts: (Refusal & { text: string; times: number })[];
  fieldCases: { name: string; fields: FieldVector[]; envelope: string }[];
  longFields: (RepeatedField & { name: string; sha256: string })[];
  refusedFields: (RepeatedField & Refusal)[];
  refusals: (Refusal & { envelope: string })[];
}

export interface FieldVector {
  kind: string;
  label: string;
  value: string;
}

/** `fieldTimes` fields, all alike: the label and the value so often one after the other. */
export interface RepeatedField {
  field: FieldVector;
  labelTimes: number;
  valueTimes: number;
  fieldTimes: number;
}

export interface PassphraseVectors {
  cases: {
    name: string;
    passphrase: string;
    normalized: string;
    lock: LockVector;
    stretchedPassphrase: string;
  }[];
  /** Texts that JSON can't carry everywhere, as UTF-16 code units. */
  unpairedSurrogates: { codeUnits: number[]; normalized: string }[];
  refusedTexts: (Refusal & { text: string; times: number })[];
  refusedLocks: (Refusal & { lock: LockVector })[];
}

/** Passphrases of generated words, and which characters a new passphrase may have. */
export interface WordPassphraseVectors {
  cases: {
    name: string;
    typed: string;
    normalized: string;
    lock: LockVector;
    /** The lock as associated data has it. */
    encodedLock: string;
    stretchedPassphrase: string;
  }[];
  refusedTexts: (Refusal & { text: string })[];
  /** Code points, in hex, and whether Unicode 13.0 assigns them. */
  characters: { name: string; codePoint: string; isAssigned: boolean }[];
}

export interface MessageVectors {
  cases: MessageVector[];
}

/** One message from its inputs to its link, with every value on the way. */
export interface MessageVector {
  name: string;
  seal: string;
  serverKey: string;
  tokenKey: string;
  verifierKey: string;
  atRestKey: string;
  messageId: string;
  messageKey: string;
  passphrase: string | null;
  lock: LockVector | null;
  normalizedPassphrase: string | null;
  stretchedPassphrase: string | null;
  encryptionKey: string;
  openProof: string;
  keyCommitment: string;
  knockProof: string;
  text: string;
  envelope: string;
  padded: string;
  associatedData: string;
  iv: string;
  ciphertext: string;
  linkToken: string;
  statusToken: string;
  knockVerifier: string;
  /** null: sealed on the server before version 3 */
  openVerifier: string | null;
  expiresAtMs: string;
  atRestAssociatedData: string;
  atRestIv: string;
  wrapped: string;
  link: string;
}

export interface CiphertextVectors {
  refusals: (Refusal & {
    seal: string;
    lock: LockVector | null;
    encryptionKey: string;
    keyCommitment: string;
    ciphertext: string;
  })[];
}

export interface AtRestVectors {
  refusals: (Refusal & {
    atRestKey: string;
    wrapped: string;
    messageId: string;
    seal: string;
    expiresAtMs: string;
    lock: LockVector | null;
    knockVerifier: string;
    openVerifier: string | null;
  })[];
}

export interface LinkVectors {
  cases: {
    name: string;
    pathname: string;
    hash: string;
    seal: string;
    linkToken: string;
    messageKey: string | null;
  }[];
  /** Links that a receiver must not take for one; there is no error code, only "no link". */
  refused: { name: string; pathname: string; hash: string }[];
}

export interface Vectors extends AccountVectorFiles, RequestVectorFiles {
  base64url: Base64urlVectors;
  keySchedule: KeyScheduleVectors;
  tokens: TokenVectors;
  verifiers: VerifierVectors;
  wordPassphrases: WordPassphraseVectors;
  padding: PaddingVectors;
  envelope: EnvelopeVectors;
  passphrase: PassphraseVectors;
  messages: MessageVectors;
  ciphertext: CiphertextVectors;
  atRest: AtRestVectors;
  links: LinkVectors;
}
