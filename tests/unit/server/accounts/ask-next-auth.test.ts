import { afterEach, beforeEach, expect, it, vi, type Mock } from 'vitest';
import type * as Asking from '@/lib/server/accounts/ask-next-auth';
import { DatabaseAway } from '@/lib/server/database-errors';

const POST = { method: 'POST', path: 'callback/credentials', sets: 'session' } as const;
const GIVEN = { email: 'ada@example.org', signInKey: 'A'.repeat(43), code: '' };

type SignIn = (context: unknown, given: { readonly email: string }) => Promise<unknown>;
let signIn: Mock<SignIn>;
let jar: { readonly name: string; readonly value: string }[];
let logged: string;
let askNextAuth: typeof Asking.askNextAuth;

beforeEach(async () => {
  jar = [];
  logged = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged += String(line);
    return true;
  });
  signIn = vi.fn<SignIn>();
  vi.resetModules();
  vi.doMock('next/headers', () => ({
    cookies: () => Promise.resolve({ getAll: () => jar }),
    headers: () => Promise.resolve(new Headers()),
  }));
  vi.doMock('@/lib/accounts/sign-in', () => ({ signIn }));
  vi.doMock('@/lib/server/context', () => ({ processContext: () => ({}) }));
  vi.doMock('@/lib/server/accounts/accounts-key', () => ({
    accountsKey: () => Promise.resolve(Buffer.alloc(32, 7)),
  }));
  vi.doMock('@/lib/server/accounts/current-staff', () => ({
    findSessionHash: () => Promise.resolve(null),
    findStaffOf: () => Promise.reject(new TypeError('canary')),
  }));
  ({ askNextAuth } = await import('@/lib/server/accounts/ask-next-auth'));
});

afterEach(() => {
  for (const path of ['next/headers', '@/lib/accounts/sign-in', '@/lib/server/context']) {
    vi.doUnmock(path);
  }
  for (const name of ['accounts-key', 'current-staff']) {
    vi.doUnmock(`@/lib/server/accounts/${name}`);
  }
  vi.resetModules();
  vi.restoreAllMocks();
});

/** The fields of a browser that got its token first. */
async function given(): Promise<Record<string, string>> {
  const answer = await askNextAuth({ method: 'GET', path: 'csrf', sets: 'csrf' }, {});
  if (answer.refusal !== null) throw new Error('There is no token.');
  const [name = '', value = ''] = (answer.cookies[0] ?? '').split(';', 1)[0]?.split('=') ?? [];
  jar = [{ name, value: decodeURIComponent(value) }];
  return { ...GIVEN, ...(answer.body as { csrfToken: string }) };
}

it('a session comes as its cookie alone', async () => {
  signIn.mockResolvedValue({ status: 'signed_in', accountId: '1', sessionToken: 'T'.repeat(43) });
  const answer = await askNextAuth(POST, await given());
  expect(answer).toMatchObject({
    refusal: null,
    cookies: [expect.stringMatching(new RegExp(`^sealpost-session=${'T'.repeat(43)};`))],
  });
});

it('why there is no session goes past next-auth, which would hand on a text', async () => {
  signIn.mockResolvedValue({ status: 'refused', refusal: 'second_factor_used' });
  const fields = await given();
  expect(await askNextAuth(POST, fields)).toEqual({ refusal: 'second_factor_used' });
  expect(await askNextAuth(POST, { ...fields, signInKey: 'x' })).toEqual({
    refusal: 'sign_in_wrong',
  });
});

it.each([
  ['a database that is away', new DatabaseAway()],
  ['a bug whose text is a word of ours', new Error('sign_in_wrong')],
  ['a library below', new Error('error:1C800064:Provider routines::bad decrypt')],
])('what signing in throws is thrown as it is: %s', async (_, thrown) => {
  signIn.mockRejectedValue(thrown);
  const fields = await given();
  await expect(askNextAuth(POST, fields)).rejects.toBe(thrown);
  expect(logged).toBe('');
});

it('two who sign in at once are told each their own', async () => {
  let asked = 0;
  signIn.mockImplementation(async (_context, { email }) => {
    asked += 1;
    await vi.waitUntil(() => asked === 2);
    return { status: 'refused', refusal: email.startsWith('ada') ? 'code_slowed' : 'busy' };
  });
  const fields = await given();
  const both = ['ada@example.org', 'ben@example.org'].map((email) =>
    askNextAuth(POST, { ...fields, email }),
  );
  expect(await Promise.all(both)).toEqual([{ refusal: 'code_slowed' }, { refusal: 'busy' }]);
});

it('a browser without cookies is told so, and taken for no success', async () => {
  expect(await askNextAuth(POST, GIVEN)).toEqual({ refusal: 'cookies_needed' });
  expect(signIn).not.toHaveBeenCalled();
});

it.each([
  [
    'a cookie that the database can’t be asked about',
    'A'.repeat(43),
    /^.*"event":"fault","at":"next-auth","error":"TypeError","frames":\[".*$/,
  ],
  ['a cookie that is none of ours', 'anything', /^$/],
])(
  'what next-auth keeps to itself is logged where it is a bug, without its text: %s',
  async (_, value, expected) => {
    const { csrfToken = '' } = await given();
    jar = [...jar, { name: 'sealpost-session', value }];
    await askNextAuth({ method: 'POST', path: 'signout', sets: 'session' }, { csrfToken });
    expect(logged.trim()).toMatch(expected);
    expect(logged).not.toContain('canary');
  },
);
