/**
 * What the use cases of accounts need from the outside. `lib/server`
 * implements these. Everything that must happen once is one method here,
 * because it is one conditional statement there.
 */
import type { MadeOfPassword } from './done-before';
import type { EmailChangeStore } from './email-change-ports';
import type { Guesses, KnownBrowser } from './guess-ports';
import type { AccountMail } from './mail-ports';
import type { MemberStore } from './member-ports';
import type {
  OwnAccountStore,
  PasswordProof,
  SecondFactorSetup,
  SignInProof,
} from './own-account-ports';
import type { Role } from './outcomes';
import type { RecoveryStore } from './recovery-ports';
import type { SealedVault, StoredVault, VaultShare } from './vault-records';

/** Somebody who is signed in, as read for one request. */
export interface Staff {
  /** UUID */
  readonly accountId: string;
  /** UUID of the session, which is this browser's. */
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly hasSecondFactor: boolean;
  /** Somebody else turned it off, and this person has not said that they saw it. */
  readonly wasSecondFactorReset: boolean;
  /** Minutes without use after which the browser locks the vault. */
  readonly vaultLockMinutes: number;
}

/** What a browser makes of a password and hands over: nothing here gives the password away. */
export interface PasswordCredentials {
  /** 16 bytes, drawn by the browser */
  readonly salt: Uint8Array;
  /** 32 bytes; only its hash is kept */
  readonly signInKey: Uint8Array;
}

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly passwordSalt: Uint8Array;
  readonly signInHash: string;
  readonly vault: SealedVault;
}

export interface NewSession {
  /** SHA-256 of the cookie, 32 bytes */
  readonly tokenHash: Uint8Array;
  readonly device: string;
  /** The same of the session in whose place it comes, whoever's that is. */
  readonly replaces: Uint8Array | null;
}

export interface InvitationRecord {
  readonly email: string;
  readonly role: Role;
  readonly inviterName: string | null;
}

export interface AccountStore {
  /** Whether there is any account yet. */
  isEmpty(): Promise<boolean>;

  /** The salt of an account's password; null if there is no such account. */
  findPasswordSalt(email: string): Promise<Uint8Array | null>;

  /** What signing in takes. */
  findForSignIn(email: string): Promise<SignInProof | null>;

  /** Makes the first account, as owner; null when there is one already. */
  createOwner(account: NewAccount): Promise<string | null>;

  /** Uses an invitation up and makes its account, both or neither. */
  createInvited(
    invitationHash: Uint8Array,
    account: Omit<NewAccount, 'email'>,
  ): Promise<'created' | 'invitation_unknown' | 'email_taken'>;

  /** Whose password and vault are these, byte by byte; their recovery code, too, where it is given. */
  findByWhatWasMade(
    passwordSalt: Uint8Array,
    vault: MadeOfPassword['vault'],
  ): Promise<PasswordProof | null>;

  /** An invitation that can still be used. */
  findInvitation(invitationHash: Uint8Array): Promise<InvitationRecord | null>;

  /** The new session's id; null if what was proved does not sign in any more. */
  createSession(proof: SignInProof, session: NewSession): Promise<string | null>;

  /**
   * The vault of a session's account, and the session's share of what its browser keeps of it:
   * `fresh`, unless it has one that has not locked. Null: the session has ended.
   */
  startVault(sessionId: string, fresh: Uint8Array): Promise<StoredVault | null>;

  /** A use of a vault that is open in this session: puts its lock off. Null, and erased, once it has locked. */
  touchVault(sessionId: string): Promise<VaultShare | null>;

  /** Erases the share: what the browser keeps opens nothing. */
  lockVault(sessionId: string): Promise<void>;

  /** Ends a session by its cookie. */
  endSession(tokenHash: Uint8Array): Promise<void>;
}

/** The second factor of an account, checked and used up in one step. */
export interface SecondFactor {
  /** `used`: it is right, but it was used before, or a later one was. */
  accept(accountId: string, code: string): Promise<'accepted' | 'used' | 'wrong'>;

  /** False where the accounts key is another than the one that the app's secret is kept under. */
  isReadable(accountId: string): Promise<boolean>;
}

/** What one transaction can take. */
export type TogetherDesk = Pick<
  AccountDesk,
  | 'store'
  | 'own'
  | 'members'
  | 'recovery'
  | 'emailChange'
  | 'secondFactorSetup'
  | 'guesses'
  | 'mail'
>;

export interface AccountDesk {
  readonly store: AccountStore;
  readonly own: OwnAccountStore;
  readonly members: MemberStore;
  readonly recovery: RecoveryStore;
  readonly emailChange: EmailChangeStore;
  readonly secondFactor: SecondFactor;
  readonly secondFactorSetup: SecondFactorSetup;
  readonly mail: AccountMail;
  /** Origin of every link. */
  readonly appUrl: string;
  /** PHC string of Argon2id. */
  readonly hashSignInKey: (signInKey: Uint8Array) => Promise<string>;
  /** `hash` null: the same work for nobody, and false. */
  readonly verifySignInKey: (hash: string | null, signInKey: Uint8Array) => Promise<boolean>;
  /** 16 bytes that look like an account's salt, always the same for an address. */
  readonly decoySalt: (email: string) => Promise<Uint8Array>;
  readonly guesses: Guesses;
  readonly browser: KnownBrowser;
  /**
   * Runs expensive work when its turn comes; null when too many wait, or for too long. Those who are
   * `known`, by a browser's id or an account's, have room of their own.
   */
  readonly withStretchingRoom: <T>(
    work: () => Promise<T>,
    known?: string | null,
  ) => Promise<T | null>;
  /**
   * Runs what changes a way in, queues the mail that tells of it, and counts it in the history unless
   * it is refused: all of it holds, or nothing. The desk that `work` is given is the one to use
   * meanwhile.
   */
  readonly together: <T extends { readonly status: string }>(
    work: (desk: TogetherDesk) => Promise<T>,
  ) => Promise<T>;
  /** Runs work once the answer is out, so that its time tells nothing. */
  readonly afterwards: (work: () => Promise<void>) => void;
}
