/** What pages show of accounts. Nothing here opens or signs in anything. */
import type { Role } from './outcomes';

export interface MemberView {
  /** UUID */
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly hasSecondFactor: boolean;
  /** ISO 8601 in UTC */
  readonly joinedAt: string;
}

export interface InvitationView {
  /** UUID */
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly inviterName: string | null;
  /** ISO 8601 in UTC */
  readonly expiresAt: string;
}

/** A browser that is signed in, for the list of one's own. */
export interface SessionView {
  /** UUID */
  readonly id: string;
  /** '' for one that says nothing of itself. */
  readonly device: string;
  /** ISO 8601 in UTC, both. */
  readonly createdAt: string;
  readonly lastSeenAt: string;
}

/** A request of which an account that makes a new vault loses the seed. */
export interface LostRequest {
  readonly question: string;
  /** Replies that wait unopened. */
  readonly sealedReplies: number;
  /** Nobody else can read them either. */
  readonly isOnlyReader: boolean;
}

/** What the page of a recovery link works with. base64url. */
export interface RecoveryView {
  readonly email: string;
  readonly hasSecondFactor: boolean;
  readonly vaultPublicKey: string;
  readonly vaultSeedByRecovery: string;
  /** What a new vault would lose, newest first. */
  readonly losses: readonly LostRequest[];
}
