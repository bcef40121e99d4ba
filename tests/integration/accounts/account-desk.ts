/** The use cases of accounts on a real database, with keys of their own and without Argon2. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import type { AccountMail } from '@/lib/accounts/mail-ports';
import type { Role } from '@/lib/accounts/outcomes';
import type { SignInProof } from '@/lib/accounts/own-account-ports';
import type { PersonProof } from '@/lib/accounts/prove-person';
import type { AccountDesk, Staff } from '@/lib/accounts/ports';
import { findStaff } from '@/lib/server/account-store/find-staff';
import { accountStores } from '@/lib/server/account-store/account-stores';
import { prismaGuesses } from '@/lib/server/account-store/guesses';
import { prismaSecondFactor } from '@/lib/server/account-store/second-factor';
import { connect } from '@/lib/server/database';
import { makeCounted } from '@/lib/server/history/counted-change';
import { createHistoryGuard, type HistoryGuard } from '@/lib/server/history/history-guard';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';

/** Any number of guesses may be made here: the tests of what counts them bring that themselves. */
export interface TestAccountDesk extends AccountDesk {
  readonly client: PrismaClient;
  readonly history: HistoryGuard;
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
export const givenAccountDesk = (): TestAccountDesk =>
  given(createTestAccountDesk, (desk) => desk.close());

async function createTestAccountDesk(): Promise<TestAccountDesk> {
  const keys = await mkdtemp(join(tmpdir(), 'sealpost-accounts-'));
  process.env['KEYRING_FILE'] = join(keys, 'keyring.json');
  const database = await createTestDatabase();
  const client = connect(database.url);
  const mails: string[] = [];
  const history = createHistoryGuard(client, join(keys, 'keyring.json.history'));
  const left: (() => Promise<void>)[] = [];
  const queue = { fails: false };
  const send = (text: string) => {
    if (queue.fails) return Promise.reject(new Error('Nothing can be queued.'));
    mails.push(text);
    return Promise.resolve(true);
  };
  const mail: AccountMail = {
    isSetUp: () => true,
    invitation: ({ email, link }) => send(`invitation ${email} ${link}`),
    recovery: ({ email }, link) => send(`recovery ${email} ${link}`),
    confirmEmail: ({ email }, link) => send(`confirm ${email} ${link}`),
    guessed: ({ email }, { count }) => send(`guessed ${String(count)} ${email}`),
    wrongCode: ({ email }) => send(`wrong code ${email}`),
    passwordChanged: ({ email }) => send(`password changed ${email}`),
    accessChanged: ({ email }, change) => send(`${change} ${email}`),
  };
  return {
    client,
    url: database.url,
    mails,
    queue,
    ...accountStores(client),
    secondFactor: prismaSecondFactor(client),
    mail,
    history,
    together: (work) =>
      makeCounted(
        client,
        history,
        (transaction) => work({ ...accountStores(transaction), mail }),
        ({ status }) => status !== 'refused',
      ),
    appUrl: 'http://localhost:3000',
    hashSignInKey: (signInKey) => Promise.resolve(hashOf(signInKey)),
    verifySignInKey: (hash, signInKey) => Promise.resolve(hash === hashOf(signInKey)),
    decoySalt: () => Promise.resolve(randomBytes(16)),
    guesses: { ...prismaGuesses(client), take: () => Promise.resolve(true) },
    browser: { knownTo: () => Promise.resolve(null), remember: () => Promise.resolve() },
    withStretchingRoom: (work) => work(),
    afterwards: (work) => left.push(work),
    finish: async () => {
      const works = left.splice(0);
      for (const work of works) await work();
      return works.length;
    },
    close: async () => {
      await client.$disconnect();
      await database.drop();
      await rm(keys, { recursive: true, force: true });
    },
  };
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
  { client }: TestAccountDesk,
  role: Role = 'MEMBER',
): Promise<TestAccount> {
  const email = `${randomBytes(6).toString('hex')}@example.org`;
  const signInKey = randomBytes(32);
  const vaultPublicKey = randomBytes(1216);
  const { id } = await client.account.create({
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
  { store }: TestAccountDesk,
  { email, signInKey }: TestAccount,
): Promise<{ readonly tokenHash: Uint8Array; readonly sessionId: string }> {
  const tokenHash = await hashNewToken(createOpaqueToken());
  const session = { tokenHash, device: 'Firefox on Linux', replaces: null };
  const found = await store.findForSignIn(email);
  const proof = found === null ? null : { ...found, signInHash: hashOf(signInKey) };
  const sessionId = proof === null ? null : await store.createSession(proof, session);
  if (sessionId === null) throw new Error('The session was not made.');
  return { tokenHash, sessionId };
}

export async function staffOf(desk: TestAccountDesk, tokenHash: Uint8Array): Promise<Staff> {
  const staff = await findStaff(desk.client, desk.history, tokenHash);
  if (staff === null) throw new Error('The session has ended.');
  return staff;
}

/** Signs an account in, and gives who that is. */
export async function staffFor(desk: TestAccountDesk, account: TestAccount): Promise<Staff> {
  return staffOf(desk, (await addSession(desk, account)).tokenHash);
}

/** A request whose replies these accounts can read, with unopened replies to it. */
export async function addRequest(
  { client }: TestAccountDesk,
  question: string,
  readers: readonly TestAccount[],
  replies = 0,
): Promise<bigint> {
  const id = randomBytes(8).readBigInt64BE();
  const inAnHour = new Date(Date.now() + 3_600_000);
  await client.request.create({
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
        })),
      },
    },
    select: { id: true },
  });
  return id;
}

export async function stateOf({ client }: TestAccountDesk, requestId: bigint) {
  const { state } = await client.request.findUniqueOrThrow({
    where: { id: requestId },
    select: { state: true },
  });
  return state;
}
