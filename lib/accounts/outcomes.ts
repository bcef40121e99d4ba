/** What the use cases of accounts answer, as values. Nothing here ever holds a password or a key. */
import type { RefusalCode } from '@/lib/refusal-code';

export type Role = 'OWNER' | 'MEMBER';

export type SaltResult =
  /** base64url, 22 characters */
  | { readonly status: 'found'; readonly salt: string }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

export type SignUpField = 'name' | 'email' | 'password' | 'form';

export type SignUpResult =
  | { readonly status: 'created' }
  | {
      readonly status: 'refused';
      readonly errors: Readonly<Partial<Record<SignUpField, RefusalCode>>>;
    };

/** Why nobody was signed in. */
export type SignInRefusal = Extract<
  RefusalCode,
  | 'sign_in_wrong'
  | 'sign_in_slowed'
  | 'second_factor_needed'
  | 'second_factor_wrong'
  | 'second_factor_used'
  | 'second_factor_unreadable'
  | 'code_slowed'
  | 'busy'
>;

export type SignInResult =
  | { readonly status: 'signed_in'; readonly accountId: string; readonly sessionToken: string }
  | { readonly status: 'refused'; readonly refusal: SignInRefusal };

/** One's own vault as the browser gets it. base64url. */
export type VaultResult =
  | {
      readonly status: 'found';
      /** Whose it is; a UUID. */
      readonly accountId: string;
      /** Of the password, 22 characters. */
      readonly salt: string;
      readonly publicKey: string;
      readonly seedByPassword: string;
      /** Of what this browser will keep of it, once it is open: 43 characters. */
      readonly share: string;
      readonly lockMinutes: number;
    }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** Whether the vault that a browser keeps may be opened there now, and its share in that. base64url. */
export type VaultShareResult =
  | {
      readonly status: 'open';
      readonly share: string;
      /** Of the account's vault: another one than what is kept is none to seal to. */
      readonly publicKey: string;
      readonly lockMinutes: number;
    }
  | { readonly status: 'locked' }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

/** Why nothing was changed, and the field of the form that it is about; null for all of it. */
export interface Refused {
  readonly status: 'refused';
  readonly refusal: RefusalCode;
  readonly field: string | null;
}

export type DoneResult = { readonly status: 'done' } | Refused;

/** `asked`: a link is on its way to the new address; `changed`: without mail, at once. */
export type EmailChangeResult =
  { readonly status: 'asked' } | { readonly status: 'changed' } | Refused;

/** A new second factor, not in force yet. */
export type SecondFactorStart =
  | {
      readonly status: 'started';
      /** To type into the app. */
      readonly base32: string;
      /** The same as an `otpauth:` address, for an app on this device. */
      readonly uri: string;
      /** To scan: SVG path data of the QR code, and its width in modules. */
      readonly qr: { readonly path: string; readonly size: number };
    }
  | Refused;

/** A link to hand over, and whether it went out by mail as well. */
export type LinkResult =
  | {
      readonly status: 'made';
      readonly link: string;
      readonly email: string;
      readonly isMailed: boolean;
    }
  | Refused;

/**
 * What changed in the ways into an account, or is about to. `lib/protocol/README.md` (Ways in) says
 * which act tells of which, and whom.
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
  'second_factor_reset',
  'email_asked',
  'email_changed',
  'account_deleted',
  'hand_over_asked',
  'database_restored',
] as const;

export type AccessChange = (typeof ACCESS_CHANGES)[number];
