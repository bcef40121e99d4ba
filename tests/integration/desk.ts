/** A message desk on a real database with a keyring of its own: what the use cases run on in tests. */
import { randomBytes } from 'node:crypto';
import { toServerKey } from '@/lib/protocol/bytes';
import { deriveServerKeys } from '@/lib/protocol/keys';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { hashSignInKey, verifySignInKey } from '@/lib/server/accounts/sign-in-key';
import { connect, POOL_SIZE } from '@/lib/server/database';
import { createDatabaseClock } from '@/lib/server/database-clock';
import type { Context } from '@/lib/server/context';
import type { Epoch, Keyring } from '@/lib/server/keyring/keyring';
import { createHistoryGuard, type HistoryGuard } from '@/lib/server/history/history-guard';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import type { SealedLink } from '@/lib/sealed/outcomes';
import { sealOnServer, type SecretToSeal, type Sending } from '@/lib/sealed/seal';
import { stretchPassphrase, withStretchingRoom } from '@/lib/server/stretch-passphrase';

export interface TestDesk extends Context {
  /** Its database, by the name that most tests have for it. */
  readonly client: PrismaClient;
  close(): Promise<void>;
}

/** For tests in which no database goes back in time. */
export const NO_HISTORY: HistoryGuard = {
  expectedEndings: () => Promise.resolve(0n),
  expectedBeforeClaim: () => Promise.resolve(0n),
  notice: () => Promise.resolve(),
  proveRecordable: () => Promise.resolve(),
  record: () => Promise.resolve(),
  check: () => Promise.resolve(true),
  isMarked: () => Promise.resolve(true),
};

/** A keyring in memory with one epoch. Several desks may share it, as app instances do. */
export async function createTestKeyring(): Promise<Keyring & { readonly epochs: Epoch[] }> {
  const epochs = [await createEpoch()];
  return {
    epochs,
    sealingEpoch: () => {
      const [active] = epochs;
      return active === undefined
        ? Promise.reject(new Error('No epoch is left.'))
        : Promise.resolve(active);
    },
    liveEpochs: () => Promise.resolve(epochs),
    keepEpoch: (id) => Promise.resolve(epochs.some((epoch) => epoch.id === id)),
  };
}

export async function createEpoch(): Promise<Epoch> {
  return {
    id: randomBytes(4).toString('hex'),
    keys: await deriveServerKeys(toServerKey(randomBytes(32))),
  };
}

export function createTestDesk(
  databaseUrl: string,
  keyring: Keyring,
  {
    leaseSeconds = 120,
    nowMs = Date.now,
    historyFile = null,
    queueMail = () => Promise.resolve('not_configured'),
  }: {
    leaseSeconds?: number;
    nowMs?: () => number;
    historyFile?: string | null;
    queueMail?: Context['queueMail'];
  } = {},
): TestDesk {
  const client = connect(databaseUrl);
  const history = historyFile === null ? NO_HISTORY : createHistoryGuard(client, historyFile);
  return {
    client,
    database: client,
    history,
    leaseSeconds,
    queueMail,
    sendsMail: false,
    afterwards: () => undefined,
    accountsKey,
    browser: { knownTo: () => Promise.resolve(null), remember: () => Promise.resolve() },
    hashSignInKey,
    verifySignInKey,
    keyring,
    clock: createDatabaseClock(nowMs),
    stretchPassphrase,
    withStretchingRoom,
    appUrl: 'http://localhost:3000',
    close: () => client.$disconnect(),
  };
}

/** Opens every connection of the pools, so that statements which are to race do so from the first. */
export async function warmUp(...desks: readonly Pick<TestDesk, 'client'>[]): Promise<void> {
  const statements = desks.flatMap(({ client }) =>
    Array.from({ length: POOL_SIZE }, () => client.$queryRaw`SELECT pg_sleep(0.05)::text`),
  );
  await Promise.all(statements);
}

/** Seals for one recipient, or for none who has a name. */
export async function sealOne(
  desk: Context,
  secret: SecretToSeal,
  sending?: Sending,
): Promise<SealedLink> {
  const [sealed] = (await sealOnServer(desk, secret, sending)) ?? [];
  if (sealed === undefined) throw new Error('The desk was busy.');
  return sealed;
}

/** A claim nonce, as a page or browser makes one. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** The token at the end of a link. */
export function tokenOf(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1);
}
