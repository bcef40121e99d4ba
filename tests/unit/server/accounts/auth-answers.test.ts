import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REFUSAL_CODES } from '@/lib/refusal-code';
import type { NextAuthAnswer } from '@/lib/server/accounts/ask-next-auth';
import type * as Answers from '@/lib/server/accounts/auth-answers';
import { DatabaseAway } from '@/lib/server/database-errors';
import { statusOf } from '@/lib/server/refusal-status';
import { refusals } from '@/messages/en/errors';

/** What came of asking next-auth; an error where it threw. */
let said: NextAuthAnswer | Error;
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
    askNextAuth: () => (said instanceof Error ? Promise.reject(said) : Promise.resolve(said)),
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

it('a token that can’t be given just now is a look that failed, and no act that may be done', async () => {
  said = new DatabaseAway();
  const answer = await answers.answerCsrfToken();
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: 'refused', refusal: 'look_failed' },
  ]);
});

it('a bug is told as a fault of ours, of an act that may be done and of a look, and logged without its text', async () => {
  said = new TypeError('canary');
  expect(await signIn()).toMatchObject({ status: 500, body: { refusal: 'fault' }, cookies: [] });
  const answer = await answers.answerCsrfToken();
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { status: 'refused', refusal: 'fault_in_look' },
  ]);
  expect(logged).toMatch(/"event":"fault","at":"sign in","error":"TypeError","frames":\["/);
  expect(logged).not.toContain('canary');
});

describe('a sign-in that is refused', () => {
  it.each(['sign_in_wrong', 'sign_in_slowed', 'code_slowed', 'busy', 'unavailable'] as const)(
    'says why in a word that has a sentence, with the status of its kind, and sets nothing: %s',
    async (refusal) => {
      said = { refusal };
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
});

it('refusals of one kind have one status, by whichever door they come', () => {
  const kinds: Record<number, RegExp> = {
    401: /^(sign_in_required|(sign_in|password|second_factor)_(wrong|needed|used))$/,
    404: /^(invitation|recovery|member|reader)_unknown$/,
    410: /^(reply_taken_back|replies_full|request_(closed|expired))$/,
    429: /_slowed$|^(too_many_requests|hand_over_asked)$/,
    500: /^fault(_in_look)?$/,
    503: /^(busy|database_restored|unavailable|look_failed)$/,
  };
  for (const code of REFUSAL_CODES) {
    const [status] = Object.entries(kinds).find(([, pattern]) => pattern.test(code)) ?? [];
    if (status === undefined) expect([200, 400, 403], code).toContain(statusOf(code));
    else expect(statusOf(code), code).toBe(Number(status));
  }
});
