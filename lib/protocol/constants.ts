/**
 * Every length, label, version and limit of the protocol, in one place: a
 * literal elsewhere is a defect. Changing any of them changes the format, and a
 * format that changes is a new version (specification: Versions).
 */

/** The first byte inside a token: its version and its purpose at once. */
export const PURPOSE = {
  serverSeal: 1,
  browserSeal: 2,
  request: 3,
  status: 4,
  replyStatus: 5,
} as const;

/** Where a message was encrypted. */
export type Seal = 'server' | 'browser';

/** How a seal is written in associated data: as the purpose of its link token. */
export const SEAL_BYTE: Readonly<Record<Seal, number>> = {
  server: PURPOSE.serverSeal,
  browser: PURPOSE.browserSeal,
};

/**
 * What each derived value, each HMAC and each associated data begins with, in
 * ASCII. No two are alike, so no output of one place fits another.
 */
export const LABELS = {
  token: 'sealpost v1 token',
  linkVerifierKey: 'sealpost v1 link verifier',
  atRest: 'sealpost v1 at rest',
  encryption: 'sealpost v1 encryption',
  openProof: 'sealpost v1 open proof',
  keyCommitment: 'sealpost v1 key commitment',
  knockProof: 'sealpost v1 knock proof',
  serverLinkVerifier: 'sealpost v1 verify server link',
  openVerifier: 'sealpost v1 verify open proof',
  knockVerifier: 'sealpost v1 verify knock proof',
  ciphertext: 'sealpost v1 ciphertext',
  wrapped: 'sealpost v1 wrapped ciphertext',
  signIn: 'sealpost v1 sign in',
  vault: 'sealpost v1 vault',
  vaultRecovery: 'sealpost v1 vault recovery',
  recoveryCode: 'sealpost v1 recovery code',
  wrappedVaultSeed: 'sealpost v1 wrapped vault seed',
  keptVault: 'sealpost v1 kept vault',
  listCode: 'sealpost v1 list code',
  requestSeed: 'sealpost v1 request seed',
  reply: 'sealpost v1 reply',
  wrappedReply: 'sealpost v1 wrapped reply',
  requestId: 'sealpost v2 request id',
  requestTerms: 'sealpost v2 request terms',
  requestLink: 'sealpost v2 request link',
  ownSeedKey: 'sealpost v2 own seed key',
  ownSeed: 'sealpost v2 own seed',
  sharedSeedKey: 'sealpost v2 shared seed key',
  sharedSeed: 'sealpost v2 shared seed',
} as const;

/** Argon2id version 0x13. This version of the protocol knows exactly this cost. */
export const ARGON2 = { memoryKiB: 65536, passes: 3, lanes: 1 } as const;

export const SERVER_KEY_BYTES = 32;
/** AES-256-SIV takes two 256-bit keys. */
export const TOKEN_KEY_BYTES = 64;
export const VERIFIER_KEY_BYTES = 32;
export const AT_REST_KEY_BYTES = 32;

export const MESSAGE_KEY_BYTES = 16;
export const MESSAGE_ID_BYTES = 8;
export const ENCRYPTION_KEY_BYTES = 32;
export const PROOF_BYTES = 32;
export const VERIFIER_BYTES = 32;
export const KEY_COMMITMENT_BYTES = 16;
export const CLAIM_NONCE_BYTES = 16;

export const SALT_BYTES = 16;
export const STRETCHED_PASSPHRASE_BYTES = 32;
/** UTF-8 after NFKC. */
export const MAX_PASSPHRASE_BYTES = 1024;

/** How a lock's profile is written. */
export const PASSPHRASE_PROFILE_BYTE = { verbatim: 1, words: 2 } as const;

/** What a password becomes, each half for one purpose. */
export const SIGN_IN_KEY_BYTES = 32;
export const VAULT_KEY_BYTES = 32;
/** What a session keeps of the vault that is open in its browser. */
export const VAULT_SHARE_BYTES = 32;

/** What a recovery code carries, what checks its spelling, and how it is written. */
export const RECOVERY_SECRET_BYTES = 16;
export const RECOVERY_CHECKSUM_BYTES = 4;
export const RECOVERY_CODE_CHARACTERS = 32;
export const RECOVERY_CODE_GROUP = 4;
/** UTF-16 units of what a person typed, beyond which it is not read as a recovery code. */
export const MAX_TYPED_RECOVERY_CODE = 200;
export const RECOVERY_KEY_BYTES = 32;

/** The codes that stand in for the second factor: how many a list has, and how one is written. */
export const LIST_CODES = 10;
/** Without what is taken for another: i, l, o, 0 and 1. */
export const LIST_CODE_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
export const LIST_CODE_CHARACTERS = 16;
export const LIST_CODE_GROUP = 4;

/** How a vault's seed is wrapped: by what the password or what the recovery code becomes. */
export const VAULT_METHOD_BYTE = { password: 1, recovery: 2 } as const;

/** X-Wing: ML-KEM-768 with X25519. */
export const X_WING_SEED_BYTES = 32;
export const X_WING_PUBLIC_KEY_BYTES = 1216;
export const X_WING_ENCAPSULATION_BYTES = 1120;
/** What one encapsulation draws: 32 bytes for ML-KEM, 32 for X25519. */
export const X_WING_RANDOMNESS_BYTES = 64;

/** The last bytes of a public key: its X25519 half. */
export const X25519_KEY_BYTES = 32;

export const REQUEST_ID_BYTES = 8;
/** The end of a request's id, by which the vault that drew it knows it again. */
export const REQUEST_ID_MARK_BYTES = 4;
export const REPLY_ID_BYTES = 8;
/** The start of a hash over a request's public key and what it asks for; 22 characters in the link. */
export const FINGERPRINT_BYTES = 16;

export const IV_BYTES = 12;
export const SHA256_BYTES = 32;
/** Never fewer: WebCrypto and Node accept shorter tags where they are not told. */
export const TAG_BYTES = 16;
export const SIV_BYTES = 16;

/** What M1 adds to the padded envelope: key commitment and IV before it, the tag behind it. */
export const CIPHERTEXT_OVERHEAD_BYTES = KEY_COMMITMENT_BYTES + IV_BYTES + TAG_BYTES;
/** What HPKE adds to a plaintext: the encapsulation before it, the tag behind it. */
export const HPKE_OVERHEAD_BYTES = X_WING_ENCAPSULATION_BYTES + TAG_BYTES;

export const WRAPPED_VAULT_SEED_BYTES = IV_BYTES + X_WING_SEED_BYTES + TAG_BYTES;
/** Of version 1, which is opened and no longer made. */
export const SEALED_REQUEST_SEED_BYTES = HPKE_OVERHEAD_BYTES + X_WING_SEED_BYTES;

/** A request's seed in version 2: who wraps it for whom, and what the header before it says. */
export const SEALED_SEED_VERSION = 2;
export const SEALED_SEED_KIND = { own: 1, shared: 2 } as const;
/** Version, kind, version of the link, X25519 key of the account that made or shared the request. */
export const SEALED_SEED_HEADER_BYTES = 1 + 1 + 1 + X25519_KEY_BYTES;
export const SEALED_SEED_BYTES = {
  own: SEALED_SEED_HEADER_BYTES + IV_BYTES + X_WING_SEED_BYTES + TAG_BYTES,
  shared: SEALED_SEED_HEADER_BYTES + SEALED_REQUEST_SEED_BYTES,
} as const;

/** Bytes inside a token: purpose, id and, for a server seal, the message key. */
export const TOKEN_CONTENT_BYTES = {
  serverSeal: 1 + MESSAGE_ID_BYTES + MESSAGE_KEY_BYTES,
  browserSeal: 1 + MESSAGE_ID_BYTES,
  request: 1 + REQUEST_ID_BYTES,
  status: 1 + MESSAGE_ID_BYTES,
  replyStatus: 1 + REPLY_ID_BYTES,
} as const;

/** Characters of a token as it stands in a link. */
export const TOKEN_LENGTHS = {
  serverSeal: 55,
  browserSeal: 34,
  request: 34,
  status: 34,
  replyStatus: 34,
} as const;

/** Bytes of an envelope's content: the UTF-8 of a text, or fields with all that is around them. */
export const MAX_SECRET_BYTES = 1_048_576;

export const ENVELOPE_VERSION = 1;
/** Kind 3 (files) is reserved. */
export const ENVELOPE_KIND = { text: 1, fields: 2 } as const;
export const ENVELOPE_HEADER_BYTES = 2;
export const MAX_ENVELOPE_BYTES = ENVELOPE_HEADER_BYTES + MAX_SECRET_BYTES;

/** How a field's kind is written. */
export const FIELD_KIND = { text: 1, password: 2, url: 3, multiline: 4 } as const;
export const MAX_FIELDS = 40;
/** UTF-8. */
export const MAX_FIELD_LABEL_BYTES = 400;

export const PADDING_FLOOR = 256;
export const PADDING_PREFIX_BYTES = 4;

/** Where links to messages begin, below the address of the instance. */
export const MESSAGE_PATH = '/m/';
/** Where links to requests begin. */
export const REQUEST_PATH = '/r/';
