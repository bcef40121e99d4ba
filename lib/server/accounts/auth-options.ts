/**
 * next-auth, set up for accounts whose password never leaves the browser. The
 * cookie is a random token, and what it stands for is in the database: a
 * session ends there at once. Other ways to sign in (passkeys, OpenID Connect)
 * are further providers here that end in `createSession` too.
 */
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { decode as decodeJwt, encode as encodeJwt } from 'next-auth/jwt';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { SESSION_LIFETIME } from '@/lib/accounts/policy';
import { signInForm } from '@/lib/accounts/schema';
import { signIn, type SignIn } from '@/lib/accounts/sign-in';
import { log } from '../log';
import { logFailure } from '../log-failure';
import { accountDesk } from './account-desk';
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

export async function authOptions(): Promise<NextAuthOptions> {
  return {
    secret: Buffer.from(await accountsKey('next-auth')).toString('hex'),
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookieOptions() },
      csrfToken: { name: csrfCookieName(), options: cookieOptions() },
    },
    logger: {
      // Its messages quote what was posted. Ours name the place and nothing else.
      error: () => log.error('request_failed', { at: 'next-auth' }),
      warn: () => {},
      debug: () => {},
    },
    jwt: {
      encode: async (given) => given.token?.sessionToken ?? encodeJwt(given),
      decode: async (given) => {
        const { token } = given;
        if (token === undefined || token === '') return null;
        const tokenHash = await hashOpaqueToken(token);
        // What is no session token is one of next-auth's own: the state of another way to sign in.
        if (tokenHash === null) return decodeJwt(given);
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
          const parsed = signInForm.safeParse(credentials);
          if (!parsed.success) throw new Error('sign_in_wrong');
          const device = describeDevice(String(request.headers?.['user-agent'] ?? ''));
          const replaces = await findSessionHash();
          const result = await signInOrSay({ ...parsed.data, device, replaces });
          // next-auth hands this text on: a word of ours, never that of an error.
          if (result.status === 'refused') throw new Error(result.refusal);
          return { id: result.accountId, sessionToken: result.sessionToken };
        },
      }),
    ],
  };
}

async function signInOrSay(given: SignIn) {
  try {
    return await signIn(accountDesk(), given);
  } catch (error) {
    logFailure('sign in', error);
    return { status: 'refused', refusal: 'unavailable' } as const;
  }
}

function isUser(user: unknown): user is { readonly sessionToken: string } {
  return typeof user === 'object' && user !== null && 'sessionToken' in user;
}
