import { beforeEach, describe, expect, it } from 'vitest';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealForColleague } from '@/lib/browser/requests/request-seed';
import { decodeBase64url } from '@/lib/protocol/bytes';
import { X_WING_PUBLIC_KEY_BYTES } from '@/lib/protocol/constants';
import { acknowledgeReply, claimReply } from '@/lib/requests/claim-reply';
import { type NewReader, type RequestToCreate, createRequest } from '@/lib/requests/create';
import { showRequest } from '@/lib/requests/inbox';
import { closeRequest, destroyRequest, extendRequest } from '@/lib/requests/manage';
import { addReader, chooseNotice, removeReader } from '@/lib/requests/readers';
import {
  openKeptClosed,
  discardKeptClosed,
  keepEverythingClosed,
} from '@/lib/server/history/history-guard';
import { newNonce } from '../desk';
import {
  askFor,
  claimAs,
  firstReply,
  guessedId,
  listedFor,
  openAs,
  replyInBrowser,
  type TestRequest,
} from './both-browsers';
import {
  colleagueOf,
  createRequestDesk,
  createStaff,
  givenRequestDesk,
  givenStaff,
  newReader,
  type TestStaff,
} from './request-desk';

const PEOPLE = ['creator', 'creatorWhoCannotRead', 'reader', 'colleague', 'owner'] as const;
type Person = (typeof PEOPLE)[number];

const desk = givenRequestDesk();
const creator = givenStaff(desk, 'Creator');
const people: Record<Person, TestStaff> = {
  creator,
  creatorWhoCannotRead: creator,
  reader: givenStaff(desk, 'Reader'),
  colleague: givenStaff(desk, 'Colleague'),
  owner: givenStaff(desk, 'Owner', 'OWNER'),
};
const newcomer = givenStaff(desk, 'Newcomer');
let request: TestRequest;
let replyId: string;

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM requests`;
  request = await askFor(desk, people.creator, { readers: [people.creator, people.reader] });
  await replyInBrowser(desk, request);
  replyId = (await firstReply(desk, people.creator, request)).id;
});

async function stepBack(person: Person): Promise<void> {
  if (person !== 'creatorWhoCannotRead') return;
  const { accountId } = people.creator;
  await removeReader(desk, { accountId, request: request.id, readerId: accountId });
}

async function sealedSeed(): Promise<Uint8Array> {
  const opened = await openAs(desk, people.creator, request);
  if (opened === null || opened === 'altered') throw new Error('The creator can’t open it.');
  return decodeBase64url((await sealForColleague(opened, colleagueOf(newcomer))).sealedSeed);
}

interface Target {
  readonly request: string;
  readonly reply: string;
}

/** Everything that staff can do to a request or reply that exists. Each tells whether it was done. */
const ACTIONS: Record<string, (accountId: string, target: Target) => Promise<boolean>> = {
  show: async (accountId, target) =>
    (await showRequest(desk, accountId, target.request)).status === 'known',
  claim: async (accountId, target) =>
    (await claimReply(desk, accountId, { ...target, nonce: newNonce() })).status === 'claimed',
  addReader: async (accountId, target) => {
    const reader = newReader(newcomer);
    return isKnown(await addReader(desk, { accountId, request: target.request, reader }));
  },
  removeReader: async (accountId, target) => {
    const readerId = people.reader.accountId;
    const state = await removeReader(desk, { accountId, request: target.request, readerId });
    // Somebody else has to remain, which is another guarantee than this one.
    return state.status !== 'unknown';
  },
  chooseNotice: async (accountId, target) =>
    isKnown(await chooseNotice(desk, { accountId, request: target.request, isTold: true })),
  extend: async (accountId, target) =>
    isKnown(await extendRequest(desk, { accountId, request: target.request, expiresIn: '30d' })),
  close: async (accountId, target) =>
    isKnown(await closeRequest(desk, { accountId, request: target.request })),
  destroy: async (accountId, target) =>
    isKnown(await destroyRequest(desk, { accountId, request: target.request })),
};

const ALLOWED: Record<string, readonly Person[]> = {
  show: ['creator', 'creatorWhoCannotRead', 'reader'],
  claim: ['creator', 'reader'],
  addReader: ['creator'],
  removeReader: ['creator', 'creatorWhoCannotRead'],
  chooseNotice: ['creator', 'reader'],
  extend: ['creator', 'creatorWhoCannotRead'],
  close: ['creator', 'creatorWhoCannotRead'],
  destroy: ['creator', 'creatorWhoCannotRead'],
};

function isKnown(state: { readonly status: string }): boolean {
  return state.status === 'known';
}

/** Everything that is stored about requests. */
async function snapshot(): Promise<unknown> {
  return Promise.all(
    ['requests', 'request_readers', 'sealed_items'].map((table) =>
      desk.client.$queryRawUnsafe(`SELECT md5(array_agg(t ORDER BY t)::text) FROM ${table} t`),
    ),
  );
}

const CASES = Object.keys(ACTIONS).flatMap((action) =>
  PEOPLE.map((person) => ({ action, person, may: ALLOWED[action]?.includes(person) ?? false })),
);

describe('who may do what to a request', () => {
  it.each(CASES)('$action by $person: $may', async ({ action, person, may }) => {
    await stepBack(person);
    const before = await snapshot();
    const done = await ACTIONS[action]?.(people[person].accountId, {
      request: request.id,
      reply: replyId,
    });
    expect(done).toBe(may);
    if (!may) expect(await snapshot()).toEqual(before);
  });

  it.each(Object.keys(ACTIONS))(
    '%s of a guessed id looks like one of a colleague’s',
    async (name) => {
      const before = await snapshot();
      const guesses: readonly Target[] = [
        { request: guessedId(), reply: replyId },
        { request: guessedId(), reply: guessedId() },
        { request: '0'.repeat(16), reply: '0'.repeat(16) },
        { request: 'not an id', reply: 'not an id' },
      ];
      for (const guess of guesses) {
        expect(await ACTIONS[name]?.(people.creator.accountId, guess)).toBe(false);
      }
      expect(await snapshot()).toEqual(before);
    },
  );

  it('a reply is claimed through its own request only', async () => {
    const other = await askFor(desk, people.colleague);
    const target = { request: other.id, reply: replyId, nonce: newNonce() };
    expect(await claimReply(desk, people.colleague.accountId, target)).toEqual({
      status: 'unknown',
    });
  });

  it('an acknowledgement counts from the claimer alone', async () => {
    const nonce = newNonce();
    await claimAs(desk, people.creator, request, { id: replyId }, nonce);
    const target = { request: request.id, reply: replyId, nonce };
    expect(await acknowledgeReply(desk, people.reader.accountId, target)).toBe(false);
    expect(await acknowledgeReply(desk, people.owner.accountId, target)).toBe(false);
    expect(await acknowledgeReply(desk, people.creator.accountId, target)).toBe(true);
  });

  it('a list holds what its reader asked for or may read, and nothing else', async () => {
    await askFor(desk, people.colleague);
    const listFor = (person: Person) => listedFor(desk, people[person]);
    const idsFor = async (person: Person) =>
      (await listFor(person)).map((row) => row.kind === 'request' && row.id);
    expect(await idsFor('creator')).toEqual([request.id]);
    expect(await idsFor('reader')).toEqual([request.id]);
    expect(await idsFor('owner')).toEqual([]);
    expect(await idsFor('colleague')).not.toContain(request.id);
    expect(await listFor('creator')).toMatchObject([
      { condition: 'full', placesTaken: 1, repliesWaiting: 1, readers: 'self', isMine: true },
    ]);
    const manage = { accountId: people.creator.accountId, request: request.id };
    await removeReader(desk, { ...manage, readerId: people.creator.accountId });
    expect(await listFor('creator')).toMatchObject([{ repliesWaiting: 1, readers: 'others' }]);
    expect(await listFor('reader')).toMatchObject([{ repliesWaiting: 1, readers: 'self' }]);
    await desk.client.$executeRaw`DELETE FROM request_readers`;
    expect(await listFor('creator')).toMatchObject([{ repliesWaiting: 1, readers: 'nobody' }]);
  });

  it('a list says of replies what a restore did to them: kept closed, then erased, and of no other', async () => {
    const asked = await askFor(desk, people.colleague, { repliesAllowed: 5 });
    for (let reply = 0; reply < 3; reply += 1) await replyInBrowser(desk, asked);
    const { id } = await firstReply(desk, people.colleague, asked);
    await claimAs(desk, people.colleague, asked, { id });
    const listed = async () => {
      const [one] = await listedFor(desk, people.colleague);
      if (one?.kind !== 'request') throw new Error('The request is not in the list.');
      const { repliesWaiting, repliesKeptClosed, repliesErased } = one;
      return { repliesWaiting, repliesKeptClosed, repliesErased };
    };
    expect(await listed()).toEqual({ repliesWaiting: 2, repliesKeptClosed: 0, repliesErased: 0 });
    await keepEverythingClosed(desk.client);
    await replyInBrowser(desk, asked);
    expect(await listed()).toEqual({ repliesWaiting: 1, repliesKeptClosed: 2, repliesErased: 0 });
    await discardKeptClosed(desk.client);
    await openKeptClosed(desk.client);
    expect(await listed()).toEqual({ repliesWaiting: 1, repliesKeptClosed: 0, repliesErased: 2 });
  });

  it('a list says of what was kept closed until its request’s time was over that it is erased', async () => {
    await keepEverythingClosed(desk.client);
    await desk.client.$executeRaw`
      UPDATE requests SET expires_at = clock_timestamp(), keep_until = clock_timestamp()`;
    const listed = await listedFor(desk, people.creator);
    await openKeptClosed(desk.client);
    expect(listed).toMatchObject([{ repliesWaiting: 0, repliesKeptClosed: 0, repliesErased: 1 }]);
  });

  it('a request whose creator’s account is gone is managed by its readers, and by nobody else', async () => {
    const leaver = await createStaff(desk.client, 'Leaver');
    const left = await askFor(desk, leaver, { readers: [leaver, people.reader] });
    await desk.client.account.delete({ where: { id: leaver.accountId } });
    const close = (person: Person) =>
      closeRequest(desk, { accountId: people[person].accountId, request: left.id });
    expect(await close('owner')).toEqual({ status: 'unknown' });
    expect(await close('colleague')).toEqual({ status: 'unknown' });
    expect((await close('reader')).status).toBe('known');
  });
});

describe('readers', () => {
  it('added later can open what is still sealed; revoked ones nothing any more', async () => {
    const { accountId } = people.creator;
    const manage = { accountId, request: request.id };
    const seed = await sealedSeed();
    await addReader(desk, { ...manage, reader: newReader(newcomer, { sealedSeed: seed }) });
    expect(await openAs(desk, newcomer, request)).toMatchObject({ source: { kind: 'colleague' } });
    await removeReader(desk, { ...manage, readerId: newcomer.accountId });
    expect((await claimAs(desk, newcomer, request, { id: replyId })).status).toBe('unknown');
    expect((await showRequest(desk, newcomer.accountId, request.id)).status).toBe('unknown');
  });

  it('revoked while they hold a claim can’t repeat it', async () => {
    const nonce = newNonce();
    await claimAs(desk, people.reader, request, { id: replyId }, nonce);
    await removeReader(desk, {
      accountId: people.creator.accountId,
      request: request.id,
      readerId: people.reader.accountId,
    });
    expect((await claimAs(desk, people.reader, request, { id: replyId }, nonce)).status).toBe(
      'unknown',
    );
  });

  it('the last one stays, also where the last two are removed at once', async () => {
    const { accountId } = people.creator;
    const remove = (readerId: string) =>
      removeReader(desk, { accountId, request: request.id, readerId });
    for (let round = 0; round < 10; round += 1) {
      const states = await Promise.all([remove(accountId), remove(people.reader.accountId)]);
      expect(states.filter(({ status }) => status === 'refused')).toEqual([
        { status: 'refused', refusal: 'last_reader' },
      ]);
      await desk.client.$executeRaw`DELETE FROM requests`;
      request = await askFor(desk, people.creator, { readers: [people.creator, people.reader] });
    }
  });

  it('count when they change: a copy of the database from just before is noticed by that alone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-readers-'));
    const historyFile = join(directory, 'mark');
    const marked = createRequestDesk(desk.url, desk.keyring, { historyFile });
    const by = { accountId: people.creator.accountId, request: request.id };
    const changes = [
      () => addReader(marked, { ...by, reader: newReader(newcomer) }),
      () => removeReader(marked, { ...by, readerId: newcomer.accountId }),
    ];
    for (const change of changes) {
      const [copy] = await desk.client.$queryRaw<
        { endings: bigint }[]
      >`SELECT endings FROM history`;
      expect((await change()).status).toBe('known');
      expect(await marked.history.check()).toBe(true);
      await desk.client.$executeRaw`UPDATE history SET endings = ${copy?.endings ?? 0n}`;
      expect(await marked.history.check()).toBe(false);
    }
    await desk.client.$executeRaw`UPDATE history SET refused_before = NULL`;
    await marked.close();
    await rm(directory, { recursive: true });
  });

  it('without an account are refused, and nothing is stored', async () => {
    await desk.client.$executeRaw`DELETE FROM requests`;
    const { accountId } = people.creator;
    const nobody = { ...people.reader, accountId: randomUUID() };
    const readers = [newReader(creator, { kind: 'own' }), newReader(nobody)];
    const order = emptyOrder();
    expect(await createRequest(desk, accountId, { ...order, readers })).toEqual({
      status: 'refused',
      errors: { form: 'reader_unknown' },
    });
    expect(await createRequest(desk, accountId, { ...order, readers: readers.slice(1) })).toEqual({
      status: 'refused',
      errors: { form: 'input_malformed' },
    });
    expect(await desk.client.request.count()).toBe(0);
  });

  it('with a seed that only its own vault can have wrapped, for anybody but the creator, are refused', async () => {
    await desk.client.$executeRaw`DELETE FROM requests`;
    const { colleague } = people;
    const create = (readers: readonly NewReader[]) =>
      createRequest(desk, creator.accountId, { ...emptyOrder(), readers });
    const own = { kind: 'own' } as const;
    const malformed = { status: 'refused', errors: { form: 'input_malformed' } };
    expect(await create([newReader(creator, own), newReader(colleague, own)])).toEqual(malformed);
    expect(await create([newReader(creator), newReader(colleague)])).toEqual(malformed);
    expect(await desk.client.request.count()).toBe(0);
    const made = await create([newReader(creator, own), newReader(colleague)]);
    expect(made.status).toBe('created');
  });
});

function emptyOrder(): Omit<RequestToCreate, 'readers'> {
  return {
    question: 'q',
    fields: [],
    expiresIn: '1h',
    repliesAllowed: 1,
    request: guessedId(),
    publicKey: randomBytes(X_WING_PUBLIC_KEY_BYTES),
  };
}
