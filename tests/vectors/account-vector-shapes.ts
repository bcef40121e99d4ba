/** What the vector files about accounts hold; see `vector-shapes.ts`. */
import type { LockVector, Refusal } from './vector-shapes';

export interface AccountKeyVectors {
  cases: {
    name: string;
    /** null where only the keys are of interest */
    password: string | null;
    lock: LockVector | null;
    stretchedPassword: string;
    pseudorandomKey: string;
    signInKey: string;
    vaultKey: string;
  }[];
  refusals: (Refusal & { stretchedPassword: string })[];
}

export interface RecoveryCodeVectors {
  cases: {
    secret: string;
    checksumInput: string;
    checksum: string;
    code: string;
    recoveryKey: string;
  }[];
  /** As people type: all of them are read as `secret`. */
  spellings: { name: string; text: string; secret: string }[];
  refusals: (Refusal & { text: string })[];
  refusedSecrets: (Refusal & { secret: string })[];
}

export interface VaultVectors {
  cases: {
    name: string;
    method: string;
    wrappingKey: string;
    seed: string;
    publicKey: string;
    associatedData: string;
    iv: string;
    wrapped: string;
  }[];
  refusals: (Refusal & {
    method: string;
    wrappingKey: string;
    publicKey: string;
    wrapped: string;
  })[];
}

export interface AccountVectorFiles {
  accountKeys: AccountKeyVectors;
  recoveryCodes: RecoveryCodeVectors;
  vaults: VaultVectors;
}
