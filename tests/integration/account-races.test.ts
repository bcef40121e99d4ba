import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpaqueToken, hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { findInvitation } from '@/lib/accounts/invitations';
import { createSession, findStaff } from '@/lib/accounts/sessions';
import { hasNoAccount, insertInvited, insertOwner, type NewAccount } from '@/lib/accounts/sign-up';
import { connect } from '@/lib/server/database';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { beginWhileWaiting } from './begin-while-waiting';
import { NO_HISTORY } from './desk';

let database: TestDatabase;
let clients: readonly [PrismaClient, PrismaClient];

beforeAll(async () => {
  database = await createTestDatabase();
  clients = [connect(database.url), connect(database.url)];
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.$disconnect()));
  await database.drop();
});

/** Two app instances, in turn. */
const clientOf = (index: number) => (index % 2 ? clients[0] : clients[1]);

const makeOwner = (index: number, email: string, account = newAccount()) =>
  clientOf(index).$transaction((transaction) => insertOwner(transaction, email, account));

const makeInvited = (index: number, invitation: Uint8Array) =>
  clientOf(index).$transaction((transaction) =>
    insertInvited(transaction, invitation, newAccount()),
  );

function newAccount(): NewAccount {
  return {
    name: 'Somebody',
    passwordSalt: randomBytes(16),
    signInHash: '$argon2id$',
    vault: {
      publicKey: randomBytes(1216),
      seedByPassword: randomBytes(60),
      seedByRecovery: randomBytes(60),
    },
  };
}

/** As a row of the table. */
function columnsOf({ vault, passwordSalt, ...account }: NewAccount) {
  return {
    ...account,
    passwordSalt: Buffer.from(passwordSalt),
    vaultPublicKey: Buffer.from(vault.publicKey),
    vaultSeedByPassword: Buffer.from(vault.seedByPassword),
    vaultSeedByRecovery: Buffer.from(vault.seedByRecovery),
  };
}

async function newInvitation(email: string, expiresIn = '1 hour'): Promise<Uint8Array> {
  const tokenHash = await hashOpaqueToken(createOpaqueToken());
  if (tokenHash === null) throw new Error('A new token can be hashed.');
  await clients[0].$executeRaw`
    INSERT INTO invitations (token_hash, email, role, expires_at) VALUES
    (${Buffer.from(tokenHash)}, ${email}, 'MEMBER', clock_timestamp() + ${expiresIn}::interval)`;
  return tokenHash;
}

const countOf = (email: string) => clients[0].account.count({ where: { email } });

describe('making accounts', () => {
  it('makes one owner, however many sign up at the same moment on an empty instance', async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, index) => makeOwner(index, `first-${index}@example.org`)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    const accounts = await clients[0].account.findMany({ select: { role: true } });
    expect(accounts).toEqual([{ role: 'OWNER' }]);
    expect(await hasNoAccount({ database: clients[0] })).toBe(false);
  });

  it('makes no second owner while the first is being made', async () => {
    await clients[0].account.deleteMany();
    const [email, first] = ['first@example.org', newAccount()];
    const [isFirstMade, isLateMade] = await beginWhileWaiting(
      clients[0],
      ({ account }) => account.create({ data: { ...columnsOf(first), email, role: 'MEMBER' } }),
      () => makeOwner(0, email, first),
      () => makeOwner(1, 'late@example.org'),
    );
    expect([isFirstMade, isLateMade]).toEqual([true, false]);
    expect(await countOf('late@example.org')).toBe(0);
  });

  it('makes one account of an invitation, however often it is accepted at the same moment', async () => {
    const invitation = await newInvitation('invited@example.org');
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, index) => makeInvited(index, invitation)),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await countOf('invited@example.org')).toBe(1);
  });

  it('makes no account of a used invitation, also when the one it made was removed', async () => {
    const invitation = await newInvitation('removed@example.org');
    const accept = () => makeInvited(0, invitation);
    expect(await accept()).toBe('created');
    await clients[0].account.delete({ where: { email: 'removed@example.org' } });
    expect(await accept()).toBe('invitation_unknown');
    expect(await countOf('removed@example.org')).toBe(0);
  });

  it('makes one account of two invitations to one address, and leaves the other unused', async () => {
    const invitations = [
      await newInvitation('twice@example.org'),
      await newInvitation('twice@example.org'),
    ];
    const outcomes = await Promise.all(
      invitations.map((invitation, index) => makeInvited(index, invitation)),
    );
    expect(outcomes.toSorted()).toEqual(['created', 'email_taken']);
    expect(await countOf('twice@example.org')).toBe(1);
    expect(
      await clients[0].invitation.count({
        where: { email: 'twice@example.org', acceptedAt: null },
      }),
    ).toBe(1);
  });

  it('takes no invitation that has expired by the database’s clock, or was never made', async () => {
    const expired = await newInvitation('late@example.org', '-1 second');
    const unknown = randomBytes(32);
    for (const invitation of [expired, unknown]) {
      expect(await findInvitation(clients[0], invitation)).toBeNull();
      expect(await makeInvited(0, invitation)).toBe('invitation_unknown');
    }
    expect(await countOf('late@example.org')).toBe(0);
  });
});

describe('a session', () => {
  async function newSession(): Promise<{ accountId: string; tokenHash: Uint8Array }> {
    const invitation = await newInvitation(`${randomBytes(4).toString('hex')}@example.org`);
    await makeInvited(0, invitation);
    const { id } = await clients[0].account.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    const tokenHash = new Uint8Array(randomBytes(32));
    const proof = { accountId: id, signInHash: '$argon2id$', secondFactorSince: null };
    await createSession(clients[0], proof, {
      tokenHash,
      device: 'Firefox on Linux',
      replaces: null,
    });
    return { accountId: id, tokenHash };
  }

  it('ends at the next request on every instance once it is ended on one', async () => {
    const { accountId, tokenHash } = await newSession();
    expect((await findStaff(clients[0], NO_HISTORY, tokenHash))?.accountId).toBe(accountId);
    await clients[0].session.deleteMany({ where: { tokenHash: Buffer.from(tokenHash) } });
    expect(await findStaff(clients[0], NO_HISTORY, tokenHash)).toBeNull();
  });

  it('ends with its account', async () => {
    const { accountId, tokenHash } = await newSession();
    await clients[0].account.delete({ where: { id: accountId } });
    expect(await findStaff(clients[0], NO_HISTORY, tokenHash)).toBeNull();
  });

  it.each([
    ['its time is over', `expires_at = clock_timestamp() - interval '1 second'`],
    ['nobody has used it for a week', `last_seen_at = clock_timestamp() - interval '7 days'`],
  ])('ends when %s, by the database’s clock', async (_when, change) => {
    const { accountId, tokenHash } = await newSession();
    await clients[0].$executeRawUnsafe(
      `UPDATE sessions SET ${change} WHERE account_id = '${accountId}'`,
    );
    expect(await findStaff(clients[1], NO_HISTORY, tokenHash)).toBeNull();
  });
});
