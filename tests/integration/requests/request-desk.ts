/** A request desk on a real database, with staff who have vaults: what the use cases run on in tests. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { HistoryGuard } from '@/lib/server/history/history-guard';
import { createHistoryGuard } from '@/lib/server/history/history-guard';
import { createVault, type Vault } from '@/lib/protocol/vault';
import type { KeepingKeyring, RequestDesk } from '@/lib/requests/ports';
import { findPolicy } from '@/lib/server/account-store/sending-policy';
import { connect } from '@/lib/server/database';
import { createDatabaseClock } from '@/lib/server/database-clock';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { prismaRequestStore } from '@/lib/server/request-store/prisma-request-store';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';
import { NO_HISTORY, createTestKeyring } from '../desk';

export interface TestRequestDesk extends RequestDesk {
  readonly client: PrismaClient;
  readonly history: HistoryGuard;
  readonly keyring: TestKeyring;
  /** Of its database. */
  readonly url: string;
  close(): Promise<void>;
}

export type TestKeyring = Awaited<ReturnType<typeof createTestKeyring>> &
  KeepingKeyring & {
    /** What `keepEpoch` was asked for. */
    readonly kept: { readonly id: string; readonly untilMs: number }[];
  };

export async function createKeepingKeyring(): Promise<TestKeyring> {
  const keyring = await createTestKeyring();
  const kept: { id: string; untilMs: number }[] = [];
  return {
    ...keyring,
    kept,
    keepEpoch: (id, untilMs) => {
      kept.push({ id, untilMs });
      return Promise.resolve(keyring.epochs.some((epoch) => epoch.id === id));
    },
  };
}

/** For all tests of a file, on a database of its own. */
export const givenRequestDesk = (): TestRequestDesk =>
  given(async () => {
    const database = await createTestDatabase();
    const desk = createRequestDesk(database.url, await createKeepingKeyring());
    return {
      ...desk,
      close: async () => {
        await desk.close();
        await database.drop();
      },
    };
  }, closeDesk);

/** Another app instance, of the same database and keyring. */
export const givenAnotherInstance = (of: TestRequestDesk): TestRequestDesk =>
  given(() => Promise.resolve(createRequestDesk(of.url, of.keyring)), closeDesk);

const closeDesk = (desk: TestRequestDesk) => desk.close();

export function createRequestDesk(
  databaseUrl: string,
  keyring: TestKeyring,
  {
    leaseSeconds = 120,
    nowMs = Date.now,
    historyFile = null,
    noticeReplies = () => Promise.resolve(),
  }: {
    leaseSeconds?: number;
    nowMs?: () => number;
    historyFile?: string | null;
    noticeReplies?: () => Promise<void>;
  } = {},
): TestRequestDesk {
  const client = connect(databaseUrl);
  const history = historyFile === null ? NO_HISTORY : createHistoryGuard(client, historyFile);
  return {
    client,
    url: databaseUrl,
    history,
    store: prismaRequestStore(client, { leaseSeconds, history }),
    keyring,
    clock: createDatabaseClock(nowMs),
    longestLifetime: async () => (await findPolicy(client)).longestExpiry,
    noticeReplies,
    appUrl: 'http://localhost:3000',
    close: () => client.$disconnect(),
  };
}

export interface TestStaff {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly vault: Vault;
}

/** Somebody with an account and a vault, for all tests of a file. */
export const givenStaff = (
  desk: TestRequestDesk,
  name: string,
  role: 'OWNER' | 'MEMBER' = 'MEMBER',
): TestStaff => given(() => createStaff(desk.client, name, role));

/** Somebody with an account and a vault. */
export async function createStaff(
  client: PrismaClient,
  name: string,
  role: 'OWNER' | 'MEMBER' = 'MEMBER',
): Promise<TestStaff> {
  const vault = await createVault();
  const accountId = randomUUID();
  const email = `${name.toLowerCase()}-${accountId}@example.org`;
  await client.account.create({
    data: {
      id: accountId,
      name,
      email,
      role,
      passwordSalt: randomBytes(16),
      signInHash: 'none',
      vaultPublicKey: Buffer.from(vault.publicKey),
      vaultSeedByPassword: randomBytes(60),
      vaultSeedByRecovery: randomBytes(60),
    },
  });
  return { accountId, name, email, vault };
}

/** What a browser calls the vault for which it sealed a seed. */
export function sealedFor({ vault }: Pick<TestStaff, 'vault'>): Uint8Array {
  return createHash('sha256').update(vault.publicKey).digest();
}
