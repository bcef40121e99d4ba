/**
 * What the use cases need from the outside. `lib/server` implements these;
 * tests may do so too. Everything that must happen once is one method here,
 * because it is one conditional statement there.
 */
import type { ServerKeys } from '@/lib/protocol/server-keys';
import type { PassphraseLock, StretchPassphrase } from '@/lib/protocol/passphrase';
import type { Seal } from './outcomes';

/** One server key (K1) of the keyring and what is derived from it. */
export interface Epoch {
  readonly id: string;
  readonly keys: ServerKeys;
}

export interface Keyring {
  /**
   * The epoch that seals now what lives this long, once it is on record to live until `expiresAtMs`.
   *
   * @param lifetimeSeconds from now on; Infinity for what may be extended
   */
  sealingEpoch(expiresAtMs: number, lifetimeSeconds: number): Promise<Epoch>;
  /** Every epoch that can still open, newest first. */
  liveEpochs(): Promise<readonly Epoch[]>;
}

/** Names one row: its id and the epoch its token authenticated under. */
export interface MessageAddress {
  readonly id: bigint;
  readonly epoch: string;
}

export interface NewMessage extends MessageAddress {
  readonly seal: Seal;
  readonly wrappedCiphertext: Uint8Array;
  readonly linkVerifier: Uint8Array;
  readonly knockVerifier: Uint8Array | null;
  readonly lock: PassphraseLock | null;
  readonly note: string;
  /** UUID of the account in whose list it stands; null for a sender without one. */
  readonly senderId: string | null;
  /** What the sender calls the one it is for; '' if nothing. */
  readonly recipient: string;
  /** UUID, the same for all that were made in one go; null for one alone. */
  readonly batchId: string | null;
  readonly notifyWhenOpened: boolean;
}

export interface MessageLifetime {
  /** Seconds the message may wait. */
  readonly lifetime: number;
  /** What `lifetime` comes to by the database's clock; milliseconds since 1970. */
  readonly expiresAtMs: number;
}

export type MessageState = 'SEALED' | 'CLAIMED' | 'OPENED' | 'BURNED' | 'EXPIRED';

/** A row as the database saw it at the moment of a statement. */
export interface MessageRecord {
  readonly seal: Seal;
  readonly state: MessageState;
  /** By the database's clock, at that moment. */
  readonly pastExpiry: boolean;
  readonly burnedBy: 'SENDER' | 'RECIPIENT' | 'WRONG_PASSPHRASES' | 'RESTORE' | null;
  readonly claimedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly hasPassphrase: boolean;
  readonly wrongPassphrases: number;
  readonly note: string;
  /** Its sender wants to be told when it ends. */
  readonly notifyWhenOpened: boolean;
  /** The database was restored from an older copy: this may have been opened before. */
  readonly isRefused: boolean;
}

/** What of a row is encrypted, and what its at-rest wrapping is bound to. */
export interface SealedContent {
  readonly wrappedCiphertext: Uint8Array;
  readonly lock: PassphraseLock | null;
  readonly linkVerifier: Uint8Array;
  readonly knockVerifier: Uint8Array | null;
}

/** The columns by which a passphrase is judged. To be authenticated before a wrong one is counted. */
export type Judged = Pick<SealedContent, 'linkVerifier' | 'lock'>;

/** A claim that was granted and of which nothing has been handed out yet. */
export interface GrantedClaim extends MessageAddress {
  readonly nonceHash: Uint8Array;
  /** How many endings the database had counted then, this one included. */
  readonly endings: bigint;
  /**
   * The row's version as this claim wrote it, by which it can be undone. null for a repeated claim:
   * an earlier answer may have arrived, so nothing undoes it.
   */
  readonly version: string | null;
  /** The sender wants to be told. */
  readonly notifyWhenOpened: boolean;
}

interface Granted {
  readonly verdict: 'granted';
  readonly record: MessageRecord;
  readonly content: SealedContent;
  readonly claim: GrantedClaim;
}

/** A row of which something is told. One type a verdict. */
type Told<Verdict extends string> = Verdict extends string
  ? { readonly verdict: Verdict; readonly record: MessageRecord }
  : never;

/** `altered`: the row is not the one that was stored. */
type Turned = { readonly verdict: 'refused' } | { readonly verdict: 'altered' };

/** null: no such row. */
export type ServerClaimAnswer = Granted | Turned | Told<'locked' | 'ended'> | null;

/**
 * null: no such row, or the knock proof is wrong; the two look the same. `authenticate`: nothing was
 * changed, and nothing is to be said of the proof before this content was unwrapped.
 */
export type BrowserClaimAnswer =
  | Granted
  | Turned
  | {
      readonly verdict: 'authenticate';
      readonly record: MessageRecord;
      readonly content: SealedContent;
    }
  | Told<'wrong_passphrase' | 'ended'>
  | null;

/** null: no such row. `begun`: a try is reserved if there is a lock and the message waits. */
export type TryAnswer =
  | { readonly verdict: 'begun'; readonly record: MessageRecord; readonly content: SealedContent }
  | Told<'all_tries_running' | 'ended'>
  | Turned
  | null;

export interface MessageStore {
  /**
   * Stores messages of one lifetime, all or none, if their expiry agrees with the database's
   * clock. `stored: false` tells what that clock says, so that the caller can seal again.
   */
  insert(
    messages: readonly NewMessage[],
    life: MessageLifetime,
  ): Promise<{ stored: boolean; databaseNowMs: number }>;

  /** Reads a row for one who holds a server-sealed link. */
  findByLink(address: MessageAddress, linkVerifier: Uint8Array): Promise<MessageRecord | null>;

  /** Reads a row for one who proved a browser-sealed link; `resumable`: this nonce may claim again. */
  findByKnock(
    address: MessageAddress,
    knockVerifier: Uint8Array,
    nonceHash: Uint8Array | null,
  ): Promise<{
    record: MessageRecord;
    lock: PassphraseLock | null;
    resumable: boolean;
  } | null>;

  /** Reads a row for its sender. */
  findForSender(address: MessageAddress): Promise<MessageRecord | null>;

  /** sealed → claimed by this nonce; or again, for the same nonce within its lease. */
  claimServerSealed(
    address: MessageAddress,
    claim: { linkVerifier: Uint8Array; nonceHash: Uint8Array; passphraseProven: boolean },
  ): Promise<ServerClaimAnswer>;

  /**
   * The same for a browser seal: compares the open proof. With a lock it does so, and counts a wrong
   * one, only for a row whose judged columns are the `authenticated` ones.
   */
  claimBrowserSealed(
    address: MessageAddress,
    claim: {
      knockVerifier: Uint8Array;
      openVerifier: Uint8Array;
      nonceHash: Uint8Array;
      authenticated: Judged | null;
    },
  ): Promise<BrowserClaimAnswer>;

  /**
   * The last step before the content goes out: records the claim outside the database and, where
   * leases are off, ends it.
   *
   * @returns false where it was ended meanwhile, and nothing may go out
   * @throws MarkError if it can't be recorded; the claim is undone then
   */
  settleClaim(claim: GrantedClaim): Promise<boolean>;

  /** Undoes a claim of which nothing was handed out: claimed → sealed, no try used. */
  undoClaim(claim: GrantedClaim): Promise<void>;

  /** Takes one of the passphrase tries before any work is spent on it. */
  beginTry(
    address: MessageAddress,
    claim: { linkVerifier: Uint8Array; nonceHash: Uint8Array },
  ): Promise<TryAnswer>;

  /** Gives a try back that nothing was learned from. */
  returnTry(address: MessageAddress): Promise<void>;

  /** Counts a wrong try on the row that was judged; burns the message with the last one. */
  countWrongTry(
    address: MessageAddress,
    judged: Judged,
  ): Promise<{ readonly record: MessageRecord; readonly isAltered: boolean } | null>;

  /** claimed → opened, for the claimer alone. False when there was nothing to end. */
  acknowledge(address: MessageAddress, nonceHash: Uint8Array): Promise<boolean>;

  /** Ends a message unread. null: no such row or wrong proof. */
  destroy(
    address: MessageAddress,
    by:
      | { who: 'SENDER' }
      /** From their list: only what is theirs. */
      | { who: 'SENDER'; senderId: string }
      | { who: 'RECIPIENT'; linkVerifier: Uint8Array }
      | { who: 'RECIPIENT'; knockVerifier: Uint8Array },
  ): Promise<MessageRecord | null>;
}

/** The database's clock, as nearly as this process knows it. Milliseconds since 1970. */
export interface DatabaseClock {
  nowMs(): number;
  learn(databaseNowMs: number): void;
}

/** Openings of one message wait for each other, and never those of another message for them. */
export type StretchingTurn =
  { readonly kind: 'seal' } | { readonly kind: 'open'; readonly of: string };

export interface MessageDesk {
  readonly store: MessageStore;
  readonly keyring: Keyring;
  readonly clock: DatabaseClock;
  readonly stretchPassphrase: StretchPassphrase;
  /** Runs expensive work when its turn comes; null when too many wait, or for too long. */
  readonly withStretchingRoom: <T>(
    turn: StretchingTurn,
    work: () => Promise<T>,
  ) => Promise<T | null>;
  /** Where links begin: an origin, without a slash at its end. */
  readonly appUrl: string;
}
