import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REFUSAL_CODES } from '@/lib/refusal-code';
import type * as Answers from '@/lib/server/accounts/auth-answers';
import { statusOf } from '@/lib/server/refusal-status';
import { refusals } from '@/messages/en/errors';

/** What next-auth would send the browser to; an error where it threw. */
let said: URL | Error;
let mayTry: boolean;
let answers: typeof Answers;
let logged: string;

beforeEach(async () => {
  mayTry = true;
  logged = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged += String(line);
    return true;
  });
  vi.resetModules();
  vi.doMock('@/lib/server/accounts/ask-next-auth', () => ({
    askNextAuth: () =>
      said instanceof Error
        ? Promise.reject(said)
        : Promise.resolve({ cookies: ['sealpost-session=x'], url: said, body: null }),
  }));
  vi.doMock('@/lib/server/accounts/known-browser', () => ({
    signInParty: () => Promise.resolve('192.0.2.1'),
  }));
  vi.doMock('@/lib/server/limits', () => ({ withinLimit: () => Promise.resolve(mayTry) }));
  answers = await import('@/lib/server/accounts/auth-answers');
});

afterEach(() => {
  for (const path of ['ask-next-auth', 'known-browser']) {
    vi.doUnmock(`@/lib/server/accounts/${path}`);
  }
  vi.doUnmock('@/lib/server/limits');
  vi.resetModules();
  vi.restoreAllMocks();
});

async function signIn() {
  const posted = new Request('http://localhost/', { method: 'POST', body: 'email=x' });
  const answer = await answers.answerSignIn(posted);
  return {
    status: answer.status,
    body: (await answer.json()) as unknown,
    cookies: answer.headers.getSetCookie(),
  };
}

const address = (query: string) => new URL(`http://localhost/api/auth/error?${query}`);

it('a token that can’t be given just now is a look that failed, and no act that may be done', async () => {
  said = new Error('The database went away.');
  const answer = await answers.answerCsrfToken();
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: 'refused', refusal: 'look_failed' },
  ]);
});

describe('a sign-in that is refused', () => {
  it.each(['sign_in_wrong', 'sign_in_slowed', 'code_slowed', 'busy', 'unavailable'] as const)(
    'says why in a word that has a sentence, with the status of its kind, and sets nothing: %s',
    async (refusal) => {
      said = address(`error=${refusal}`);
      expect(await signIn()).toEqual({
        status: statusOf(refusal),
        body: { status: 'refused', refusal },
        cookies: [],
      });
      expect(refusals[refusal]).not.toBe('');
    },
  );

  it('has words also where its address has had too many tries', async () => {
    mayTry = false;
    expect(await signIn()).toMatchObject({
      status: 429,
      body: { status: 'refused', refusal: 'too_many_requests' },
    });
  });

  it.each([
    'error:1C800064:Provider routines::bad decrypt',
    'Unsupported state or unable to authenticate data',
    'CredentialsSignin',
    '<b>x</b>',
    '',
  ])('quotes no text of another program: %j', async (text) => {
    said = address(`error=${encodeURIComponent(text)}`);
    const expected = { status: 503, body: { status: 'refused', refusal: 'unavailable' } };
    expect(await signIn()).toMatchObject(expected);
    said = new Error(text);
    expect(await signIn()).toMatchObject(expected);
    if (text !== '') expect(logged).not.toContain(text);
  });

  it('tells a browser without cookies so, and lets nobody take it for a success', async () => {
    said = new URL('http://localhost/api/auth/signin?csrf=true');
    expect(await signIn()).toMatchObject({ status: 400, body: { refusal: 'cookies_needed' } });
  });
});

it('refusals of one kind have one status, by whichever door they come', () => {
  const kinds: Record<number, RegExp> = {
    401: /^(sign_in_required|(sign_in|password|second_factor)_(wrong|needed|used))$/,
    404: /^(invitation|recovery|member|reader)_unknown$/,
    410: /^(reply_taken_back|replies_full|request_(closed|expired))$/,
    429: /_slowed$|^(too_many_requests|hand_over_asked)$/,
    503: /^(busy|database_rewound|unavailable|look_failed)$/,
  };
  for (const code of REFUSAL_CODES) {
    const [status] = Object.entries(kinds).find(([, pattern]) => pattern.test(code)) ?? [];
    if (status === undefined) expect([200, 400, 403], code).toContain(statusOf(code));
    else expect(statusOf(code), code).toBe(Number(status));
  }
});
