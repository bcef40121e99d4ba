import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '@/lib/server/database';
import { countEnding } from '@/lib/server/history/history-conditions';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { forgetRuntime } from '@/tests/support/runtime';

let database: TestDatabase;
let directory: string;
let client: PrismaClient;

beforeEach(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-process-history-'));
  client = connect(database.url);
  forgetRuntime();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
});

afterEach(async () => {
  const { database: ofProcess } = await import('@/lib/server/database');
  await ofProcess().$disconnect();
  vi.unstubAllEnvs();
  vi.resetModules();
  forgetRuntime();
  await client.$disconnect();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

/** The history as another bundle of the same process has it. */
async function bundle() {
  vi.resetModules();
  return import('@/lib/server/history/process-history');
}

const setEndings = (endings: number) => client.$executeRaw`UPDATE history SET endings = ${endings}`;

async function isKeptClosed(): Promise<boolean> {
  const [row] = await client.$queryRaw<{ before: Date | null }[]>`
    SELECT refused_before AS before FROM history`;
  return row?.before !== null;
}

describe('RESTORED_DATABASE=open for one start', () => {
  it('is carried out once a process: a database that goes back later is noticed and held back', async () => {
    await setEndings(5);
    const first = await bundle();
    await first.watchHistory();
    forgetRuntime();

    // The start that carries the decision out, on a database that went back.
    await setEndings(3);
    vi.stubEnv('RESTORED_DATABASE', 'open');
    const server = await bundle();
    await server.watchHistory();
    expect(await isKeptClosed()).toBe(false);

    // It goes back once more under the running process; the pages are the first to look.
    await setEndings(2);
    const pages = await bundle();
    await pages.historyGuard().notice();
    expect(await isKeptClosed()).toBe(true);
    await server.watchHistory();
    expect(await isKeptClosed()).toBe(true);
  });
});

describe('a database that went back in time', () => {
  /** Somebody with everything that lets in, and the newest row of the copy. By which session's hash. */
  async function addWaysIn(): Promise<Uint8Array> {
    const bytes = (length: number) => randomBytes(length);
    const inAnHour = new Date(Date.now() + 3_600_000);
    const { id: accountId } = await client.account.create({
      data: {
        email: 'olivia@example.org',
        name: 'Olivia',
        role: 'OWNER',
        passwordSalt: bytes(16),
        signInHash: 'hash',
        vaultPublicKey: bytes(1216),
        vaultSeedByPassword: bytes(60),
        vaultSeedByRecovery: bytes(60),
      },
    });
    const link = () => ({ tokenHash: bytes(32), expiresAt: inAnHour });
    const email = 'new@example.org';
    const session = link();
    await client.session.create({ data: { accountId, ...session } });
    await client.invitation.create({ data: { email, role: 'OWNER', ...link() } });
    await client.accountRecovery.create({ data: { accountId, ...link() } });
    await client.emailChange.create({ data: { accountId, email, ...link() } });
    await client.secondFactorCode.create({ data: { accountId, codeHash: bytes(32) } });
    return session.tokenHash;
  }

  const waysIn = async () => [
    await client.session.count(),
    await client.invitation.count({ where: { revokedAt: null } }),
    await client.accountRecovery.count({ where: { usedAt: null } }),
    await client.emailChange.count({ where: { usedAt: null } }),
    await client.secondFactorCode.count(),
  ];

  const noticed: Readonly<Record<string, () => Promise<unknown>>> = {
    'a page that looks first': async () => (await bundle()).historyGuard().notice(),
    'a page that looks after an ending, by which the database does not catch up': async () => {
      for (let times = 0; times < 3; times += 1) await client.$queryRaw(countEnding(5n));
      await (await bundle()).historyGuard().notice();
    },
    'a start that was told to discard, where no mark lies': async () => {
      await rm(join(directory, 'keyring.json.history'));
      forgetRuntime();
      vi.stubEnv('RESTORED_DATABASE', 'discard');
      await (await bundle()).watchHistory();
    },
  };

  it.each(Object.entries(noticed))(
    'lets nobody in by what was ended since its copy, noticed by %s',
    async (_by, notice) => {
      await setEndings(5);
      await (await bundle()).watchHistory();
      await addWaysIn();
      await setEndings(3);
      expect(await waysIn()).toEqual([1, 1, 1, 1, 1]);
      await notice();
      expect(await waysIn()).toEqual([0, 0, 0, 0, 0]);
      const { findRestoredAccounts } = await import('@/lib/accounts/restored');
      expect(await findRestoredAccounts(client)).toMatchObject({
        noticedAt: expect.any(String) as string,
        copyOf: expect.any(String) as string,
      });
    },
  );

  it('shows no page to a session of the copy, though nobody has noticed it yet, and is noticed by that', async () => {
    await setEndings(5);
    const { historyGuard } = await bundle();
    const { findStaff } = await import('@/lib/accounts/sessions');
    await historyGuard().notice();
    const tokenHash = await addWaysIn();
    const asks = () => findStaff(client, historyGuard(), tokenHash);
    expect(await asks()).toMatchObject({ name: 'Olivia' });
    await setEndings(3);
    expect(await asks()).toBeNull();
    expect(await waysIn()).toEqual([0, 0, 0, 0, 0]);
  });

  it('is told to every owner once, by however many instances, and on their page until one has looked', async () => {
    const { confirmMembersChecked, findRestoredAccounts, tellOwners } =
      await import('@/lib/accounts/restored');
    const told: string[] = [];
    const tell = () =>
      Promise.all(
        [1, 2, 3].map(() =>
          tellOwners({
            database: client,
            appUrl: 'https://secrets.example.org',
            queueMail: (_transaction, { to }) => {
              told.push(to);
              return Promise.resolve('queued');
            },
          }),
        ),
      );
    await addWaysIn();
    await tell();
    expect(told, 'nothing happened yet').toEqual([]);
    for (const times of [1, 2]) {
      await client.$executeRaw`UPDATE history SET refused_before = clock_timestamp()`;
      await tell();
      await tell();
      expect(told).toHaveLength(times);
    }
    const [owner] = await client.account.findMany({ select: { id: true } });
    expect(await confirmMembersChecked(client, randomUUID())).toBe(false);
    expect(await findRestoredAccounts(client)).not.toBeNull();
    expect(await confirmMembersChecked(client, owner?.id ?? '')).toBe(true);
    expect(await findRestoredAccounts(client)).toBeNull();
  });
});
