/**
 * What somebody may change about their own account. Whatever takes the
 * password again takes a `PasswordProof`, and whatever takes all that signing
 * in takes a `SignInProof`: its statement holds only while that is still so.
 */
import type { OwnRequest, SessionView } from './views';

/** The password was right a moment ago. */
export interface PasswordProof {
  /** UUID */
  readonly accountId: string;
  /** The hash that the sign-in key was right for. */
  readonly signInHash: string;
}

/**
 * So was everything that signing in takes. What was asked for is part of it: a proof without a code
 * is none any more once a second factor is on.
 */
export interface SignInProof extends PasswordProof {
  /** Since when the second factor whose code was right is on, ISO 8601 in UTC; null where none was on. */
  readonly secondFactorSince: string | null;
}

export interface PasswordChange {
  /** 16 bytes */
  readonly passwordSalt: Uint8Array;
  readonly signInHash: string;
  /** Of the vault whose seed was wrapped anew: the change is for this one or none. */
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByPassword: Uint8Array;
}

/** The session of the browser in which something was changed. */
export interface KeptSession {
  /** UUID */
  readonly sessionId: string;
  /** SHA-256 of its cookie from now on, 32 bytes */
  readonly tokenHash: Uint8Array;
}

export interface RecoveryCodeChange {
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByRecovery: Uint8Array;
}

export interface OwnAccountStore {
  saveName(accountId: string, name: string): Promise<void>;

  /** A vault that is open somewhere locks after that time at the latest, if it is not used. */
  saveVaultLock(accountId: string, minutes: number): Promise<void>;

  findSignInHash(accountId: string): Promise<string | null>;

  /** What a code is asked for, as of now. Null: the session has ended. */
  findSecondFactor(sessionId: string): Promise<Pick<SignInProof, 'secondFactorSince'> | null>;

  /**
   * Ends every session but the kept one, which has another token from then on, and every recovery link,
   * with it. False: no longer so, or that session has ended.
   */
  changePassword(proof: PasswordProof, change: PasswordChange, kept: KeptSession): Promise<boolean>;

  /** `is_so`: exactly this is in force already. */
  changeRecoveryCode(
    proof: PasswordProof,
    change: RecoveryCodeChange,
  ): Promise<'done' | 'is_so' | 'changed_meanwhile'>;

  /** Newest use first; none that has ended. */
  listSessions(accountId: string): Promise<readonly SessionView[]>;

  /** Ends a session if it is this account's. */
  endOwnSession(accountId: string, sessionId: string): Promise<void>;

  endOtherSessions(accountId: string, keptSessionId: string): Promise<void>;

  /** Requests whose replies nobody but this account can read, newest first. */
  listRequestsAlone(accountId: string): Promise<readonly OwnRequest[]>;

  /** This person knows that their second factor was turned off. */
  acknowledgeReset(accountId: string): Promise<void>;
}

/** Hashes of the ten codes that stand in for the app, 32 bytes each, no two alike. Nobody here knows the codes. */
export type CodeList = readonly Uint8Array[];

/** A secret to set an authenticator app up with. */
export interface TotpSecretView {
  /** To type. */
  readonly base32: string;
  /** To scan: an `otpauth:` address. */
  readonly uri: string;
}

export interface SecondFactorSetup {
  /** A new secret, not in force yet; null where the second factor is on, or the proof out of date. */
  start(proof: PasswordProof, email: string): Promise<TotpSecretView | null>;

  /** Whether a secret waits for its first code. */
  isStarted(accountId: string): Promise<boolean>;

  /**
   * Puts the secret in force by its first code, with the list that stands in for it.
   * `changed_meanwhile`: the code is right, and the secret does not wait any more.
   */
  confirm(
    accountId: string,
    code: string,
    list: CodeList,
  ): Promise<'done' | 'wrong' | 'changed_meanwhile'>;

  /** A new list in place of the old one; false where the second factor is off, or the proof out of date. */
  renewCodes(proof: SignInProof, list: CodeList): Promise<boolean>;

  /** Whether the second factor is on with exactly this list, used codes among it. */
  hasList(accountId: string, list: CodeList): Promise<boolean>;

  /** False where it is off already, or the proof out of date. */
  turnOff(proof: SignInProof): Promise<boolean>;

  /** Codes of the list that can still be used. */
  countCodes(accountId: string): Promise<number>;
}
