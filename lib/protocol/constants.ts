/**
 * Every length, label, version and limit of the protocol, in one place: a
 * literal elsewhere is a defect. Changing any of them changes the format, and a
 * format that changes is a new version (specification: Versions).
 */

/** The first byte inside a token: its version and its purpose at once. */
export const PURPOSE = { serverSeal: 1, browserSeal: 2, request: 3, status: 4 } as const;

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
  vaultSeed: 'sealpost v1 vault seed',
  recoveryCode: 'sealpost v1 recovery code',
  requestSeed: 'sealpost v1 request seed',
  reply: 'sealpost v1 reply',
  wrappedReply: 'sealpost v1 wrapped reply',
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

export const SIGN_IN_KEY_BYTES = 32;
export const VAULT_KEY_BYTES = 32;
export const RECOVERY_KEY_BYTES = 32;
export const RECOVERY_CODE_BYTES = 16;
export const RECOVERY_CHECKSUM_BYTES = 4;

/** X-Wing (ML-KEM-768 and X25519), the KEM of vaults and requests. */
export const X_WING = { seedBytes: 32, publicKeyBytes: 1216, encapsulationBytes: 1120 } as const;

/** Bytes of SHA-256 over a request's public key that stand in its link. */
export const FINGERPRINT_BYTES = 16;

export const IV_BYTES = 12;
/** Never fewer: WebCrypto and Node accept shorter tags where they are not told. */
export const TAG_BYTES = 16;
export const SIV_BYTES = 16;

/** A vault's seed under a wrapping key: IV, ciphertext, tag. */
export const WRAPPED_SEED_BYTES = IV_BYTES + X_WING.seedBytes + TAG_BYTES;
/** A request's seed sealed to a vault: encapsulation, ciphertext, tag. */
export const SEALED_SEED_BYTES = X_WING.encapsulationBytes + X_WING.seedBytes + TAG_BYTES;

/** Bytes inside a token: purpose, id and, for a server seal, the message key. */
export const TOKEN_CONTENT_BYTES = {
  serverSeal: 1 + MESSAGE_ID_BYTES + MESSAGE_KEY_BYTES,
  browserSeal: 1 + MESSAGE_ID_BYTES,
  request: 1 + MESSAGE_ID_BYTES,
  status: 1 + MESSAGE_ID_BYTES,
} as const;

/** Characters of a token as it stands in a link. */
export const TOKEN_LENGTHS = { serverSeal: 55, browserSeal: 34, request: 34, status: 34 } as const;

/** UTF-8 bytes of a text secret. */
export const MAX_SECRET_BYTES = 1_048_576;

export const ENVELOPE_VERSION = 1;
/** Kinds 2 (fields) and 3 (files) are reserved. */
export const ENVELOPE_KIND = { text: 1 } as const;
export const ENVELOPE_HEADER_BYTES = 2;
export const MAX_ENVELOPE_BYTES = ENVELOPE_HEADER_BYTES + MAX_SECRET_BYTES;

export const PADDING_FLOOR = 256;
export const PADDING_PREFIX_BYTES = 4;

/** Where links to messages begin, below the address of the instance. */
export const MESSAGE_PATH = '/m/';
