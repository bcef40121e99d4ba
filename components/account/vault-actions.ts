import type { VaultResult, VaultShareResult } from '@/lib/accounts/outcomes';

/** The server actions of a page that uses the vault, handed in by the page. */
export interface VaultActions {
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly readVaultShare: (form: FormData) => Promise<VaultShareResult>;
}
