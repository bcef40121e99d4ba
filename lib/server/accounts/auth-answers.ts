/** What the addresses of signing in and out answer: a status, a word for a sentence, no text of others. */
import 'server-only';
import { cookies } from 'next/headers';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { signOut } from '@/lib/accounts/sessions';
import type { RefusalCode } from '@/lib/refusal-code';
import { processContext } from '../context';
import { withinLimit } from '../limits';
import { logFailure, REFUSALS_OF_FAILURE } from '../log-failure';
import { statusOf } from '../refusal-status';
import { settings } from '../settings';
import { askNextAuth } from './ask-next-auth';
import { signInParty } from './known-browser';
import { sessionCookieName } from './session-cookie';

/** The token that goes with signing in and out. Its cookie is the only one that asking sets. */
export async function answerCsrfToken(): Promise<Response> {
  return guarded(async () => {
    const answer = await askNextAuth({ method: 'GET', path: 'csrf', sets: 'csrf' }, {});
    return answer.refusal === null
      ? reply(answer.body, 200, answer.cookies)
      : refuse(answer.refusal);
  }, 'look');
}

/** Each try costs memory and time here, so an address has a number of them, and so has a known browser. */
export async function answerSignIn(request: Request): Promise<Response> {
  return guarded(async () => {
    if (!(await withinLimit('signIn', await signInParty()))) return refuse('too_many_requests');
    const given = await readFields(request, ['email', 'signInKey', 'code', 'csrfToken']);
    if (given === null) return refuse('input_malformed');
    const answer = await askNextAuth(
      { method: 'POST', path: 'callback/credentials', sets: 'session' },
      given,
    );
    return answer.refusal === null
      ? reply({ status: 'signed_in' }, 200, answer.cookies)
      : refuse(answer.refusal);
  });
}

/** Costs no try to sign in: who may not try any more can still leave. The session ends, or it says so. */
export async function answerSignOut(request: Request): Promise<Response> {
  return guarded(async () => {
    const given = await readFields(request, ['csrfToken']);
    if (given === null) return refuse('input_malformed');
    const answer = await askNextAuth({ method: 'POST', path: 'signout', sets: 'session' }, given);
    if (answer.refusal !== null) return refuse(answer.refusal);
    const token = (await cookies()).get(sessionCookieName())?.value ?? '';
    const tokenHash = await hashOpaqueToken(token);
    if (tokenHash !== null) await signOut(processContext(), tokenHash);
    // Where its client goes on to: one address, whatever was asked for.
    return reply({ url: `${settings().appUrl.origin}/sign-in` }, 200, answer.cookies);
  });
}

/** A form's fields, those that are meant alone; null of one that broke off. */
async function readFields(
  request: Request,
  names: readonly string[],
): Promise<Record<string, string> | null> {
  const body = await request.text().catch(() => null);
  if (body === null) return null;
  const posted = new URLSearchParams(body);
  return Object.fromEntries(names.map((name) => [name, posted.get(name) ?? '']));
}

async function guarded(
  answer: () => Promise<Response>,
  kind: keyof typeof REFUSALS_OF_FAILURE = 'act',
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    return refuse(REFUSALS_OF_FAILURE[kind][logFailure('sign in', error)]);
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
