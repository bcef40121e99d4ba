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
  /** What goes with the account. */
  readonly losses: Losses;
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

/** What failed at an account since the last week in which nothing did. */
export interface FailedTriesView {
  readonly count: number;
  /** ISO 8601 in UTC */
  readonly since: string;
}

/** What goes with a vault: in numbers and dates, since not all who are told may read the questions. */
export interface Losses {
  /** Requests whose replies the account can read. */
  readonly requests: number;
  /** Replies to them that wait unopened. */
  readonly sealedReplies: number;
  /** Those of them that nobody else can read, newest first: they stop, and their replies are lost. */
  readonly alone: readonly LostRequest[];
}

/** Of what goes with an account: requests that nobody else can read, and replies that wait there unread. */
export interface LossCount {
  readonly requestsAlone: number;
  readonly repliesAlone: number;
}

/** As a page shows it to a member who gives up the account or its vault, and as it is counted again when they do. */
export function countLosses(alone: readonly { readonly sealedReplies: number }[]): LossCount {
  const repliesAlone = alone.reduce((sum, { sealedReplies }) => sum + sealedReplies, 0);
  return { requestsAlone: alone.length, repliesAlone };
}

/** Whether what goes with an account is what the member who gives it up was told. */
export function isAsTold({ alone }: Pick<Losses, 'alone'>, told: LossCount): boolean {
  const { requestsAlone, repliesAlone } = countLosses(alone);
  return requestsAlone === told.requestsAlone && repliesAlone === told.repliesAlone;
}

export interface LostRequest {
  /** ISO 8601 in UTC */
  readonly madeAt: string;
  /** Replies that wait unopened. */
  readonly sealedReplies: number;
}

/** A request that its only reader is shown. */
export interface OwnRequest {
  /** 16 hex digits */
  readonly id: string;
  readonly question: string;
  /** Replies that wait unopened. */
  readonly sealedReplies: number;
}

/** What the page of a recovery link works with. base64url. */
export interface RecoveryView {
  readonly email: string;
  readonly hasSecondFactor: boolean;
  readonly vaultPublicKey: string;
  readonly vaultSeedByRecovery: string;
  /** What a new vault would lose. */
  readonly losses: Losses;
}

/** A database that was restored from an older copy, and with it who has an account. ISO 8601 in UTC. */
export interface RestoredAccounts {
  readonly noticedAt: string;
  /** From about when the copy is; null for one with nothing in it. */
  readonly copyOf: string | null;
}
