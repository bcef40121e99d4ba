/** A context on a real database, with staff who have vaults: what the use cases of requests run on in tests. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';
import type { SealedSeedKind } from '@/lib/protocol/request';
import { createVault, type Vault } from '@/lib/protocol/vault';
import type { NewReader } from '@/lib/requests/create';
import type { Colleague } from '@/lib/requests/outcomes';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';
import { createTestDesk, createTestKeyring, type TestDesk } from '../desk';

/** One app instance. */
export interface TestRequestDesk extends TestDesk {
  readonly keyring: TestKeyring;
  /** Of its database. */
  readonly url: string;
}

export type TestKeyring = Awaited<ReturnType<typeof createTestKeyring>> & {
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
      return keyring.keepEpoch(id, untilMs);
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
  url: string,
  keyring: TestKeyring,
  options?: Parameters<typeof createTestDesk>[2],
): TestRequestDesk {
  return { ...createTestDesk(url, keyring, options), url, keyring };
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

/** A reader as the browser of the one who asks or adds hands them over; unless it is given, with a seed that opens nothing. */
export function newReader(
  staff: Pick<TestStaff, 'accountId' | 'vault'>,
  { kind = 'shared', ...given }: { kind?: SealedSeedKind } & Partial<NewReader> = {},
): NewReader {
  return {
    accountId: staff.accountId,
    sealedSeed: randomBytes(SEALED_SEED_BYTES[kind]),
    sealedFor: sealedFor(staff),
    isTold: false,
    ...given,
  };
}

/** As the browsers of colleagues know them. */
export function colleagueOf({ accountId, name, email, vault }: TestStaff): Colleague {
  return { accountId, name, email, vaultPublicKey: encodeBase64url(vault.publicKey) };
}
