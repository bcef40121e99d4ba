/** Coming back into an account whose password is lost. */
import type { Addressee } from './mail-ports';
import type { OwnerProof } from './member-ports';
import type { SealedVault } from './vault-records';
import type { LossCount, Losses } from './views';

/** What a recovery link that can still be used leads to. */
export interface RecoveryRecord {
  /** UUID */
  readonly accountId: string;
  readonly email: string;
  readonly signInHash: string;
  /** Since when it is on, ISO 8601 in UTC; null where none is. */
  readonly secondFactorSince: string | null;
  /** X-Wing, 1216 bytes */
  readonly vaultPublicKey: Uint8Array;
  /** 60 bytes */
  readonly vaultSeedByRecovery: Uint8Array;
}

/**
 * `kept`: only if the account's vault has this public key still. `new`: in its place, and the seals to
 * the old one are erased, since nothing opens them: only what its owner was `told` goes with it.
 */
export type VaultChoice =
  { readonly vaultIs: 'kept' } | { readonly vaultIs: 'new'; readonly told: LossCount };

export interface NewPassword {
  /** 16 bytes */
  readonly passwordSalt: Uint8Array;
  readonly signInHash: string;
  /** Of the account whose code was right: only while that is so. */
  readonly secondFactorSince: string | null;
  readonly vault: SealedVault;
}

export type Recovered = NewPassword & VaultChoice;

export interface RecoveryStore {
  /** Makes a link for an address; null where there is no such account, or it had too many lately. */
  createForEmail(email: string, tokenHash: Uint8Array): Promise<Addressee | null>;

  /** Makes a link for somebody else, by an owner. */
  createForMember(
    owner: OwnerProof,
    accountId: string,
    tokenHash: Uint8Array,
  ): Promise<'created' | 'member_unknown' | 'not_allowed'>;

  /** Looking uses nothing up. */
  find(tokenHash: Uint8Array): Promise<RecoveryRecord | null>;

  /** What a new vault would lose. */
  findLosses(accountId: string): Promise<Losses>;

  /**
   * Uses the link up, sets the password and ends all sessions: all of it or nothing, with `null` for a
   * link that can't be used, `changed_meanwhile` where it is another vault or second factor, and
   * `losses_changed` where a new vault loses something else than was told.
   */
  complete(
    tokenHash: Uint8Array,
    recovered: Recovered,
  ): Promise<Addressee | 'changed_meanwhile' | 'losses_changed' | null>;
}
