/** The rules of accounts that people can see. */

/** Characters (UTF-16 units, as a form control counts them). */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 256;
export const MAX_NAME_LENGTH = 100;

/** Seconds. */
export const INVITATION_LIFETIME = 7 * 24 * 60 * 60;
export const RECOVERY_LIFETIME = 60 * 60;
export const EMAIL_CHANGE_LIFETIME = 24 * 60 * 60;

/** Recovery links for one account that anybody may ask for: more would only fill its mailbox. */
export const MAX_RECOVERIES_AN_HOUR = 5;
/** Seconds after which a member may be asked again to hand over what only they can read. */
export const HAND_OVER_AGAIN = 24 * 60 * 60;
/** Links to other addresses for one account: they go to mailboxes that may be anybody's. */
export const MAX_EMAIL_CHANGES_AN_HOUR = 5;

/** Seconds that a session lasts at the longest, and without being used. */
export const SESSION_LIFETIME = 30 * 24 * 60 * 60;
export const SESSION_IDLE_LIFETIME = 7 * 24 * 60 * 60;

/** Minutes without use after which the browser locks the vault: the choices. */
export const VAULT_LOCK_MINUTES = [5, 15, 60, 480] as const;
