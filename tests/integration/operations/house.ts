/**
 * The real actions and pages of the app in this process, on a database and keyring of their own: what
 * a form or a browser asks of them goes the whole way, but for the HTTP around it. The one file that
 * knows how an operation is reached.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Role } from '@/lib/accounts/outcomes';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import { hashSignInKey } from '@/lib/server/accounts/sign-in-key';
import { database, databasePool } from '@/lib/server/database';
import type { withinLimit } from '@/lib/server/limits';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { requestContexts, type RequestContext } from '@/lib/server/request-context';
import { ROOT } from '@/scripts/setup/paths.mjs';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';
import { forgetRuntime } from '@/tests/support/runtime';

const SESSION_COOKIE = 'sealpost-session';

export interface Caller {
  /** Of the client. */
  readonly address?: string;
  /** null for one who is not signed in. */
  readonly staff?: HouseStaff | null;
}

export interface HouseStaff {
  readonly accountId: string;
  readonly email: string;
  readonly signInKey: Uint8Array;
  /** Of its session. */
  readonly cookie: string;
}

export interface Answered {
  readonly status: number;
  readonly outcome: unknown;
}

export interface House {
  readonly client: PrismaClient;
  /** What one who posts these fields to an action is answered. */
  ask(key: string, fields: Readonly<Record<string, string>>, caller?: Caller): Promise<Answered>;
  /** The status with which a page or route answers. */
  visit(file: string, path: string, caller?: Caller): Promise<number>;
  hire(role: Role): Promise<HouseStaff>;
  withinLimit: typeof withinLimit;
  close(): Promise<void>;
}

export const givenHouse = (): House => given(openHouse, (house) => house.close());

async function openHouse(): Promise<House> {
  const own = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-house-'));
  forgetRuntime();
  vi.stubEnv('DATABASE_URL', own.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  let cookies = new Map<string, string>();
  vi.resetModules();
  vi.doMock('next/headers', () => ({
    headers: () => Promise.resolve(new Headers()),
    cookies: () =>
      Promise.resolve({
        get: (name: string) => (cookies.has(name) ? { name, value: cookies.get(name) } : undefined),
        getAll: () => Array.from(cookies, ([name, value]) => ({ name, value })),
        set: () => undefined,
      }),
  }));
  vi.doMock('next/server', async (original) => ({
    ...(await original<object>()),
    // Only says that a page is not to be prerendered.
    connection: () => Promise.resolve(),
  }));

  /** Runs what a request causes. With which status it is answered. */
  const within = async (
    { address = '192.0.2.1', staff = null }: Caller,
    work: () => Promise<unknown>,
  ): Promise<Answered> => {
    cookies = new Map(staff === null ? [] : [[SESSION_COOKIE, staff.cookie]]);
    const context: RequestContext = {
      clientAddress: address,
      hasLeft: () => false,
      takesCookies: true,
      // What is left for after the answer is not what these tests look at.
      onceAnswered: () => undefined,
      status: null,
    };
    const outcome = await requestContexts().run(context, work);
    return { status: context.status ?? 200, outcome };
  };

  return {
    client: database(),
    ask: async (key, fields, caller = {}) => {
      const [file = '', name = ''] = key.split(/ (?=\w+$)/);
      const act = exportOf(await load(file), name);
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      // One that a form posts to by itself gets its previous state first.
      return within(caller, () => act(...(act.length === 2 ? [null, form] : [form])));
    },
    visit: async (file, path, caller = {}) => {
      const module = await load(file);
      if (file.endsWith('route.ts')) {
        const { outcome } = await within(caller, () => exportOf(module, 'GET')());
        return outcome instanceof Response ? outcome.status : 200;
      }
      const props = { params: Promise.resolve(paramsOf(file, path)), searchParams: NO_QUERY };
      const { status } = await within(caller, () => exportOf(module, 'default')(props));
      return status;
    },
    hire: async (role) => {
      const cookie = createOpaqueToken();
      const signInKey = randomBytes(32);
      const email = `${randomBytes(6).toString('hex')}@example.org`;
      const { id } = await database().account.create({
        data: {
          email,
          name: 'Somebody',
          role,
          passwordSalt: randomBytes(16),
          signInHash: await hashSignInKey(signInKey),
          vaultPublicKey: randomBytes(1216),
          vaultSeedByPassword: randomBytes(60),
          vaultSeedByRecovery: randomBytes(60),
          sessions: {
            create: {
              tokenHash: Buffer.from(await hashNewToken(cookie)),
              expiresAt: new Date(Date.now() + 3_600_000),
            },
          },
        },
        select: { id: true },
      });
      return { accountId: id, email, signInKey, cookie };
    },
    withinLimit: async (...spent) => (await import('@/lib/server/limits')).withinLimit(...spent),
    close: async () => {
      await database().$disconnect();
      if (!databasePool().ended) await databasePool().end();
      vi.doUnmock('next/headers');
      vi.doUnmock('next/server');
      vi.resetModules();
      vi.unstubAllEnvs();
      forgetRuntime();
      await own.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const NO_QUERY = Promise.resolve({});

type Exported = (...given: readonly unknown[]) => Promise<unknown>;

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(join(ROOT, file))) as Readonly<Record<string, unknown>>;
}

function exportOf(module: Readonly<Record<string, unknown>>, name: string): Exported {
  const found = module[name];
  if (typeof found !== 'function') throw new Error(`There is no ${name}.`);
  return found as Exported;
}

/** `[token]` of a file, by the address that it has. */
function paramsOf(file: string, path: string): Record<string, string> {
  const name = /\[(\w+)\]/.exec(file)?.[1];
  const value = path.split('/').at(-1);
  return name === undefined || value === undefined ? {} : { [name]: value };
}
