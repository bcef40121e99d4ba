/** What the use cases of accounts answer, as values. Nothing here ever holds a password or a key. */
import type { RefusalCode } from '@/lib/refusal-code';

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

/** Why nobody was signed in; next-auth carries it as the text of an error. */
export type SignInRefusal = Extract<
  RefusalCode,
  'sign_in_wrong' | 'second_factor_needed' | 'second_factor_wrong' | 'too_many_requests' | 'busy'
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
      readonly lockMinutes: number;
    }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };
