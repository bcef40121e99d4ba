/** The addresses of signing in and out. Whatever else next-auth has at others is not there. */
import { answerCsrfToken, answerSignIn, answerSignOut } from '@/lib/server/accounts/auth-answers';

interface AuthContext {
  readonly params: Promise<{ readonly nextauth: readonly string[] }>;
}

type Answerer = (request: Request) => Promise<Response>;

const DOORS: Readonly<Record<string, Answerer>> = {
  'GET csrf': answerCsrfToken,
  'POST callback/credentials': answerSignIn,
  'POST signout': answerSignOut,
};

async function answer(request: Request, { params }: AuthContext): Promise<Response> {
  const { nextauth } = await params;
  const door = DOORS[`${request.method} ${nextauth.join('/')}`];
  return door === undefined
    ? new Response('There is nothing here.\n', { status: 404 })
    : door(request);
}

export { answer as GET, answer as POST };
