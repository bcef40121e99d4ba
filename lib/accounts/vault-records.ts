/** A vault as it is stored: its seed wrapped twice, 60 bytes each. */
export interface SealedVault {
  /** X-Wing, 1216 bytes */
  readonly publicKey: Uint8Array;
  readonly seedByPassword: Uint8Array;
  readonly seedByRecovery: Uint8Array;
}

/** What unlocking one's own vault takes, besides the password. */
export interface StoredVault extends VaultShare {
  /** Whose it is; a UUID. */
  readonly accountId: string;
  /** 16 bytes */
  readonly passwordSalt: Uint8Array;
  /** 60 bytes */
  readonly seedByPassword: Uint8Array;
}

/** What a browser lacks to open the vault that it keeps, and whether that is the account's still. */
export interface VaultShare {
  /** 32 bytes, kept with the session and erased with it */
  readonly share: Uint8Array;
  /** X-Wing, 1216 bytes */
  readonly publicKey: Uint8Array;
  readonly lockMinutes: number;
}
