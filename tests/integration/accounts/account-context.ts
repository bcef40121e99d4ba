/** What the use cases of accounts work with: a real database, keys of their own, and no Argon2. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import type { Role } from '@/lib/accounts/outcomes';
import { findSignInProof, type PersonProof, type SignInProof } from '@/lib/accounts/proof';
import { createSession, findStaff, type Staff } from '@/lib/accounts/sessions';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import type { Context } from '@/lib/server/context';
import { connect } from '@/lib/server/database';
import { createDatabaseClock } from '@/lib/server/database-clock';
import { createHistoryGuard } from '@/lib/server/history/history-guard';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { linkOf, type Mail } from '@/lib/server/mail/mail';
import { Prisma } from '@/lib/server/prisma-client/client';
import { stretchPassphrase } from '@/lib/server/stretch-passphrase';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';

/**
 * Any number of guesses may be made here, since each comes from another browser that is known to the
 * account: the tests of what counts them bring a browser themselves.
 */
export interface TestAccountContext extends Context {
  /** Of its database. */
  readonly url: string;
  /** What went out, in words. */
  readonly mails: string[];
  /** Where it fails no mail can be queued. */
  readonly queue: { fails: boolean };
  /** Does what was left for after the answer. How much that was. */
  finish(): Promise<number>;
  close(): Promise<void>;
}

/** For all tests of a file. */
export const givenAccountContext = (): TestAccountContext =>
  given(createTestAccountContext, (context) => context.close());

async function createTestAccountContext(): Promise<TestAccountContext> {
  const keys = await mkdtemp(join(tmpdir(), 'sealpost-accounts-'));
  const keyringFile = join(keys, 'keyring.json');
  process.env['KEYRING_FILE'] = keyringFile;
  const testDatabase = await createTestDatabase();
  const database = connect(testDatabase.url);
  const mails: string[] = [];
  const left: (() => Promise<unknown>)[] = [];
  const queue = { fails: false };
  return {
    database,
    keyring: createKeyring({ file: keyringFile }),
    clock: createDatabaseClock(),
    history: createHistoryGuard(database, `${keyringFile}.history`),
    appUrl: 'http://localhost:3000',
    leaseSeconds: 0,
    queueMail: (_transaction, mail) => {
      if (queue.fails) return Promise.reject(new Error('Nothing can be queued.'));
      mails.push(inWords(mail));
      return Promise.resolve('queued');
    },
    sendsMail: true,
    afterwards: (work) => left.push(work),
    accountsKey,
    browser: { knownTo: () => Promise.resolve(randomUUID()), remember: () => Promise.resolve() },
    hashSignInKey: (signInKey) => Promise.resolve(hashOf(signInKey)),
    verifySignInKey: (hash, signInKey) => Promise.resolve(hash === hashOf(signInKey)),
    stretchPassphrase,
    withStretchingRoom: (_room, work) => work(),
    url: testDatabase.url,
    mails,
    queue,
    finish: async () => {
      const works = left.splice(0);
      for (const work of works) await work();
      return works.length;
    },
    close: async () => {
      await database.$disconnect();
      await testDatabase.drop();
      await rm(keys, { recursive: true, force: true });
    },
  };
}

/** What of a mail tests look at. */
function inWords(mail: Mail): string {
  switch (mail.template) {
    case 'invitation':
    case 'recovery':
      return `${mail.template} ${mail.to} ${linkOf(mail)}`;
    case 'confirmEmail':
      return `confirm ${mail.to} ${linkOf(mail)}`;
    case 'guessed':
      return `guessed ${String(mail.count)} ${mail.to}`;
    case 'wrongCode':
      return `wrong code ${mail.to}`;
    case 'passwordChanged':
      return `password changed ${mail.to}`;
    case 'accessChanged':
      return `${mail.change} ${mail.to}`;
    default:
      throw new Error('A mail that is about no account.');
  }
}

/** Runs the statements of an act as it does: in a transaction of their own. */
export function act<Made>(
  { database }: Pick<TestAccountContext, 'database'>,
  work: (transaction: Prisma.TransactionClient) => Promise<Made>,
): Promise<Made> {
  return database.$transaction(work);
}

/** What is kept of an account's password. */
export async function signInHashOf(
  { database }: TestAccountContext,
  accountId: string,
): Promise<string | undefined> {
  return (await findSignInProof(database, Prisma.sql`id = ${accountId}::uuid`))?.signInHash;
}

/** Fast, and different for every change of a password. */
function hashOf(signInKey: Uint8Array): string {
  return `hash of ${Buffer.from(signInKey).toString('base64url')}`;
}

export interface TestAccount {
  readonly accountId: string;
  readonly email: string;
  readonly signInKey: Uint8Array;
  readonly vaultPublicKey: Uint8Array;
  /** The password is right, and no second factor on, as the stores take it. */
  readonly proof: SignInProof;
  /** What its browser shows for an act, without a second factor. */
  readonly shown: PersonProof;
}

export async function addAccount(
  { database }: TestAccountContext,
  role: Role = 'MEMBER',
): Promise<TestAccount> {
  const email = `${randomBytes(6).toString('hex')}@example.org`;
  const signInKey = randomBytes(32);
  const vaultPublicKey = randomBytes(1216);
  const { id } = await database.account.create({
    data: {
      email,
      name: 'Somebody',
      role,
      passwordSalt: randomBytes(16),
      signInHash: hashOf(signInKey),
      vaultPublicKey,
      vaultSeedByPassword: randomBytes(60),
      vaultSeedByRecovery: randomBytes(60),
    },
    select: { id: true },
  });
  return {
    accountId: id,
    email,
    signInKey,
    vaultPublicKey,
    proof: { accountId: id, signInHash: hashOf(signInKey), secondFactorSince: null },
    shown: { signInKey, code: '' },
  };
}

/** Signs an account in. What its requests are answered for. */
export async function addSession(
  { database }: TestAccountContext,
  { email, signInKey }: TestAccount,
): Promise<{ readonly tokenHash: Uint8Array; readonly sessionId: string }> {
  const tokenHash = await hashNewToken(createOpaqueToken());
  const session = { tokenHash, device: 'Firefox on Linux', replaces: null };
  const found = await findSignInProof(database, Prisma.sql`email = ${email}::text`);
  const proof = found === null ? null : { ...found, signInHash: hashOf(signInKey) };
  const sessionId = proof === null ? null : await createSession(database, proof, session);
  if (sessionId === null) throw new Error('The session was not made.');
  return { tokenHash, sessionId };
}

export async function staffOf(context: TestAccountContext, tokenHash: Uint8Array): Promise<Staff> {
  const staff = await findStaff(context.database, context.history, tokenHash);
  if (staff === null) throw new Error('The session has ended.');
  return staff;
}

/** Signs an account in, and gives who that is. */
export async function staffFor(context: TestAccountContext, account: TestAccount): Promise<Staff> {
  return staffOf(context, (await addSession(context, account)).tokenHash);
}

/** A request whose replies these accounts can read, with unopened replies to it. */
export async function addRequest(
  { database }: TestAccountContext,
  question: string,
  readers: readonly TestAccount[],
  replies = 0,
): Promise<bigint> {
  const id = randomBytes(8).readBigInt64BE();
  const inAnHour = new Date(Date.now() + 3_600_000);
  await database.request.create({
    data: {
      id,
      epoch: 'aaaaaaaa',
      publicKey: randomBytes(1216),
      question,
      repliesAllowed: 10,
      expiresAt: inAnHour,
      keepUntil: inAnHour,
      readers: {
        create: readers.map(({ accountId }) => ({ accountId, sealedSeed: randomBytes(1203) })),
      },
      replies: {
        create: Array.from({ length: replies }, () => ({
          id: randomBytes(8).readBigInt64BE(),
          epoch: 'aaaaaaaa',
          seal: 'BROWSER' as const,
          wrappedCiphertext: randomBytes(64),
          expiresAt: inAnHour,
        })),
      },
    },
    select: { id: true },
  });
  return id;
}

export async function stateOf({ database }: TestAccountContext, requestId: bigint) {
  const { state } = await database.request.findUniqueOrThrow({
    where: { id: requestId },
    select: { state: true },
  });
  return state;
}
