/**
 * Guessing at one account. Rules: what counts is whose it is, from however many addresses it is tried;
 * browsers that have signed in to it before count apart from all others, in a few places, so that to
 * make many of them is no use; an address
 * without an account is treated like one that has one.
 */
import type { PasswordProof } from './own-account-ports';
import type { FailedTriesView } from './views';

/** What is tried: a password to sign in or inside a session, a code of the app, or the first of a new one. */
export type Guessed = 'password' | 'password again' | 'code' | 'first code';

export interface Guess {
  /** The account's id; of an address without an account, the address. */
  readonly of: string;
  readonly what: Guessed;
  /** Where the tries of the browser count, if it is known to this account; null for all others together. */
  readonly by: string | null;
}

export interface FailedTry {
  readonly of: string;
  readonly what: Guessed;
  /** `slowed`: it was not looked at. */
  readonly how: 'wrong' | 'slowed';
  /** The password was right, and the code was looked at and was not. */
  readonly isAfterPassword: boolean;
}

export interface NotedFailure extends FailedTriesView {
  /** The first time that so many failed within an hour. */
  readonly isFirstBurst: boolean;
  readonly isFirstWrongCode: boolean;
}

export interface Guesses {
  /** Takes the next try, before it is looked at; false while it is too early for it. */
  take(guess: Guess): Promise<boolean>;

  /** It was right, or was not looked at after all: it does not count. */
  giveBack(guess: Guess): Promise<void>;

  note(failed: FailedTry): Promise<NotedFailure>;

  /** The password is another: what was told was about the one before, and is told again. */
  tellAgain(accountId: string): Promise<void>;

  /** Null after a week in which nothing failed. */
  findFailed(accountId: string): Promise<FailedTriesView | null>;
}

/** The browser that asks, by its long-lived cookie. */
export interface KnownBrowser {
  /**
   * Where its tries count, if it has signed in to this account before: in one of a few places for the
   * password as it is, in a single one for all passwords before.
   */
  knownTo(account: PasswordProof): Promise<string | null>;

  remember(account: PasswordProof): Promise<void>;
}
