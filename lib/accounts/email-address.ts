/**
 * E-mail addresses, narrower than RFC 5321 allows: what has more than one
 * reading, for a person or for a mail server on the way, is refused. So one
 * mailbox has one spelling, an address is safe in a header as it stands, and
 * none looks like another (letters of other alphabets come as `xn--…` or not
 * at all).
 */

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/** Runs of these, joined by single dots. No quotes, no `%` or `!`, which old relays read as routes. */
const LOCAL_PART = /^[a-z0-9_'+&#=~-]+(\.[a-z0-9_'+&#=~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** The last label of an IP address has no letter, that of a domain has. */
const ENDS_IN_A_NAME = /[a-z][a-z0-9-]*$/;

/**
 * @returns the address in lower case, or null for anything that is not exactly one plain address:
 * with spaces, control characters, commas, quotes, non-ASCII letters or over 254 characters.
 */
export function readEmailAddress(text: string): string | null {
  // Before lower-casing, which makes a k of the Kelvin sign.
  if (text.length > MAX_LENGTH || !/^[\x21-\x7e]+$/.test(text)) return null;
  const address = text.toLowerCase();
  const at = address.indexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (at < 1 || local.length > MAX_LOCAL_LENGTH || !LOCAL_PART.test(local)) return null;
  return DOMAIN.test(domain) && ENDS_IN_A_NAME.test(domain) ? address : null;
}
