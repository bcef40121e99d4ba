/**
 * Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, as
 * every such app knows them). The secret is kept under a key that the database
 * does not have.
 */
import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { brand } from '@/lib/brand';
import type { Within } from '@/lib/server/context';

/** The server's keys about accounts. */
type Keyed = Pick<Within, 'accountsKey'>;

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** As RFC 4226 recommends. */
const SECRET_BYTES = 20;
/** Seconds. */
const PERIOD = 30;
/** Steps by which a phone's clock may be off, either way. */
const WINDOW = 1;

export function createTotpSecret(): Uint8Array {
  return new Uint8Array(randomBytes(SECRET_BYTES));
}

/** The secret in base32, to type, and as the `otpauth:` address, to scan. */
export function describeTotpSecret(
  secret: Uint8Array,
  email: string,
): { readonly base32: string; readonly uri: string } {
  const totp = totpOf(secret, email);
  return { base32: totp.secret.base32, uri: totp.toString() };
}

/** The time step that a code belongs to; null for a wrong one. @param nowMs milliseconds since 1970 */
export function findTotpStep(secret: Uint8Array, code: string, nowMs: number): bigint | null {
  const totp = totpOf(secret, '');
  const delta = totp.validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : BigInt(totp.counter({ timestamp: nowMs }) + delta);
}

function totpOf(secret: Uint8Array, label: string): TOTP {
  return new TOTP({
    issuer: brand.name,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });
}

/** IV, ciphertext, tag; bound to the account, so that no row's secret fits another. */
export async function wrapTotpSecret(
  { accountsKey }: Keyed,
  secret: Uint8Array,
  accountId: string,
): Promise<Uint8Array> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await accountsKey('totp'), iv);
  cipher.setAAD(Buffer.from(accountId));
  return new Uint8Array(
    Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]),
  );
}

/** Null when the row is another's, or under another accounts key. */
export async function unwrapTotpSecret(
  { accountsKey }: Keyed,
  wrapped: Uint8Array,
  accountId: string,
): Promise<Uint8Array | null> {
  const iv = wrapped.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', await accountsKey('totp'), iv, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(accountId));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  const secret = decipher.update(wrapped.subarray(IV_BYTES, -TAG_BYTES));
  try {
    return new Uint8Array(Buffer.concat([secret, decipher.final()]));
  } catch {
    return null;
  }
}
