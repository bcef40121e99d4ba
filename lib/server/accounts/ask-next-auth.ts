/**
 * next-auth, for accounts whose password never leaves the browser, asked in the words of this app alone.
 * The cookie is a random token, and what it stands for is in the database: a session ends there at
 * once. Other ways to sign in (passkeys, OpenID Connect) are further providers here that end in
 * `createSession` too.
 *
 * What a client sends reaches next-auth field by field, by the doors that are used, and of what it says
 * nothing is passed on that is not looked for here. So its other addresses do not exist, no text of it
 * or of a library below it reaches a browser, and it never hears where a person wants to go next.
 */
import 'server-only';
import NextAuth, { type NextAuthOptions, type User } from 'next-auth';
import { decode as decodeJwt, encode as encodeJwt } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import { cookies, headers } from 'next/headers';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { SESSION_LIFETIME } from '@/lib/accounts/policy';
import { signInForm } from '@/lib/accounts/schema';
import { signIn } from '@/lib/accounts/sign-in';
import type { RefusalCode } from '@/lib/refusal-code';
import { processContext } from '../context';
import { logFailure } from '../log-failure';
import { accountsKey } from './accounts-key';
import { findSessionHash, findStaffOf } from './current-staff';
import { describeDevice } from './describe-device';
import { cookieOptions, csrfCookieName, sessionCookieName } from './session-cookie';

declare module 'next-auth' {
  interface User {
    readonly sessionToken: string;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sessionToken?: string;
  }
}

export interface NextAuthDoor {
  readonly method: 'GET' | 'POST';
  /** Its address, below `/api/auth/`. */
  readonly path: 'csrf' | 'callback/credentials' | 'signout';
  /** The one cookie that it may set. */
  readonly sets: 'csrf' | 'session';
}

export type NextAuthAnswer =
  | { readonly refusal: RefusalCode }
  | {
      readonly refusal: null;
      /** Values of `Set-Cookie`, ready to send. */
      readonly cookies: readonly string[];
      readonly body: unknown;
    };

/**
 * @param fields of the form; `json` of them is ours
 * @throws what signing in throws, and where next-auth itself failed
 */
export async function askNextAuth(
  { method, path, sets }: NextAuthDoor,
  fields: Readonly<Record<string, string>>,
): Promise<NextAuthAnswer> {
  const attempt: Attempt = { outcome: null };
  const [jar, sent, options] = await Promise.all([cookies(), headers(), optionsFor(attempt)]);
  const names = { csrf: csrfCookieName(), session: sessionCookieName() };
  const known = jar.getAll().filter(({ name }) => Object.values(names).includes(name));
  const answer = new Answer();
  await handle(
    {
      method,
      query: { nextauth: path.split('/') },
      // As its own client asks for it: where it would send the browser is in the answer.
      body: { ...fields, json: 'true' },
      cookies: Object.fromEntries(known.map(({ name, value }) => [name, value])),
      headers: { 'user-agent': sent.get('user-agent') ?? '' },
    },
    answer,
    options,
  );
  const { outcome } = attempt;
  if (outcome !== null) {
    if ('thrown' in outcome) throw outcome.thrown;
    return outcome;
  }
  const went = wentTo(answer.body);
  // The token was not that of the cookie, which a browser of ours has just been given.
  if (went?.has('csrf') === true) return { refusal: 'cookies_needed' };
  if (method === 'POST' && (went === null || went.has('error'))) {
    throw new Error('next-auth did not do what it was asked.');
  }
  return {
    refusal: null,
    cookies: answer.cookies.filter((cookie) => cookie.startsWith(`${names[sets]}=`)),
    body: answer.body,
  };
}

/** The parameters of where it would send the browser, which this app never does: they say what happened. */
function wentTo(body: unknown): URLSearchParams | null {
  const url = typeof body === 'object' && body !== null && 'url' in body ? body.url : null;
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).searchParams : null;
}

/**
 * What came of signing in where no session did. In this version whatever is no user is an error to
 * next-auth, of which it hands on the text: so this goes past it, from the provider to who asked.
 */
interface Attempt {
  outcome: { readonly refusal: RefusalCode } | { readonly thrown: unknown } | null;
}

async function optionsFor(attempt: Attempt): Promise<NextAuthOptions> {
  return {
    secret: Buffer.from(await accountsKey('next-auth')).toString('hex'),
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookieOptions() },
      csrfToken: { name: csrfCookieName(), options: cookieOptions() },
    },
    logger: {
      // Its messages quote what was posted.
      error: (_code, told) => logFailure('next-auth', told instanceof Error ? told : told.error),
      warn: () => {},
      debug: () => {},
    },
    jwt: {
      encode: async (given) => given.token?.sessionToken ?? encodeJwt(given),
      decode: async (given) => {
        const { token } = given;
        if (token === undefined || token === '') return null;
        const tokenHash = await hashOpaqueToken(token);
        // What is no session token may be one of next-auth's own: the state of another way to sign in.
        // A client can send anything else, and that is nobody's.
        if (tokenHash === null) return decodeJwt(given).catch(() => null);
        const staff = await findStaffOf(tokenHash);
        return staff === null
          ? null
          : { sub: staff.accountId, name: staff.name, email: staff.email, sessionToken: token };
      },
    },
    callbacks: {
      // Runs with a user once, at sign-in.
      jwt: ({ token, user }) => ({
        ...token,
        ...(isUser(user) ? { sessionToken: user.sessionToken } : {}),
      }),
      // Tells scripts who is signed in, and never the token that the cookie keeps from them.
      session: ({ session }) => session,
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, signInKey: {}, code: {} },
        authorize: async (credentials, request) => {
          try {
            const result = await check(credentials, String(request.headers?.['user-agent'] ?? ''));
            if (!('refusal' in result)) return result;
            attempt.outcome = result;
          } catch (thrown) {
            attempt.outcome = { thrown };
          }
          return null;
        },
      }),
    ],
  };
}

async function check(
  credentials: unknown,
  userAgent: string,
): Promise<User | { readonly refusal: RefusalCode }> {
  const parsed = signInForm.safeParse(credentials);
  if (!parsed.success) return { refusal: 'sign_in_wrong' };
  const device = describeDevice(userAgent);
  const replaces = await findSessionHash();
  const result = await signIn(processContext(), { ...parsed.data, device, replaces });
  return result.status === 'refused'
    ? { refusal: result.refusal }
    : { id: result.accountId, sessionToken: result.sessionToken };
}

function isUser(user: unknown): user is { readonly sessionToken: string } {
  return typeof user === 'object' && user !== null && 'sessionToken' in user;
}

/** Its handler for plain requests and responses; the other one reads cookies and addresses by itself. */
const handle = NextAuth as (
  request: object,
  response: Answer,
  options: NextAuthOptions,
) => Promise<void>;

/** What next-auth writes its answer to. */
class Answer {
  cookies: readonly string[] = [];
  body: unknown = null;

  status(): this {
    return this;
  }

  getHeader(): readonly string[] {
    return this.cookies;
  }

  setHeader(name: string, value: unknown): this {
    if (name.toLowerCase() === 'set-cookie' && Array.isArray(value))
      this.cookies = value.map(String);
    return this;
  }

  json(body: unknown): void {
    this.body = body;
  }

  send(body: unknown): void {
    this.body = body;
  }

  end(): void {}
}
