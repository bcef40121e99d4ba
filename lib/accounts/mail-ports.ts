import type { AccessChange, Role } from './outcomes';
import type { FailedTriesView } from './views';

export interface Addressee {
  readonly email: string;
  readonly name: string;
}

export interface InvitationMail {
  readonly email: string;
  readonly role: Role;
  readonly inviterName: string;
  readonly link: string;
}

/** What a notice names besides its reader; '' where there is nothing to name. */
export interface AccessDetails {
  /** Whose act it was, where it was not the reader's own. */
  readonly by?: string;
  /** The address that it is about. */
  readonly address?: string;
}

/** Mail about accounts. Each is queued, not sent; false where this instance sends none. */
export interface AccountMail {
  /** Whether this instance sends mail. */
  readonly isSetUp: () => boolean;
  readonly invitation: (mail: InvitationMail) => Promise<boolean>;
  readonly recovery: (to: Addressee, link: string) => Promise<boolean>;
  /** To the address to come. */
  readonly confirmEmail: (to: Addressee, link: string) => Promise<boolean>;
  /** For the first time lately, many tries at the account failed within an hour. */
  readonly guessed: (to: Addressee, failed: FailedTriesView) => Promise<boolean>;
  /** For the first time lately, a wrong code came after the right password. */
  readonly wrongCode: (to: Addressee) => Promise<boolean>;
  readonly passwordChanged: (to: Addressee) => Promise<boolean>;
  readonly accessChanged: (
    to: Addressee,
    change: AccessChange,
    details?: AccessDetails,
  ) => Promise<boolean>;
}
