import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DASHBOARD_PAGE, listDashboard } from '@/lib/dashboard/list-dashboard';
import { destroyFromList } from '@/lib/dashboard/operations';
import { readDashboardQuery } from '@/lib/dashboard/query';
import { acknowledge, destroyServerSealed, openServerSealed } from '@/lib/sealed/open';
import { ANONYMOUS, sealOnServer, type Sending } from '@/lib/sealed/seal';
import { destroyFromStatus, lookAtStatus } from '@/lib/sealed/status';
import {
  openKeptClosed,
  discardKeptClosed,
  keepEverythingClosed,
} from '@/lib/server/history/history-guard';
import { mailEvents } from '@/lib/sealed/events';
import type { Context } from '@/lib/server/context';
import type { Mail } from '@/lib/server/mail/mail';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { text } from '@/tests/support/envelopes';
import {
  createTestDesk,
  createTestKeyring,
  newNonce,
  tokenOf,
  type TestDesk,
  sealOne,
} from './desk';

let database: TestDatabase;
let first: TestDesk;
let second: TestDesk;
let me: string;
let colleague: string;
/** Where mail goes; null: it can't be queued, so that nobody has been told yet. */
let deliver: ((mail: Mail) => void) | null = null;

const queueMail: Context['queueMail'] = async (_transaction, mail) => {
  if (deliver === null) throw new Error('killed');
  deliver(mail);
  return Promise.resolve('queued');
};

beforeAll(async () => {
  database = await createTestDatabase();
  const keyring = await createTestKeyring();
  first = createTestDesk(database.url, keyring, { queueMail });
  second = createTestDesk(database.url, keyring, { queueMail });
  me = await createAccount('Ada');
  colleague = await createAccount('Bo');
});

beforeEach(async () => {
  await first.client.$executeRaw`DELETE FROM sealed_items`;
});

afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await database.drop();
});

async function createAccount(name: string): Promise<string> {
  const { id } = await first.client.account.create({
    data: {
      email: `${randomUUID()}@example.org`,
      name,
      role: 'MEMBER',
      passwordSalt: randomBytes(16),
      signInHash: 'none',
      vaultPublicKey: randomBytes(1216),
      vaultSeedByPassword: randomBytes(60),
      vaultSeedByRecovery: randomBytes(60),
    },
    select: { id: true },
  });
  return id;
}

const secret = { secret: text('s'), passphrase: '', expiresIn: '1h', note: 'n' } as const;

async function sendTo(recipients: readonly string[], sending: Partial<Sending> = {}) {
  const links = await sealOnServer(first, secret, {
    ...ANONYMOUS,
    senderId: me,
    ...sending,
    recipients,
  });
  if (links === null) throw new Error('The desk was busy.');
  return links.map(({ link, statusLink, recipient }) => ({
    recipient,
    token: tokenOf(link),
    status: tokenOf(statusLink),
  }));
}

async function sendOne(sending: Partial<Sending> = {}) {
  const sealed = await sealOne(first, secret, { ...ANONYMOUS, ...sending });
  return { token: tokenOf(sealed.link), status: tokenOf(sealed.statusLink) };
}

const open = (token: string) =>
  openServerSealed(first, { token, nonce: newNonce(), passphrase: '' });

async function openAndAcknowledge(token: string): Promise<void> {
  const nonce = newNonce();
  await openServerSealed(first, { token, nonce, passphrase: '' });
  expect(await acknowledge(first, { token, nonce })).toBe(true);
}

const listOf = (accountId: string, given: Record<string, string | string[]> = {}) =>
  listDashboard(first, accountId, readDashboardQuery(given));

const count = async () => first.client.sealedItem.count();

describe('sending to several people', () => {
  it('makes one message each, of one batch, that open apart from one another', async () => {
    const [ada, bo] = await sendTo(['Ada', 'Bo']);
    const rows = await first.client.sealedItem.findMany({
      select: { batchId: true, recipient: true, senderId: true, wrappedCiphertext: true },
    });
    expect(rows.map(({ recipient }) => recipient).sort()).toEqual(['Ada', 'Bo']);
    expect(new Set(rows.map(({ batchId }) => batchId)).size).toBe(1);
    expect(rows[0]?.batchId).not.toBeNull();
    expect(rows.every(({ senderId }) => senderId === me)).toBe(true);
    expect(await open(ada?.token ?? '')).toMatchObject({ status: 'opened', secret: text('s') });
    expect(await open(ada?.token ?? '')).toMatchObject({ status: 'ended' });
    expect(await open(bo?.token ?? '')).toMatchObject({ status: 'opened', secret: text('s') });
  });

  it('stores all or none', async () => {
    // The column takes 200 characters: the last row fails, and nothing of the others remains.
    await expect(sendTo(['Ada', 'Bo', 'x'.repeat(201)])).rejects.toThrow();
    expect(await count()).toBe(0);
  });

  it('leaves one alone without a batch, and one without an account without a sender', async () => {
    await sendOne();
    expect(
      await first.client.sealedItem.findMany({ select: { batchId: true, senderId: true } }),
    ).toEqual([{ batchId: null, senderId: null }]);
  });
});

describe('the list of somebody', () => {
  it('has what they sent, with its state, and nothing of anybody else', async () => {
    const [ada] = await sendTo(['Ada', 'Bo']);
    await sendOne();
    await sendOne({ senderId: colleague });
    await open(ada?.token ?? '');
    const { rows, next } = await listOf(me);
    expect(next).toBeNull();
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row.kind === 'secret' && row.recipient === 'Ada')).toMatchObject({
      note: 'n',
      seal: 'server',
      ending: { kind: 'opened' },
    });
    expect((await listOf(colleague)).rows).toHaveLength(1);
    expect((await listOf(randomUUID())).rows).toEqual([]);
  });

  it('has what went to several people in the order in which they were entered', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `r${String(index)}`);
    await sendTo(people);
    const { rows } = await listOf(me);
    expect(rows.map((row) => row.kind === 'secret' && row.recipient)).toEqual(people);
  });

  it('says of what waits behind a restored database that it is kept closed, and of nothing else', async () => {
    const { status } = await sendOne({ senderId: me });
    const opened = await sendOne({ senderId: me });
    await open(opened.token);
    const kept = async () =>
      (await listOf(me)).rows.flatMap((row) =>
        row.kind === 'secret' && row.isKeptClosed ? [row.statusToken] : [],
      );
    expect(await kept()).toEqual([]);
    await keepEverythingClosed(first.client);
    expect(await kept()).toHaveLength(1);
    expect(await lookAtStatus(first, status)).toMatchObject({ ending: null, isKeptClosed: true });
    expect(await lookAtStatus(first, opened.status)).toMatchObject({ isKeptClosed: false });
    await openKeptClosed(first.client);
    expect(await kept()).toEqual([]);
  });

  it('is filtered by values; whatever else is asked for is the default', async () => {
    const [ada] = await sendTo(['Ada', 'Bo']);
    await open(ada?.token ?? '');
    expect((await listOf(me, { show: 'waiting' })).rows).toMatchObject([{ recipient: 'Bo' }]);
    expect((await listOf(me, { show: 'ended' })).rows).toMatchObject([{ recipient: 'Ada' }]);
    expect((await listOf(me, { kind: 'requests' })).rows).toEqual([]);
    for (const given of [{ show: ['ended'] }, { show: 'not' }, { after: "1-' OR true" }]) {
      expect((await listOf(me, given)).rows).toHaveLength(2);
    }
  });

  it('comes in pages that leave none out and show none twice', async () => {
    await sendTo(Array.from({ length: 50 }, (_, index) => `r${String(index)}`));
    await sendOne({ senderId: me });
    const seen: string[] = [];
    let given: Record<string, string> = {};
    for (let page = 0; page < 3; page += 1) {
      const { rows, next } = await listOf(me, given);
      expect(rows.length).toBe(page === 2 ? 1 : DASHBOARD_PAGE);
      seen.push(...rows.map((row) => (row.kind === 'secret' ? row.statusToken : row.id)));
      expect(next === null).toBe(page === 2);
      if (next !== null) given = { after: `${String(next.createdAtMs)}-${next.handle}` };
    }
    expect(new Set(seen).size).toBe(51);
  });

  it('destroys what is in it, and nothing that is not', async () => {
    const mine = await sendOne({ senderId: me });
    const others = await sendOne({ senderId: colleague });
    const nobodys = await sendOne();
    const destroy = (status: string) => destroyFromList(first, me, status);
    expect(await destroy(others.status)).toEqual({ status: 'unknown' });
    expect(await destroy(nobodys.status)).toEqual({ status: 'unknown' });
    expect(await destroy(mine.token)).toEqual({ status: 'unknown' });
    expect(await destroy(mine.status)).toMatchObject({
      ending: { kind: 'burned', by: 'sender' },
    });
    expect((await open(others.token)).status).toBe('opened');
    expect((await open(nobodys.token)).status).toBe('opened');
    expect((await open(mine.token)).status).toBe('ended');
  });
});

describe('being told', () => {
  /** From now on. */
  const collect = () => {
    const told: Mail[] = [];
    deliver = (mail) => {
      told.push(mail);
    };
    return told;
  };

  afterEach(() => {
    deliver = null;
  });

  it('happens once for each that was opened, on however many instances', async () => {
    const links = await sendTo(
      Array.from({ length: 20 }, (_, index) => `r${String(index)}`),
      { notifyWhenOpened: true },
    );
    await Promise.all(links.map(({ token }) => openAndAcknowledge(token)));
    const told = collect();
    await Promise.all([first, second, first, second].map((desk) => mailEvents(desk)));
    expect(told.map((mail) => 'what' in mail && mail.what).sort()).toEqual(
      links.map((l) => l.recipient).sort(),
    );
    expect(new Set(told.map(({ template }) => template))).toEqual(new Set(['secretOpened']));
    expect(await mailEvents(first)).toBe(0);
  });

  it('does not happen before a claim is settled: until then it may be undone', async () => {
    const { token } = await sendOne({ senderId: me, notifyWhenOpened: true });
    const other = await sendOne({ senderId: me, notifyWhenOpened: true });
    await Promise.all([open(token), open(other.token)]);
    const told = collect();
    expect(await mailEvents(first)).toBe(0);
    const [row] = await first.client.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM sealed_items WHERE state = 'CLAIMED' ORDER BY created_at LIMIT 1`;
    expect(await mailEvents(first, row?.id)).toBe(1);
    expect(told).toMatchObject([{ template: 'secretOpened' }]);
  });

  it('is not lost with a process that dies before its mail is queued', async () => {
    const { token } = await sendOne({ senderId: me, notifyWhenOpened: true });
    await openAndAcknowledge(token);
    await expect(mailEvents(first)).rejects.toThrow();
    const told = collect();
    await mailEvents(second);
    expect(told).toMatchObject([{ template: 'secretOpened', what: 'n', name: 'Ada' }]);
  });

  it('says when it was destroyed by somebody else; what one did oneself is no news', async () => {
    const byRecipient = await sendOne({ senderId: me, notifyWhenOpened: true });
    const byMe = await sendOne({ senderId: me, notifyWhenOpened: true });
    const unwatched = await sendOne({ senderId: me });
    await sendOne({ senderId: me, notifyWhenOpened: true });
    await destroyServerSealed(first, byRecipient.token);
    await destroyFromStatus(first, byMe.status);
    await open(unwatched.token);
    const told = collect();
    await mailEvents(first);
    expect(told).toMatchObject([{ template: 'secretDestroyed', by: 'recipient' }]);
  });

  it('does not happen for what is erased with a restored database, which nobody need have destroyed', async () => {
    await sendOne({ senderId: me, notifyWhenOpened: true });
    await keepEverythingClosed(first.client);
    expect(await discardKeptClosed(first.client)).toBe(1);
    await openKeptClosed(first.client);
    const told = collect();
    expect(await mailEvents(first)).toBe(0);
    expect(told).toEqual([]);
    expect((await listOf(me, { show: 'ended' })).rows).toMatchObject([
      { note: 'n', ending: { kind: 'burned', by: 'restore' } },
    ]);
  });
});
