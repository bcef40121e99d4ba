/** Staff without a browser: quick, for tests about what they may do. */
import { randomBytes } from 'node:crypto';
import { createVault } from '@/lib/protocol/vault';
import { callWithForm, readActionIds } from './server-actions';

export interface HttpStaff {
  readonly name: string;
  readonly email: string;
  /** base64url. As the server sees it, a password is these 32 bytes. */
  readonly signInKey: string;
  /** base64url */
  readonly vaultPublicKey: string;
  /** For a `Cookie` header. */
  readonly cookie: string;
}

/** What a browser would send along: staff are asked for where their requests come from. */
export function headersOf(origin: string, staff: Pick<HttpStaff, 'cookie'> | null): HeadersInit {
  return staff === null ? {} : { cookie: staff.cookie, origin, 'sec-fetch-site': 'same-origin' };
}

/** What a browser makes of a password, with keys that nobody's password comes to. */
export async function newCredentials() {
  const { publicKey } = await createVault();
  return {
    salt: randomBytes(16).toString('base64url'),
    signInKey: randomBytes(32).toString('base64url'),
    vaultPublicKey: Buffer.from(publicKey).toString('base64url'),
    vaultSeedByPassword: randomBytes(60).toString('base64url'),
    vaultSeedByRecovery: randomBytes(60).toString('base64url'),
  };
}

/** Makes the first account of an instance. */
export async function signUpOwnerOverHttp(origin: string): Promise<HttpStaff> {
  const email = `owner-${randomBytes(6).toString('hex')}@example.org`;
  return signUp(`${origin}/sign-up`, { name: 'The Owner', email }, email);
}

/** Makes the account of an invitation. */
export async function acceptOverHttp(link: string, email: string): Promise<HttpStaff> {
  const token = link.slice(link.lastIndexOf('/') + 1);
  return signUp(link, { name: 'A Member', token }, email);
}

async function signUp(
  page: string,
  fields: Readonly<Record<string, string>> & { readonly name: string },
  email: string,
): Promise<HttpStaff> {
  const credentials = await newCredentials();
  const id = (await readActionIds(page)).get('signUp') ?? '';
  const { outcome } = await callWithForm<{ status: string }>(page, id, {
    ...fields,
    ...credentials,
  });
  if (outcome?.status !== 'created') throw new Error('The account was not made.');
  const { signInKey, vaultPublicKey } = credentials;
  const cookie = await signInOverHttp(new URL(page).origin, { email, signInKey });
  if (cookie === null) throw new Error('Nobody was signed in.');
  return { name: fields.name, email, signInKey, vaultPublicKey, cookie };
}

/**
 * Signs in as the browser does. The session's cookie, or null for who was refused.
 *
 * @param at where an instance is asked, if it is not at the address that it is known by
 */
export async function signInOverHttp(
  origin: string,
  { email, signInKey, code = '' }: { email: string; signInKey: string; code?: string },
  at = origin,
): Promise<string | null> {
  const csrf = await fetch(`${at}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${at}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: cookiesOf(csrf),
    },
    body: new URLSearchParams({ email, signInKey, code, csrfToken, json: 'true' }),
  });
  return /sealpost-session=[^;]+/.exec(cookiesOf(answer))?.[0] ?? null;
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
