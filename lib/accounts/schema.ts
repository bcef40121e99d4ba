/**
 * The forms of accounts, composed from named atoms. Browser and server use the
 * same ones; a message is a `RefusalCode`. The password is in none of them:
 * the browser sends what it derived from it.
 */
import { z } from 'zod';
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/bytes';
import {
  LIST_CODES,
  SALT_BYTES,
  SHA256_BYTES,
  SIGN_IN_KEY_BYTES,
  WRAPPED_VAULT_SEED_BYTES,
  X_WING_PUBLIC_KEY_BYTES,
} from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { EXPIRIES } from '@/lib/sealed/policy';
import { expiresIn, json } from '@/lib/sealed/schema';
import type { RefusalCode } from '@/lib/refusal-code';
import { mixesAlphabets, showsAll } from '@/lib/visible-text';
import { readEmailAddress } from './email-address';
import { MAX_NAME_LENGTH, VAULT_LOCK_MINUTES } from './policy';

const refusal = (code: RefusalCode): RefusalCode => code;

/** C0 and C1 controls and line separators: a name is one line, in a list as in a mail's header. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Where two people have one name their addresses stand beside it, so none may be in it. */
const looksLikeAnAddress = (name: string) => name.normalize('NFKC').includes('@');

export const personName = z
  .string({ error: refusal('name_missing') })
  .transform((text) =>
    text
      .trim()
      .replace(/\p{Zs}+/gu, ' ')
      .normalize('NFC'),
  )
  .refine((text) => text !== '', { error: refusal('name_missing') })
  .refine((text) => text.length <= MAX_NAME_LENGTH, { error: refusal('name_too_long') })
  .refine((text) => !CONTROL.test(text), { error: refusal('input_malformed') })
  .refine((text) => !looksLikeAnAddress(text), { error: refusal('name_like_address') })
  .refine(showsAll, { error: refusal('text_hidden') })
  .refine((text) => !mixesAlphabets(text), { error: refusal('name_mixes_alphabets') });

export const emailAddress = z
  .string({ error: refusal('email_invalid') })
  .transform((text, context) => {
    const address = readEmailAddress(text);
    if (address !== null) return address;
    context.addIssue({ code: 'custom', message: refusal('email_invalid') });
    return z.NEVER;
  });

/** Canonical base64url of exactly `length` bytes, as bytes. */
export function bytesOf(length: number) {
  return z.string({ error: refusal('input_malformed') }).transform((text, context) => {
    try {
      return decodeBase64url(text, length);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      context.addIssue({ code: 'custom', message: refusal('input_malformed') });
      return z.NEVER;
    }
  });
}

/** A token of a link: whether it is one, the use case finds out. */
export const linkToken = z
  .string({ error: refusal('link_incomplete') })
  .max(200, refusal('link_incomplete'));

export const secondFactorCode = z
  .string({ error: refusal('input_malformed') })
  .max(64, refusal('second_factor_wrong'))
  .default('');

/** What a password becomes in the browser, field by field of a form. */
export const credentialFields = {
  salt: bytesOf(SALT_BYTES),
  signInKey: bytesOf(SIGN_IN_KEY_BYTES),
};

/** A vault as the browser hands it over. */
export const vaultFields = {
  vaultPublicKey: bytesOf(X_WING_PUBLIC_KEY_BYTES),
  vaultSeedByPassword: bytesOf(WRAPPED_VAULT_SEED_BYTES),
  vaultSeedByRecovery: bytesOf(WRAPPED_VAULT_SEED_BYTES),
};

export const saltForm = z.object({ email: emailAddress });

export const recoveryRequestForm = z.object({ email: emailAddress });

export const signInForm = z.object({
  email: emailAddress,
  signInKey: credentialFields.signInKey,
  code: secondFactorCode,
});

export const signUpForm = z.object({
  name: personName,
  email: emailAddress,
  ...credentialFields,
  ...vaultFields,
});

export const acceptInvitationForm = signUpForm.omit({ email: true }).extend({ token: linkToken });

/** For actions that are about the caller and take nothing. */
export const emptyForm = z.object({});

/** The id of a row, in one spelling: that it is the caller's to touch, the statement finds out. */
export const rowId = z.uuid({ error: refusal('input_malformed') }).toLowerCase();

export const role = z.enum(['OWNER', 'MEMBER'], { error: refusal('input_malformed') });

export const vaultLockMinutes = z
  .string({ error: refusal('input_malformed') })
  .transform((text) => VAULT_LOCK_MINUTES.find((minutes) => String(minutes) === text))
  .refine((minutes) => minutes !== undefined, { error: refusal('input_malformed') });

const yesOrNo = z
  .enum(['yes', 'no'], { error: refusal('input_malformed') })
  .default('no')
  .transform((text) => text === 'yes');

/** One's own vault; with the sign-in key of a password that did not open it, a try at the password. */
export const ownVaultForm = z.object({ signInKey: credentialFields.signInKey.optional() });

/** The password once more. */
export const passwordForm = z.object({ signInKey: credentialFields.signInKey });

/** Everything that signing in takes, once more. */
export const personForm = passwordForm.extend({ code: secondFactorCode });

export const profileForm = z.object({ name: personName });

export const changePasswordForm = z.object({
  currentSignInKey: bytesOf(SIGN_IN_KEY_BYTES),
  ...credentialFields,
  vaultPublicKey: vaultFields.vaultPublicKey,
  vaultSeedByPassword: vaultFields.vaultSeedByPassword,
});

export const recoveryCodeForm = z.object({
  signInKey: credentialFields.signInKey,
  vaultPublicKey: vaultFields.vaultPublicKey,
  vaultSeedByRecovery: vaultFields.vaultSeedByRecovery,
});

export const vaultLockForm = z.object({ minutes: vaultLockMinutes });

/** The browser that drew the list knows its codes, and the server does not: of them it sees that there are ten. */
const codeHashes = json(
  z
    .array(bytesOf(SHA256_BYTES), { error: refusal('input_malformed') })
    .length(LIST_CODES, refusal('input_malformed'))
    .refine((hashes) => new Set(hashes.map(encodeBase64url)).size === hashes.length, {
      error: refusal('input_malformed'),
    }),
);

export const confirmSecondFactorForm = z.object({ code: secondFactorCode, codeHashes });

export const codeListForm = personForm.extend({ codeHashes });

export const sessionForm = z.object({ sessionId: rowId });

export const memberForm = personForm.extend({ accountId: rowId });

/** How many there are of something, as a page showed it. */
const shownCount = z
  .string({ error: refusal('input_malformed') })
  .regex(/^(0|[1-9]\d{0,8})$/, refusal('input_malformed'))
  .transform(Number);

/** What the page said goes with the account, or with its vault. */
const shownLosses = { requestsAlone: shownCount, repliesAlone: shownCount };

export const memberRemovalForm = memberForm.extend(shownLosses);

export const accountDeletionForm = personForm.extend(shownLosses);

export const memberIdForm = z.object({ accountId: rowId });

export const changeEmailForm = personForm.extend({ email: emailAddress });

export const confirmEmailForm = z.object({ token: linkToken });

export const roleForm = memberForm.extend({ role });

export const invitationForm = z.discriminatedUnion(
  'role',
  [
    z.object({ role: z.literal('MEMBER'), email: emailAddress }),
    personForm.extend({ role: z.literal('OWNER'), email: emailAddress }),
  ],
  { error: refusal('input_malformed') },
);

export const invitationIdForm = z.object({ invitationId: rowId });

export const policyForm = z
  .object({
    whoMaySend: z.enum(['anyone', 'members'], { error: refusal('input_malformed') }),
    longestExpiry: expiresIn,
    passphraseRequired: yesOrNo,
  })
  .transform(({ longestExpiry, ...rest }) => ({ ...rest, longestExpiry: EXPIRIES[longestExpiry] }));

const recoveredAccount = z.object({
  token: linkToken,
  code: secondFactorCode,
  ...credentialFields,
  ...vaultFields,
});

export const recoverForm = z.discriminatedUnion(
  'vaultIs',
  [
    recoveredAccount.extend({ vaultIs: z.literal('kept') }),
    recoveredAccount.extend({
      vaultIs: z.literal('new'),
      lossConfirmed: z.literal('yes', { error: refusal('loss_unconfirmed') }),
      ...shownLosses,
    }),
  ],
  { error: refusal('input_malformed') },
);
