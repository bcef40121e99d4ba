import type { Role } from './outcomes';

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

/** Mail about accounts. Each is queued, not sent; false where this instance sends none. */
export interface AccountMail {
  /** Whether this instance sends mail. */
  readonly isSetUp: () => boolean;
  readonly invitation: (mail: InvitationMail) => Promise<boolean>;
  readonly recovery: (to: Addressee, link: string) => Promise<boolean>;
  readonly passwordChanged: (to: Addressee) => Promise<boolean>;
}
