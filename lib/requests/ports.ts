/**
 * What the use cases of requests need from the outside. `lib/server`
 * implements these. Who may do something to a row is a condition of the
 * statement that does it: null is the answer for what does not exist and for
 * what is not the caller's, alike.
 */
import type { DatabaseClock, GrantedClaim, Keyring } from '@/lib/messages/ports';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import type { Reader, RequestReader, WhoReads } from './outcomes';

/** Requests live for longer than the week in which their epoch seals. */
export interface KeepingKeyring extends Keyring {
  /**
   * Puts on record that an epoch must be able to open until `untilMs`; false
   * if there is no such epoch any more.
   */
  keepEpoch(id: string, untilMs: number): Promise<boolean>;
}

/** Names one row by what a token of its epoch says. */
export interface Address {
  readonly id: bigint;
  readonly epoch: string;
}

/** A request seed, sealed for one reader's vault. */
export interface SealedSeed {
  /** UUID */
  readonly accountId: string;
  /** 95 bytes by the reader's own vault, 1203 by another one's */
  readonly sealedSeed: Uint8Array;
}

/** One of those who may read a request that is made or shared. */
export interface NewReader extends SealedSeed {
  /** SHA-256 of the vault's public key that it was sealed for: refused if that is not the account's any more. */
  readonly sealedFor: Uint8Array;
  /** By mail, when a reply arrives. */
  readonly isTold: boolean;
}

/** An expiry as the caller reckons it; the database refuses one that its own clock doesn't give. */
export interface Lifetime {
  /** Seconds from now. */
  readonly lifetime: number;
  /** What that comes to; milliseconds since 1970. */
  readonly expiresAtMs: number;
  readonly keepUntilMs: number;
}

export interface NewRequest extends Address, Lifetime {
  readonly createdById: string;
  /** 1216 bytes */
  readonly publicKey: Uint8Array;
  readonly question: string;
  readonly fields: readonly FieldDefinition[];
  readonly repliesAllowed: number;
  readonly readers: readonly NewReader[];
}

/** A request as the database saw it at the moment of a statement. */
export interface RequestRecord {
  readonly id: bigint;
  readonly epoch: string;
  readonly state: 'OPEN' | 'CLOSED' | 'ENDED';
  /** By the database's clock, at that moment. */
  readonly pastExpiry: boolean;
  readonly pastKeeping: boolean;
  readonly publicKey: Uint8Array | null;
  readonly question: string;
  readonly fields: readonly FieldDefinition[];
  readonly createdBy: Reader | null;
  readonly repliesAllowed: number;
  /** By replies, but for those that their clients took back unread. */
  readonly placesTaken: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly keepUntilMs: number;
  /** When somebody stopped being a reader whom nobody took off; null once a manager has looked after that. */
  readonly readerLostAtMs: number | null;
  /** By name. */
  readonly readers: readonly ReaderRecord[];
}

export interface ReaderRecord extends RequestReader {
  /** Since when they can read what comes. */
  readonly sinceMs: number;
}

export interface ReplyRecord {
  readonly id: bigint;
  readonly epoch: string;
  readonly seal: 'server' | 'browser';
  readonly state: 'SEALED' | 'CLAIMED' | 'OPENED' | 'DESTROYED';
  readonly destroyedBy: 'CLIENT' | 'RESTORE' | 'REQUEST_END' | null;
  readonly claimedBy: Reader | null;
  /** By the database's clock. */
  readonly leaseRuns: boolean;
  /** The database was restored from an older copy: this may have been read before. */
  readonly isRefused: boolean;
  readonly claimedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly createdAtMs: number;
}

/** A reply with what its client may know of the request. */
export interface ClientsReply {
  readonly reply: ReplyRecord;
  readonly request: RequestRecord;
}

export interface NewReply extends Address {
  readonly requestId: bigint;
  readonly seal: 'server' | 'browser';
  readonly wrappedCiphertext: Uint8Array;
  /** Until when the reply's epoch was kept: the request must not live longer. */
  readonly keptUntilMs: number;
}

export type NewReplyVerdict =
  | 'accepted'
  | 'full'
  | 'closed'
  | 'expired'
  /** The request was extended meanwhile: keep the epoch for longer and try again. */
  | 'extended'
  /** A reply with this id is there already, or was. */
  | 'repeated';

/** Which reply of which request, and who wants it. */
export interface ReplyClaim {
  readonly requestId: bigint;
  readonly replyId: bigint;
  readonly accountId: string;
  /** SHA-256 of the claim nonce, 32 bytes */
  readonly nonceHash: Uint8Array;
}

/** A claim that was granted and of which nothing has been handed out yet: see `GrantedClaim`. */
export interface GrantedReplyClaim extends ReplyClaim, Pick<GrantedClaim, 'endings' | 'version'> {
  readonly claimedAtMs: number;
}

export type ReplyClaimAnswer =
  | {
      readonly verdict: 'granted';
      readonly epoch: string;
      readonly wrappedCiphertext: Uint8Array;
      readonly claim: GrantedReplyClaim;
    }
  | { readonly verdict: 'ended'; readonly reply: ReplyRecord; readonly keepUntilMs: number }
  | { readonly verdict: 'refused' }
  | null;

/** A request as one of its people sees it. */
export interface OwnRequest {
  readonly request: RequestRecord;
  readonly replies: readonly ReplyRecord[];
  readonly isManager: boolean;
  /** null for a creator who is no reader */
  readonly sealedSeed: Uint8Array | null;
}

export interface ListedRequest {
  readonly request: Omit<RequestRecord, 'publicKey' | 'fields' | 'readerLostAtMs' | 'readers'>;
  readonly repliesWaiting: number;
  /** Those that wait, but may have been read before the database was restored. */
  readonly repliesKeptClosed: number;
  /** Those that were erased with a restored database. */
  readonly repliesErased: number;
  readonly readers: WhoReads;
  readonly lastReplyAtMs: number | null;
}

export interface StoredColleague extends Reader {
  readonly email: string;
  /** 1216 bytes */
  readonly vaultPublicKey: Uint8Array;
}

/** A caller and the request that they name. */
export interface Access {
  readonly accountId: string;
  readonly requestId: bigint;
}

export interface RequestStore {
  /** Stores a request with its readers, or nothing. */
  insert(request: NewRequest): Promise<{
    verdict: 'stored' | 'clock_differs' | 'reader_unknown' | 'vault_replaced' | 'id_taken';
    databaseNowMs: number;
  }>;

  /** Reads a request for one who holds its link. */
  find(address: Address): Promise<RequestRecord | null>;

  /** Takes one of the places for replies and puts the reply there, both or neither. */
  insertReply(reply: NewReply): Promise<NewReplyVerdict | null>;

  /** Reads a reply for the client who sent it. */
  findReply(address: Address): Promise<ClientsReply | null>;

  /** sealed → destroyed, by the client who sent it. What was opened stays so, and its lease ends. */
  withdrawReply(address: Address): Promise<ClientsReply | null>;

  /** For creator and readers. */
  show(access: Access): Promise<OwnRequest | null>;

  /** For readers: sealed → claimed by this nonce; or again, for the same nonce within its lease. */
  claimReply(claim: ReplyClaim): Promise<ReplyClaimAnswer>;

  /** claimed → opened, for the claimer alone. */
  acknowledgeReply(claim: ReplyClaim): Promise<boolean>;

  /** As for messages. @throws MarkError if it can't be recorded; the claim is undone then */
  settleReply(claim: GrantedReplyClaim): Promise<boolean>;

  /** Undoes a claim of which nothing was handed out: claimed → sealed. */
  undoReplyClaim(claim: GrantedReplyClaim): Promise<void>;

  /**
   * By one who can read: somebody else can too, whom a manager chooses; or the one who asked, who
   * may have lost their vault. One who could already keeps being told or not.
   */
  addReader(
    access: Access,
    reader: NewReader,
  ): Promise<'added' | 'reader_unknown' | 'vault_replaced' | null>;

  /** By a reader: their own wrapping takes the place of what another vault, or version 1, sealed for them. */
  keepSeed(access: Access, sealedSeed: Uint8Array): Promise<boolean>;

  /** By the manager. The last reader stays. */
  removeReader(access: Access, readerId: string): Promise<'removed' | 'last_reader' | null>;

  /** By a reader, for themselves: whether they are told of replies. False for everybody else, and once it has ended. */
  setTold(access: Access, isTold: boolean): Promise<boolean>;

  /** For the manager: the epochs that a longer life needs. */
  findEpochs(access: Access): Promise<{ epochs: readonly string[]; replies: number } | null>;

  /** By the manager, if there are still as many replies as when the epochs were read. */
  extend(
    access: Access,
    life: Lifetime & { readonly replies: number },
  ): Promise<{
    verdict: 'extended' | 'over' | 'changed' | 'clock_differs';
    databaseNowMs: number;
  } | null>;

  /** By the manager: open → closed. True, too, for one that takes no replies already. */
  close(access: Access): Promise<boolean>;

  /** By the manager: erases key, seeds and replies. True, too, for one that has ended already. */
  destroy(access: Access): Promise<boolean>;

  listColleagues(): Promise<readonly StoredColleague[]>;
}

export interface RequestDesk {
  readonly store: RequestStore;
  readonly keyring: KeepingKeyring;
  readonly clock: DatabaseClock;
  /** Seconds that a link may live at the most, as the owner decides for everybody. Asked anew each time. */
  readonly longestLifetime: () => Promise<number>;
  /** Sees to it that the readers are told of new replies; never fails. */
  readonly noticeReplies: (requestId: bigint) => Promise<void>;
  /** Where links begin: an origin, without a slash at its end. */
  readonly appUrl: string;
}
