/**
 * What the use cases of requests answer, as values. Nothing here ever holds a
 * reply in clear: what is sealed leaves for one browser, sealed.
 */
import type { RefusalCode } from '@/lib/refusal-code';
import type { FieldDefinition } from '@/lib/secrets/field-rules';

/** Where a reply was sealed. */
export type ReplySeal = 'server' | 'browser';

/** What the holder of a request's link is told. Times are ISO 8601 in UTC. */
export interface AskedFor {
  /** null where that account is gone */
  readonly askedBy: string | null;
  readonly question: string;
  /** Empty: one free reply. */
  readonly fields: readonly FieldDefinition[];
  /** Names of those who can read the reply. */
  readonly readers: readonly string[];
  readonly expiresAt: string;
  /** X-Wing, 1216 bytes as base64url: to be checked against the link's fingerprint. */
  readonly publicKey: string;
}

export type RequestLook =
  | { readonly status: 'open'; readonly asked: AskedFor }
  | { readonly status: 'full' | 'closed' | 'expired' }
  | { readonly status: 'unknown' };

export type RequestPageState =
  RequestLook | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** What a client is told after sending. */
export type ReplyResult =
  | {
      readonly status: 'sent';
      readonly statusLink: string;
      readonly sentAt: string;
      readonly readers: readonly string[];
      readonly seal: ReplySeal;
    }
  | { readonly status: 'refused'; readonly refusal: RefusalCode }
  | { readonly status: 'unknown' };

export type ReplyFormState = { readonly status: 'idle' } | ReplyResult;

/** How a reply came to its end. */
export type ReplyEnding =
  | { readonly kind: 'opened'; readonly at: string; readonly by: string | null }
  | {
      readonly kind: 'destroyed';
      readonly at: string;
      /** `restore`: erased after the database was restored; it may have been read before. */
      readonly by: 'client' | 'restore' | 'request_end';
    };

/** What the client's own status page shows. */
export type ReplyStatusState =
  | {
      readonly status: 'known';
      readonly askedBy: string | null;
      readonly question: string;
      readonly seal: ReplySeal;
      readonly sentAt: string;
      /** Read or not, it is erased then. */
      readonly keepUntil: string;
      /** Who can read it now, the first ones first. Nobody once it has ended. */
      readonly readers: readonly ReplyReader[];
      /** null while it waits to be opened */
      readonly ending: ReplyEnding | null;
      /** It waits and does not open: the database was restored, and its owner has not decided yet. */
      readonly isKeptClosed: boolean;
      readonly refusal: RefusalCode | null;
    }
  | { readonly status: 'unknown' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** `full`: all the places for replies are taken. `ended`: erased. */
export type RequestCondition = 'open' | 'full' | 'closed' | 'expired' | 'ended';

export interface Reader {
  readonly accountId: string;
  readonly name: string;
}

/** One who can read the replies to a request. */
export interface RequestReader extends Reader {
  /** Tells them from others of their name; for staff alone. */
  readonly email: string;
  /** By mail, when a reply arrives. */
  readonly isTold: boolean;
}

/** One who can read a reply, as its client is told. */
export interface ReplyReader {
  readonly name: string;
  /** null for a reader who could when it was sent. */
  readonly since: string | null;
}

export interface InboxReply {
  readonly id: string;
  readonly seal: ReplySeal;
  readonly sentAt: string;
  /** null while it waits to be opened */
  readonly ending: ReplyEnding | null;
  /** It waits and does not open: the database was restored, and its owner has not decided yet. */
  readonly isKeptClosed: boolean;
  /** Claimed by the reader who is looking, and its answer may have been lost: can be asked for again. */
  readonly isRepeatable: boolean;
}

/** A request as its creator and its readers see it. */
export interface Inbox {
  readonly id: string;
  readonly question: string;
  readonly fields: readonly FieldDefinition[];
  readonly condition: RequestCondition;
  readonly createdBy: string | null;
  /** UUID; null where that account is gone */
  readonly createdById: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly keepUntil: string;
  readonly repliesAllowed: number;
  /** By replies, but for those that were taken back unread. */
  readonly placesTaken: number;
  readonly readers: readonly RequestReader[];
  /** For the manager: when an account stopped being a reader without being taken off. */
  readonly readerLostAt: string | null;
  readonly replies: readonly InboxReply[];
  /** Whether the member who is looking may extend, close, destroy and choose readers. */
  readonly isManager: boolean;
  /** The link without its fragment; null once it has ended. */
  readonly link: string | null;
  /** base64url; null once it has ended */
  readonly publicKey: string | null;
  /** The seed sealed to the vault of the member who is looking, base64url; null if they can't read. */
  readonly sealedSeed: string | null;
}

export type InboxState =
  | { readonly status: 'known'; readonly inbox: Inbox }
  | { readonly status: 'unknown' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** Who can open what waits: the member who is looking, only others, or nobody any more. */
export type WhoReads = 'self' | 'others' | 'nobody';

/** One line of the list of what a member asked for or may read. */
export interface RequestSummary {
  readonly id: string;
  readonly question: string;
  readonly condition: RequestCondition;
  readonly createdBy: string | null;
  readonly isMine: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly repliesAllowed: number;
  /** By replies, but for those that were taken back unread. */
  readonly placesTaken: number;
  /** Replies that nobody has opened yet. */
  readonly repliesWaiting: number;
  /** They wait and do not open: the database was restored, and its owner has not decided yet. */
  readonly repliesKeptClosed: number;
  /** They ended with a restored database, perhaps read before that. */
  readonly repliesErased: number;
  readonly readers: WhoReads;
  readonly lastReplyAt: string | null;
}

export type CreateField = 'question' | 'fields' | 'expiresIn' | 'repliesAllowed' | 'form';

export type CreateErrors = Readonly<Partial<Record<CreateField, RefusalCode>>>;

export type CreateResult =
  | {
      readonly status: 'created';
      readonly id: string;
      /** Without its fragment, which the browser knows. */
      readonly link: string;
      readonly expiresAt: string;
    }
  | { readonly status: 'refused'; readonly errors: CreateErrors };

export type ClaimReplyResult =
  | {
      readonly status: 'claimed';
      /** The sealed reply as base64url: only the request's seed opens it. */
      readonly sealedReply: string;
      readonly openedAt: string;
    }
  | { readonly status: 'ended'; readonly ending: ReplyEnding }
  | { readonly status: 'unknown' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** One of the staff to whom a seed can be sealed. */
export interface Colleague extends Reader {
  readonly email: string;
  /** X-Wing, 1216 bytes as base64url */
  readonly vaultPublicKey: string;
}
