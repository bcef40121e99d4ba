/**
 * The rules of a message that people can see: how long it may wait, how often
 * a passphrase may be wrong, how long the texts beside it may be.
 */

/** What the form offers, in its order, with the lifetime in seconds. */
export const EXPIRIES = {
  '5m': 5 * 60,
  '1h': 60 * 60,
  '4h': 4 * 60 * 60,
  '1d': 24 * 60 * 60,
  '3d': 3 * 24 * 60 * 60,
  '7d': 7 * 24 * 60 * 60,
  '30d': 30 * 24 * 60 * 60,
} as const;

export type ExpiresIn = keyof typeof EXPIRIES;

export const EXPIRY_CHOICES = Object.keys(EXPIRIES) as readonly ExpiresIn[];

export const DEFAULT_EXPIRY: ExpiresIn = '7d';

/** The choice that is made for those who make none: the usual one, else the longest there is. */
export function usualOf(choices: readonly ExpiresIn[]): ExpiresIn | undefined {
  return choices.includes(DEFAULT_EXPIRY) ? DEFAULT_EXPIRY : choices.at(-1);
}

/** A message burns with this wrong passphrase, exactly. */
export const WRONG_PASSPHRASE_LIMIT = 10;

/** Characters (UTF-16 units, as a form control counts them). */
export const MAX_PASSPHRASE_LENGTH = 256;

/** Characters (UTF-16 units, as a form control counts them). */
export const MAX_NOTE_LENGTH = 200;

/** People to whom one secret can be sent in one go. */
export const MAX_RECIPIENTS = 50;

/** Characters (UTF-16 units) of what the sender calls a recipient. */
export const MAX_RECIPIENT_LENGTH = 200;

/**
 * UTF-8 bytes of a secret times its recipients: each gets an encrypted copy of
 * their own, and all of them travel in one form.
 */
export const MAX_BYTES_FOR_ALL = 1_048_576;
