import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { authOptions } from '@/lib/server/accounts/auth-options';
import { withinLimit } from '@/lib/server/limits';
import { logFailure } from '@/lib/server/log-failure';
import { clientAddress } from '@/lib/server/request-context';

interface AuthContext {
  readonly params: Promise<{ readonly nextauth: string[] }>;
}

/** next-auth's own addresses: who is signed in, signing in, signing out. */
async function answer(
  request: NextRequest,
  context: AuthContext,
  { isTry }: { readonly isTry: boolean },
): Promise<Response> {
  try {
    if (isTry && !(await withinLimit('signIn', clientAddress()))) {
      return new Response(null, { status: 429 });
    }
    const handle = NextAuth(await authOptions()) as (
      request: NextRequest,
      context: AuthContext,
    ) => Promise<Response>;
    return await handle(request, context);
  } catch (error) {
    logFailure('next-auth', error);
    return new Response(null, { status: 503 });
  }
}

export async function GET(request: NextRequest, context: AuthContext): Promise<Response> {
  return answer(request, context, { isTry: false });
}

/** Each try to sign in costs memory and time here, so an address has a number of them. */
export async function POST(request: NextRequest, context: AuthContext): Promise<Response> {
  return answer(request, context, { isTry: true });
}
