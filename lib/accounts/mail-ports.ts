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

/**
 * What changed in how somebody gets in. `lib/protocol/README.md` (Ways in) says which act tells of
 * which, and whom.
 */
export const ACCESS_CHANGES = [
  'account_made',
  'second_factor_on',
  'second_factor_off',
  'second_factor_codes',
  'recovery_code',
  'recovery_link',
  'made_owner',
  'made_member',
  'removed',
  'owner_invited',
] as const;

export type AccessChange = (typeof ACCESS_CHANGES)[number];

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
  readonly passwordChanged: (to: Addressee) => Promise<boolean>;
  readonly accessChanged: (
    to: Addressee,
    change: AccessChange,
    details?: AccessDetails,
  ) => Promise<boolean>;
}
