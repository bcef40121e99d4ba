/**
 * What the use cases answer, as values: the outcomes that a person can cause.
 * Actions return them to the forms as they are; nothing here ever holds a
 * passphrase or a key. A secret is in exactly one place, `OpenState` 'opened'.
 */

import type { Envelope } from '@/lib/protocol/envelope';
import type { PassphraseProfile } from '@/lib/protocol/passphrase';
import type { RefusalCode } from '@/lib/refusal-code';

/** Where a message was encrypted. */
export type Seal = 'server' | 'browser';

/** How a message came to its end. `at` is ISO 8601 in UTC. */
export type Ending =
  | { readonly kind: 'opened'; readonly at: string }
  | { readonly kind: 'expired'; readonly at: string }
  | {
      readonly kind: 'burned';
      /** `restore`: erased after the database was restored; it may have been opened before. */
      readonly by: 'sender' | 'recipient' | 'wrong_passphrases' | 'restore';
      readonly at: string;
    };

type EndingKey =
  Exclude<Ending['kind'], 'burned'> | Extract<Ending, { readonly kind: 'burned' }>['by'];

/** Under which words an ending stands. */
export function endingKey(ending: Ending): EndingKey {
  return ending.kind === 'burned' ? ending.by : ending.kind;
}

/** What the sender is given for each recipient once the messages are stored. */
export interface SealedLink {
  /** The link to send. For a browser seal the browser still appends `#` and K0. */
  readonly link: string;
  readonly statusLink: string;
  readonly expiresAt: string;
  readonly seal: Seal;
  readonly hasPassphrase: boolean;
  /** What the sender calls them; '' if nothing. */
  readonly recipient: string;
}

export type ComposeField =
  'secret' | 'fields' | 'expiresIn' | 'passphrase' | 'note' | 'recipients' | 'form';

export type FieldErrors = Readonly<Partial<Record<ComposeField, RefusalCode>>>;

/** What of a refused form may be shown again. */
export interface KeptFields {
  readonly expiresIn: string;
  readonly note: string;
  readonly recipients: string;
  readonly notifyWhenOpened: boolean;
}

/** What the compose form shows. */
export type ComposeState = { readonly status: 'idle' } | ComposeResult;

/** What came of sealing on the server. `kept` is what may be shown again: never the secret or passphrase. */
export type ComposeResult =
  | {
      readonly status: 'refused';
      readonly errors: FieldErrors;
      readonly kept: KeptFields;
    }
  | (Sealed & {
      /**
       * SVG path data (one unit a module) and width of the QR code of a single link, with its quiet
       * zone, for a page without a script; null for several.
       */
      readonly qr: { readonly path: string; readonly size: number } | null;
    });

export interface Sealed {
  readonly status: 'sealed';
  /** At least one: in the order of the recipients, or for the only one, who has no name. */
  readonly links: readonly SealedLink[];
}

/** What came of storing what a browser sealed. */
export type StoreResult = Sealed | { readonly status: 'refused'; readonly errors: FieldErrors };

/** The salt and cost of a passphrase as they travel to the recipient's browser. */
export interface PassphraseLockView {
  /** base64url, 22 characters */
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  /** What typing may differ in (specification, section 5). */
  readonly profile: PassphraseProfile;
}

/** What the page of a server-sealed message shows. */
export type OpenState =
  | {
      readonly status: 'waiting';
      readonly needsPassphrase: boolean;
      readonly expiresAt: string;
      readonly refusal: RefusalCode | null;
      /** How many more wrong passphrases until it is destroyed; null if none is needed or counted. */
      readonly triesLeft: number | null;
    }
  | { readonly status: 'opened'; readonly secret: Envelope; readonly openedAt: string }
  | { readonly status: 'ended'; readonly ending: Ending }
  | { readonly status: 'unknown' }
  /** What is stored was altered or damaged. Nothing was counted or used up. */
  | { readonly status: 'unreadable' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** What a browser learns by proving that it holds a browser-sealed link. */
export type KnockResult =
  | {
      readonly status: 'waiting';
      readonly expiresAt: string;
      readonly lock: PassphraseLockView | null;
      readonly triesLeft: number | null;
    }
  | { readonly status: 'ended'; readonly ending: Ending }
  | { readonly status: 'unknown' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

export type ClaimResult =
  | {
      readonly status: 'claimed';
      /** M1 as base64url: only the browser that holds the link (and the passphrase) can open it. */
      readonly ciphertext: string;
      readonly openedAt: string;
    }
  /** `triesLeft` is null where it was not counted: it was opened already, by this nonce. */
  | { readonly status: 'wrong_passphrase'; readonly triesLeft: number | null }
  | { readonly status: 'ended'; readonly ending: Ending }
  | { readonly status: 'unknown' }
  /** As in `OpenState`. */
  | { readonly status: 'unreadable' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

export type DestroyResult =
  { readonly status: 'ended'; readonly ending: Ending } | { readonly status: 'unknown' };

/** What the sender's status page shows. */
export type StatusState =
  | {
      readonly status: 'known';
      readonly seal: Seal;
      readonly note: string;
      readonly createdAt: string;
      readonly expiresAt: string;
      readonly hasPassphrase: boolean;
      readonly wrongPassphrases: number;
      /** null while it waits to be opened */
      readonly ending: Ending | null;
      /** It waits and does not open: the database was restored, and its owner has not decided yet. */
      readonly isKeptClosed: boolean;
      readonly refusal: RefusalCode | null;
    }
  | { readonly status: 'unknown' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };
