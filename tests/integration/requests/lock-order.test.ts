/** Acts on accounts, readers and replies, in every pair at the same moment. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';
import { encodeTextEnvelope } from '@/lib/protocol/envelope';
import { sealReply } from '@/lib/protocol/reply';
import { createRequestKeys } from '@/lib/protocol/request-keys';
import { wrapAtRest } from '@/lib/protocol/at-rest';
import { sealReplyStatusToken, sealRequestToken } from '@/lib/protocol/tokens';
import type { Asked } from '@/lib/requests/access';
import { claimReply } from '@/lib/requests/claim-reply';
import { closeRequest, destroyRequest, extendRequest } from '@/lib/requests/manage';
import { addReader, removeReader } from '@/lib/requests/readers';
import { withdrawReply } from '@/lib/requests/replies';
import { storeSealedReply } from '@/lib/requests/reply';
import { formatRowId, replyIdOfRow, requestIdOfRow } from '@/lib/requests/rows';
import type { Epoch } from '@/lib/server/keyring/keyring';
import { setRole } from '@/lib/accounts/members';
import { insertLinkByOwner } from '@/lib/accounts/recovery-links';
import { makeCounted } from '@/lib/server/history/counted-change';
import { createHistoryGuard } from '@/lib/server/history/history-guard';
import { advanceMark } from '@/lib/server/history/mark-file';
import { Prisma } from '@/lib/server/prisma-client/client';
import { given } from '@/tests/support/given';
import { beginWhileWaiting, countWaiting, WAITING } from '../begin-while-waiting';
import { NO_HISTORY, newNonce } from '../desk';
import {
  createStaff,
  givenRequestDesk,
  givenStaff,
  newReader,
  type TestStaff,
} from './request-desk';
import { removeAsTold, replaceVaultAsTold, type Act } from '../accounts/remove-as-told';

const desk = givenRequestDesk();
const olivia = givenStaff(desk, 'Olivia', 'OWNER');
const cleo = givenStaff(desk, 'Cleo');
const marks = given(
  async () => ({ directory: await mkdtemp(join(tmpdir(), 'sealpost-lock-order-')) }),
  ({ directory }) => rm(directory, { recursive: true, force: true }),
);
/** To a key that none of the requests has: what it opens to is of no account here. */
const sealed = given(async () => {
  const { publicKey } = await createRequestKeys();
  return { reply: await sealReply(encodeTextEnvelope('the reply'), publicKey) };
});

interface World {
  /** Asked, and made Ben a link to a new password. */
  readonly ada: TestStaff;
  readonly ben: TestStaff;
  readonly link: Uint8Array;
  readonly requestId: bigint;
  readonly replyId: bigint;
  readonly keys: Epoch['keys'];
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
  const [epoch] = desk.keyring.epochs;
  if (epoch === undefined) throw new Error('No epoch is left.');
  const { id, keys } = epoch;
  const ids = { replyId: replyIdOfRow(replyId), requestId: requestIdOfRow(requestId) };
  const wrapped = await wrapAtRest('reply', keys.atRestKey, sealed.reply, ids);
  const reply = {
    epoch: id,
    seal: 'BROWSER',
    wrappedCiphertext: Buffer.from(wrapped),
    expiresAt: inAnHour,
  } as const;
  await client.request.create({
    data: {
      id: requestId,
      epoch: id,
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
  const made = await insertLinkByOwner(client, proofOf(ada), ben.accountId, link);
  expect(made).toBe('created');
  return { ada, ben, link, requestId, replyId, keys };
}

const newLink = () => hashNewToken(createOpaqueToken());
const proofOf = ({ accountId }: TestStaff) => ({
  accountId,
  signInHash: 'none',
  secondFactorSince: null,
});

/** An act on accounts: counted last. */
const act: Act = (work) => makeCounted(desk.client, NO_HISTORY, work, () => true);

const remove = (who: TestStaff) => removeAsTold(desk.client, proofOf(olivia), who.accountId, act);

const openAsBen = ({ ben, requestId, replyId }: World) =>
  claimReply(desk, ben.accountId, {
    request: formatRowId(requestId),
    reply: formatRowId(replyId),
    nonce: newNonce(),
  });

/** A request, as one who does something to it names it. */
const asked = ({ accountId }: TestStaff, { requestId }: World) => ({
  accountId,
  request: formatRowId(requestId),
});

const takeBenOff = (world: World) =>
  removeReader(desk, { ...asked(world.ada, world), readerId: world.ben.accountId });

const giveBenANewVault = ({ ben, link }: World) =>
  replaceVaultAsTold(
    desk.client,
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
    act,
  );

/** The database is behind its mark, as a copy of it would be. */
async function noticeARestore(): Promise<unknown> {
  const { databaseId, endings } = await desk.client.history.findFirstOrThrow();
  const file = join(marks.directory, String(endings));
  await advanceMark(file, { databaseId, endings: endings + 100n });
  return createHistoryGuard(desk.client, file).check();
}

const ACTS: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'Ben opens a reply': openAsBen,
  'its client takes a reply back': ({ replyId, keys }) =>
    withdrawReply(desk, sealReplyStatusToken(keys.tokenKey, replyIdOfRow(replyId))),
  'a reply arrives': ({ requestId, keys }) =>
    storeSealedReply(desk, {
      token: sealRequestToken(keys.tokenKey, requestIdOfRow(requestId)),
      nonce: newNonce(),
      sealedReply: sealed.reply,
    }),
  'Ada’s account is removed': ({ ada }) => remove(ada),
  'Ben’s account is removed': ({ ben }) => remove(ben),
  'Ben makes a new vault': giveBenANewVault,
  'Ada is made a member': ({ ada }) =>
    act((transaction) => setRole(transaction, proofOf(olivia), ada.accountId, 'MEMBER')),
  'Ben is taken off': takeBenOff,
  'Cleo is added': (world) =>
    addReader(desk, { ...asked(world.ada, world), reader: newReader(cleo) }),
  'Ada destroys the request': (world) => destroyRequest(desk, asked(world.ada, world)),
};

/** A row that is in the way, so that the first act waits in its middle. */
const IN_THE_WAY: Readonly<Record<string, (world: World) => Prisma.Sql>> = {
  history: () => Prisma.sql`SELECT id FROM history FOR UPDATE`,
  request: ({ requestId }) =>
    Prisma.sql`SELECT id FROM requests WHERE id = ${requestId}::bigint FOR UPDATE`,
  reply: ({ replyId }) =>
    Prisma.sql`SELECT id FROM sealed_items WHERE id = ${replyId}::bigint FOR UPDATE`,
};

/** What a manager can do to a request besides adding readers. */
const BY_MANAGER: Readonly<Record<string, (by: Asked, other: string) => Promise<unknown>>> = {
  'closing it': (by) => closeRequest(desk, by),
  'destroying it': (by) => destroyRequest(desk, by),
  'extending it': (by) => extendRequest(desk, { ...by, expiresIn: '4h' }),
  'taking somebody else off': (by, readerId) => removeReader(desk, { ...by, readerId }),
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
      () => openAsBen(world),
    );
    expect(claimed).toEqual({ status: 'unknown' });
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
        SELECT id FROM sealed_items WHERE id = ${world.replyId}::bigint FOR UPDATE`,
      () => openAsBen(world).then(noted('opened')),
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
        () => takeBenOff(world),
        () => begin(asked(ben, world), ada.accountId),
      );
      expect(done).toEqual({ status: 'unknown' });
      const { state } = await desk.client.request.findUniqueOrThrow({ where: { id: requestId } });
      expect(state).toBe('OPEN');
      expect(await desk.client.requestReader.count({ where: { requestId } })).toBe(1);
    },
  );

  it('adds nobody by what waited while they were taken off, not even themselves', async () => {
    const world = await settle();
    const { requestId, ben } = world;
    // Without its maker, its readers manage it.
    await desk.client.$executeRaw`UPDATE requests SET created_by_id = NULL WHERE id = ${requestId}`;
    const [, added] = await beginWhileWaiting(
      desk.client,
      (transaction) => transaction.$queryRaw`SELECT id FROM history FOR UPDATE`,
      () => takeBenOff(world),
      () => addReader(desk, { ...asked(ben, world), reader: newReader(ben) }),
    );
    expect(added).toEqual({ status: 'unknown' });
    expect(
      await desk.client.requestReader.count({ where: { requestId, accountId: ben.accountId } }),
    ).toBe(0);
  });
});
