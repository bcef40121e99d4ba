/** A vault as it is stored: its seed wrapped twice, 60 bytes each. */
export interface SealedVault {
  /** X-Wing, 1216 bytes */
  readonly publicKey: Uint8Array;
  readonly seedByPassword: Uint8Array;
  readonly seedByRecovery: Uint8Array;
}

/** What unlocking one's own vault takes, besides the password. */
export interface StoredVault {
  /** 16 bytes */
  readonly passwordSalt: Uint8Array;
  /** X-Wing, 1216 bytes */
  readonly publicKey: Uint8Array;
  /** 60 bytes */
  readonly seedByPassword: Uint8Array;
  readonly lockMinutes: number;
}
