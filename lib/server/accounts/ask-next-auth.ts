/**
 * Asks next-auth, in the words of this app alone. What a client sends reaches it field by field, by
 * the doors that are used, and of what it says nothing is passed on that is not looked for here. So
 * its other addresses do not exist, no text of it or of a library below it reaches a browser, and it
 * never hears where somebody would like to go next.
 */
import 'server-only';
import NextAuth from 'next-auth';
import { cookies, headers } from 'next/headers';
import { authOptions } from './auth-options';
import { csrfCookieName, sessionCookieName } from './session-cookie';

export interface NextAuthDoor {
  readonly method: 'GET' | 'POST';
  /** Its address, below `/api/auth/`. */
  readonly path: 'csrf' | 'callback/credentials' | 'signout';
  /** The one cookie that it may set. */
  readonly sets: 'csrf' | 'session';
}

export interface NextAuthAnswer {
  /** Values of `Set-Cookie`, ready to send. */
  readonly cookies: readonly string[];
  /** Where it would send the browser, which this app never does; its parameters say what happened. */
  readonly url: URL | null;
  readonly body: unknown;
}

/** @param fields of the form; `json` of them is ours */
export async function askNextAuth(
  { method, path, sets }: NextAuthDoor,
  fields: Readonly<Record<string, string>>,
): Promise<NextAuthAnswer> {
  const [jar, sent, options] = await Promise.all([cookies(), headers(), authOptions()]);
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
  const said: unknown = answer.body;
  const url = typeof said === 'object' && said !== null && 'url' in said ? said.url : null;
  return {
    cookies: answer.cookies.filter((cookie) => cookie.startsWith(`${names[sets]}=`)),
    url: typeof url === 'string' && URL.canParse(url) ? new URL(url) : null,
    body: said,
  };
}

/** Its handler for plain requests and responses; the other one reads cookies and addresses by itself. */
const handle = NextAuth as (
  request: object,
  response: Answer,
  options: Awaited<ReturnType<typeof authOptions>>,
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
