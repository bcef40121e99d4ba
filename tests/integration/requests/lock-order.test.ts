/** Acts on accounts, readers and replies, in every pair at the same moment. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';
import type { Access } from '@/lib/requests/ports';
import { accountStores } from '@/lib/server/account-store/account-stores';
import { makeCounted } from '@/lib/server/history/counted-change';
import { createHistoryGuard } from '@/lib/server/history/history-guard';
import { advanceMark } from '@/lib/server/history/mark-file';
import { Prisma } from '@/lib/server/prisma-client/client';
import { given } from '@/tests/support/given';
import { beginWhileWaiting, countWaiting, WAITING } from '../begin-while-waiting';
import { NO_HISTORY } from '../desk';
import {
  createStaff,
  givenRequestDesk,
  givenStaff,
  sealedFor,
  type TestStaff,
} from './request-desk';
import { removeAsTold, replaceVaultAsTold } from '../accounts/remove-as-told';

const desk = givenRequestDesk();
const olivia = givenStaff(desk, 'Olivia', 'OWNER');
const cleo = givenStaff(desk, 'Cleo');
const marks = given(
  async () => ({ directory: await mkdtemp(join(tmpdir(), 'sealpost-lock-order-')) }),
  ({ directory }) => rm(directory, { recursive: true, force: true }),
);
const EPOCH = 'aaaaaaaa';

interface World {
  /** Asked, and made Ben a link to a new password. */
  readonly ada: TestStaff;
  readonly ben: TestStaff;
  readonly link: Uint8Array;
  readonly requestId: bigint;
  readonly replyId: bigint;
}

const newId = () => randomBytes(8).readBigInt64BE();
const bytes = (length: number) => Buffer.from(randomBytes(length));

/** A request that Ada and Ben read, with a reply that waits and one that Ben has opened. */
async function settle(): Promise<World> {
  const { client } = desk;
  const ada = await createStaff(client, 'Ada', 'OWNER');
  const ben = await createStaff(client, 'Ben');
  const [link, requestId, replyId] = [await newLink(), newId(), newId()];
  const inAnHour = new Date(Date.now() + 3_600_000);
  const reply = { epoch: EPOCH, seal: 'BROWSER', wrappedCiphertext: bytes(64) } as const;
  await client.request.create({
    data: {
      id: requestId,
      epoch: EPOCH,
      publicKey: bytes(1216),
      question: 'q',
      repliesAllowed: 10,
      repliesReceived: 2,
      createdById: ada.accountId,
      expiresAt: inAnHour,
      keepUntil: inAnHour,
      readers: {
        create: [ada, ben].map(({ accountId }) => ({
          accountId,
          sealedSeed: bytes(SEALED_SEED_BYTES.shared),
        })),
      },
      replies: {
        create: [
          { id: replyId, ...reply },
          {
            id: newId(),
            ...reply,
            state: 'CLAIMED',
            claimedById: ben.accountId,
            claimedAt: new Date(),
            claimNonceHash: bytes(32),
            leaseUntil: inAnHour,
          },
        ],
      },
    },
    select: { id: true },
  });
  for (const { accountId } of [ada, ben]) {
    await client.session.create({
      data: { accountId, tokenHash: bytes(32), expiresAt: inAnHour },
      select: { id: true },
    });
  }
  const made = await accountStores(client).recovery.createForMember(
    proofOf(ada),
    ben.accountId,
    link,
  );
  expect(made).toBe('created');
  return { ada, ben, link, requestId, replyId };
}

const newLink = () => hashNewToken(createOpaqueToken());
const proofOf = ({ accountId }: TestStaff) => ({
  accountId,
  signInHash: 'none',
  secondFactorSince: null,
});

/** An act on accounts, as the desk does it: counted last. */
const act = <Made>(work: (stores: ReturnType<typeof accountStores>) => Promise<Made>) =>
  makeCounted(
    desk.client,
    NO_HISTORY,
    (transaction) => work(accountStores(transaction)),
    () => true,
  );

const remove = (who: TestStaff) =>
  removeAsTold(
    {
      listMembers: () => accountStores(desk.client).members.listMembers(),
      removeMember: (owner, accountId, told) =>
        act(({ members }) => members.removeMember(owner, accountId, told)),
    },
    proofOf(olivia),
    who.accountId,
  );

const claimOf = ({ ben, requestId, replyId }: World) => ({
  accountId: ben.accountId,
  requestId,
  replyId,
  nonceHash: randomBytes(32),
});

const readerOf = (who: TestStaff) => ({
  accountId: who.accountId,
  sealedSeed: randomBytes(SEALED_SEED_BYTES.shared),
  sealedFor: sealedFor(who),
  isTold: false,
});

const takeBenOff = ({ ada, ben, requestId }: World) =>
  desk.store.removeReader({ accountId: ada.accountId, requestId }, ben.accountId);

const giveBenANewVault = ({ ben, link }: World) =>
  replaceVaultAsTold(
    {
      findLosses: (accountId) => accountStores(desk.client).recovery.findLosses(accountId),
      complete: (tokenHash, recovered) =>
        act(({ recovery }) => recovery.complete(tokenHash, recovered)),
    },
    ben.accountId,
    link,
    {
      passwordSalt: randomBytes(16),
      signInHash: 'new',
      secondFactorSince: null,
      vault: {
        publicKey: randomBytes(1216),
        seedByPassword: randomBytes(60),
        seedByRecovery: randomBytes(60),
      },
    },
  );

/** The database is behind its mark, as a copy of it would be. */
async function noticeARestore(): Promise<unknown> {
  const { databaseId, endings } = await desk.client.history.findFirstOrThrow();
  const file = join(marks.directory, String(endings));
  await advanceMark(file, { databaseId, endings: endings + 100n });
  return createHistoryGuard(desk.client, file).check();
}

const ACTS: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'Ben opens a reply': (world) => desk.store.claimReply(claimOf(world)),
  'its client takes a reply back': ({ replyId }) =>
    desk.store.withdrawReply({ id: replyId, epoch: EPOCH }),
  'a reply arrives': ({ requestId }) =>
    desk.store.insertReply({
      id: newId(),
      requestId,
      epoch: EPOCH,
      seal: 'browser',
      wrappedCiphertext: bytes(64),
      keptUntilMs: Date.now() + 7_200_000,
    }),
  'Ada’s account is removed': ({ ada }) => remove(ada),
  'Ben’s account is removed': ({ ben }) => remove(ben),
  'Ben makes a new vault': giveBenANewVault,
  'Ada is made a member': ({ ada }) =>
    act(({ members }) => members.changeRole(proofOf(olivia), ada.accountId, 'MEMBER')),
  'Ben is taken off': takeBenOff,
  'Cleo is added': ({ ada, requestId }) =>
    desk.store.addReader({ accountId: ada.accountId, requestId }, readerOf(cleo)),
  'Ada destroys the request': ({ ada, requestId }) =>
    desk.store.destroy({ accountId: ada.accountId, requestId }),
};

/** A row that is in the way, so that the first act waits in its middle. */
const IN_THE_WAY: Readonly<Record<string, (world: World) => Prisma.Sql>> = {
  history: () => Prisma.sql`SELECT id FROM history FOR UPDATE`,
  request: ({ requestId }) =>
    Prisma.sql`SELECT id FROM requests WHERE id = ${requestId}::bigint FOR UPDATE`,
  reply: ({ replyId }) =>
    Prisma.sql`SELECT id FROM replies WHERE id = ${replyId}::bigint FOR UPDATE`,
};

/** What a manager can do to a request besides adding readers. */
const BY_MANAGER: Readonly<Record<string, (access: Access, other: string) => Promise<unknown>>> = {
  'closing it': (access) => desk.store.close(access),
  'destroying it': (access) => desk.store.destroy(access),
  'extending it': (access) =>
    desk.store.extend(access, { lifetime: 7200, ...in2Hours(), replies: 2 }),
  'taking somebody else off': (access, other) => desk.store.removeReader(access, other),
};

const in2Hours = () => {
  const expiresAtMs = Date.now() + 7_200_000;
  return { expiresAtMs, keepUntilMs: expiresAtMs };
};

/** What becomes of two acts that both wait, or are over, when the row goes. */
async function bothAtOnce(
  inTheWay: Prisma.Sql,
  acts: readonly (() => Promise<unknown>)[],
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const begun: Promise<unknown>[] = [];
  let over = 0;
  await desk.client.$transaction(async (transaction) => {
    await transaction.$queryRaw(inTheWay);
    for (const begin of acts) {
      const going = begin();
      begun.push(going);
      void going.catch(() => undefined).finally(() => (over += 1));
      await vi.waitUntil(
        async () => over + (await countWaiting(desk.client)) >= begun.length,
        WAITING,
      );
    }
  });
  return Promise.allSettled(begun);
}

const CASES = Object.keys(IN_THE_WAY).flatMap((row) =>
  Object.keys(ACTS).map((first) => [first, row] as const),
);

describe('no two acts wait for each other in a circle', () => {
  it.each(CASES)(
    '%s, while the %s is held, and at the same moment anything else',
    async (first, row) => {
      for (const [second, begin] of Object.entries(ACTS)) {
        const world = await settle();
        const held = IN_THE_WAY[row]?.(world) ?? Prisma.empty;
        const acts = [
          () => ACTS[first]?.(world) ?? Promise.reject(new Error('No such act.')),
          () => begin(world),
        ];
        const failed = (await bothAtOnce(held, acts)).filter(({ status }) => status === 'rejected');
        expect(failed, `${first}, and ${second}`).toEqual([]);
      }
    },
  );
});

describe('a restore that is noticed', () => {
  /** How many can still get in by what the copy had. */
  const waysIn = async ({ ada, ben }: World) => {
    const accountId = { in: [ada.accountId, ben.accountId] };
    return (
      (await desk.client.session.count({ where: { accountId } })) +
      (await desk.client.accountRecovery.count({ where: { accountId, usedAt: null } }))
    );
  };

  it.each(Object.entries(ACTS))(
    'ends every way in, and waits in no circle with what goes on: %s, before and after',
    async (what, begin) => {
      for (const isFirst of [true, false]) {
        const world = await settle();
        expect(await waysIn(world)).toBe(3);
        const acts = [noticeARestore, () => begin(world)];
        const held = Prisma.sql`SELECT id FROM history FOR UPDATE`;
        const all = await bothAtOnce(held, isFirst ? acts : acts.reverse());
        expect(
          all.map(({ status }) => status),
          `${what}, ${isFirst ? 'after' : 'before'} it`,
        ).toEqual(['fulfilled', 'fulfilled']);
        expect(await waysIn(world)).toBe(0);
      }
    },
  );
});

describe('who stops being a reader', () => {
  const leavings: typeof ACTS = {
    'Ben is taken off': takeBenOff,
    'Ben makes a new vault': giveBenANewVault,
  };

  it.each(
    Object.entries({ ...leavings, 'Ben’s account is removed': ({ ben }: World) => remove(ben) }),
  )('opens nothing by a claim that waited while %s', async (_how, leave) => {
    const world = await settle();
    const [, claimed] = await beginWhileWaiting(
      desk.client,
      (transaction) => transaction.$queryRaw`SELECT id FROM history FOR UPDATE`,
      () => leave(world),
      () => desk.store.claimReply(claimOf(world)),
    );
    expect(claimed).toBeNull();
  });

  it('has opened a reply before they are taken off, or does not: nobody is told of it meanwhile', async () => {
    const world = await settle();
    const over: string[] = [];
    const noted = (what: string) => (result: unknown) => {
      over.push(what);
      return result;
    };
    await beginWhileWaiting(
      desk.client,
      (transaction) => transaction.$queryRaw`
        SELECT id FROM replies WHERE id = ${world.replyId}::bigint FOR UPDATE`,
      () => desk.store.claimReply(claimOf(world)).then(noted('opened')),
      () => takeBenOff(world).then(noted('taken off')),
    );
    expect(over).toEqual(['opened', 'taken off']);
  });

  it.each(Object.entries(BY_MANAGER))(
    'manages nothing by what waited while they were taken off, where the maker’s account is gone: %s',
    async (_what, begin) => {
      const world = await settle();
      const { requestId, ben, ada } = world;
      await desk.client
        .$executeRaw`UPDATE requests SET created_by_id = NULL WHERE id = ${requestId}`;
      const [, done] = await beginWhileWaiting(
        desk.client,
        (transaction) => transaction.$queryRaw`SELECT id FROM history FOR UPDATE`,
        () => desk.store.removeReader({ accountId: ada.accountId, requestId }, ben.accountId),
        () => begin({ accountId: ben.accountId, requestId }, ada.accountId),
      );
      expect([null, false]).toContain(done);
      const { state } = await desk.client.request.findUniqueOrThrow({ where: { id: requestId } });
      expect(state).toBe('OPEN');
      expect(await desk.client.requestReader.count({ where: { requestId } })).toBe(1);
    },
  );

  it('adds nobody by what waited while they were taken off, not even themselves', async () => {
    const world = await settle();
    const { requestId, ben, ada } = world;
    // Without its maker, its readers manage it.
    await desk.client.$executeRaw`UPDATE requests SET created_by_id = NULL WHERE id = ${requestId}`;
    const [, added] = await beginWhileWaiting(
      desk.client,
      (transaction) => transaction.$queryRaw`SELECT id FROM history FOR UPDATE`,
      () => desk.store.removeReader({ accountId: ada.accountId, requestId }, ben.accountId),
      () => desk.store.addReader({ accountId: ben.accountId, requestId }, readerOf(ben)),
    );
    expect(added).toBeNull();
    expect(
      await desk.client.requestReader.count({ where: { requestId, accountId: ben.accountId } }),
    ).toBe(0);
  });
});
