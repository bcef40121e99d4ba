/** What the addresses of signing in and out answer: a status, a word for a sentence, no text of others. */
import 'server-only';
import { cookies } from 'next/headers';
import { signOut } from '@/lib/accounts/end-sessions';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { isRefusalCode, type RefusalCode } from '@/lib/refusal-code';
import { withinLimit } from '../limits';
import { logFailure } from '../log-failure';
import { statusOf } from '../refusal-status';
import { settings } from '../settings';
import { accountDesk } from './account-desk';
import { askNextAuth, type NextAuthAnswer } from './ask-next-auth';
import { signInParty } from './known-browser';
import { sessionCookieName } from './session-cookie';

/** The token that goes with signing in and out. Its cookie is the only one that asking sets. */
export async function answerCsrfToken(): Promise<Response> {
  return guarded(async () => {
    const { cookies: set, body } = await askNextAuth(
      { method: 'GET', path: 'csrf', sets: 'csrf' },
      {},
    );
    return reply(body, 200, set);
  }, 'look_failed');
}

/** Each try costs memory and time here, so an address has a number of them, and so has a known browser. */
export async function answerSignIn(request: Request): Promise<Response> {
  return guarded(async () => {
    if (!(await withinLimit('signIn', await signInParty()))) return refuse('too_many_requests');
    const given = await readFields(request, ['email', 'signInKey', 'code', 'csrfToken']);
    const answer = await askNextAuth(
      { method: 'POST', path: 'callback/credentials', sets: 'session' },
      given,
    );
    const refusal = refusalOf(answer);
    return refusal === null ? reply({ status: 'signed_in' }, 200, answer.cookies) : refuse(refusal);
  });
}

/** Costs no try to sign in: who may not try any more can still leave. The session ends, or it says so. */
export async function answerSignOut(request: Request): Promise<Response> {
  return guarded(async () => {
    const given = await readFields(request, ['csrfToken']);
    const answer = await askNextAuth({ method: 'POST', path: 'signout', sets: 'session' }, given);
    const refusal = refusalOf(answer);
    if (refusal !== null) return refuse(refusal);
    const token = (await cookies()).get(sessionCookieName())?.value ?? '';
    const tokenHash = await hashOpaqueToken(token);
    if (tokenHash !== null) await signOut(accountDesk(), tokenHash);
    // Where its client goes on to: one address, whatever was asked for.
    return reply({ url: `${settings().appUrl.origin}/sign-in` }, 200, answer.cookies);
  });
}

/** A form's fields, those that are meant alone. */
async function readFields(
  request: Request,
  names: readonly string[],
): Promise<Record<string, string>> {
  const posted = new URLSearchParams(await request.text());
  return Object.fromEntries(names.map((name) => [name, posted.get(name) ?? '']));
}

/** next-auth says what happened by the address that it would send the browser to. */
function refusalOf({ url }: NextAuthAnswer): RefusalCode | null {
  if (url === null) return 'unavailable';
  const error = url.searchParams.get('error');
  if (error !== null) return isRefusalCode(error) ? error : 'unavailable';
  // The token was not that of the cookie, which a browser of ours has just been given.
  return url.searchParams.has('csrf') ? 'cookies_needed' : null;
}

async function guarded(
  answer: () => Promise<Response>,
  ifAway: RefusalCode = 'unavailable',
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    logFailure('sign in', error);
    return refuse(ifAway);
  }
}

function refuse(refusal: RefusalCode): Response {
  return reply({ status: 'refused', refusal }, statusOf(refusal), []);
}

function reply(body: unknown, status: number, setCookies: readonly string[]): Response {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  for (const cookie of setCookies) headers.append('Set-Cookie', cookie);
  return Response.json(body, { status, headers });
}
