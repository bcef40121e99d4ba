import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseNotice } from '@/lib/requests/choose-notice';
import { addReader, destroyRequest, removeReader } from '@/lib/requests/manage-request';
import { withdrawReply } from '@/lib/requests/reply-status';
import { noticeReplies, type ReplyNotice } from '@/lib/server/request-store/notice-replies';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { newNonce, tokenOf } from '../desk';
import { askFor, inboxFor, replyInBrowser, type TestRequest } from './both-browsers';
import {
  createKeepingKeyring,
  createRequestDesk,
  createStaff,
  type TestKeyring,
  type TestRequestDesk,
  type TestStaff,
} from './request-desk';

let database: TestDatabase;
let keyring: TestKeyring;
let desk: TestRequestDesk;
let ada: TestStaff;
let ben: TestStaff;

beforeAll(async () => {
  database = await createTestDatabase();
  keyring = await createKeepingKeyring();
  desk = createRequestDesk(database.url, keyring);
  ada = await createStaff(desk.client, 'Ada');
  ben = await createStaff(desk.client, 'Ben');
});

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM requests`;
});

afterAll(async () => {
  await desk.close();
  await database.drop();
});

describe('notice of a reply', () => {
  const collect = async (on = desk): Promise<ReplyNotice[]> => {
    const notices: ReplyNotice[] = [];
    await noticeReplies(on.client, (_transaction, notice) => {
      notices.push(notice);
      return Promise.resolve();
    });
    return notices;
  };

  const share = (request: TestRequest, reader: TestStaff, isTold: boolean) =>
    addReader(desk, {
      accountId: ada.accountId,
      request: request.id,
      reader: { accountId: reader.accountId, sealedSeed: randomBytes(1203), isTold },
    });

  it('goes once to the readers who want it, and holds nothing of the reply', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben], told: [ada] });
    await replyInBrowser(desk, request, ['hunter2']);
    const rounds = await Promise.all([collect(), collect(), collect()]);
    expect(rounds.flat()).toEqual([
      { email: ada.email, name: 'Ada', question: 'What is the password?' },
    ]);
    expect(await collect()).toEqual([]);
  });

  it('goes to exactly the readers for whom it was chosen, by whoever asks or later by themselves', async () => {
    const cleo = await createStaff(desk.client, 'Cleo');
    const names = async () => (await collect()).map(({ name }) => name).toSorted();
    const request = await askFor(desk, ada, {
      readers: [ada, ben],
      told: [ben],
      repliesAllowed: 5,
    });
    await replyInBrowser(desk, request);
    expect(await names()).toEqual(['Ben']);

    await share(request, cleo, true);
    await chooseNotice(desk, { accountId: ada.accountId, request: request.id, isTold: true });
    await chooseNotice(desk, { accountId: ben.accountId, request: request.id, isTold: false });
    await replyInBrowser(desk, request);
    expect(await names()).toEqual(['Ada', 'Cleo']);
    expect((await inboxFor(desk, ben, request)).readers).toEqual([
      { accountId: ada.accountId, name: 'Ada', isTold: true },
      { accountId: ben.accountId, name: 'Ben', isTold: false },
      { accountId: cleo.accountId, name: 'Cleo', isTold: true },
    ]);

    // Sharing once more, as after a new vault, is no choice over their heads.
    await share(request, cleo, false);
    await share(request, ben, true);
    await replyInBrowser(desk, request);
    expect(await names()).toEqual(['Ada', 'Cleo']);

    const { accountId } = ada;
    await removeReader(desk, { accountId, request: request.id, readerId: cleo.accountId });
    await share(request, cleo, false);
    await replyInBrowser(desk, request);
    expect(await names()).toEqual(['Ada']);
  });

  it('goes to nobody who did not ask for it, nor for a reply that was taken back', async () => {
    await replyInBrowser(desk, await askFor(desk, ada));
    const request = await askFor(desk, ada, { told: [ada] });
    const sent = await replyInBrowser(desk, request);
    if (sent.status !== 'sent') throw new Error('The reply was not sent.');
    await withdrawReply(desk, tokenOf(sent.statusLink));
    expect(await collect()).toEqual([]);
  });

  it('can’t be chosen any more for a request that has ended, and that is what the reader is told', async () => {
    const ways = [
      (request: TestRequest) =>
        destroyRequest(desk, { accountId: ada.accountId, request: request.id }),
      () => desk.client.$executeRaw`UPDATE requests SET keep_until = clock_timestamp()`,
    ];
    for (const end of ways) {
      const request = await askFor(desk, ada);
      await end(request);
      const choice = { accountId: ada.accountId, request: request.id, isTold: true };
      expect(await chooseNotice(desk, choice)).toMatchObject({
        status: 'known',
        inbox: { condition: 'ended', readers: [{ name: 'Ada', isTold: false }] },
      });
      expect(await chooseNotice(desk, { ...choice, accountId: ben.accountId })).toEqual({
        status: 'unknown',
      });
    }
  });

  it('is not lost where its process dies before the mail was queued', async () => {
    const request = await askFor(desk, ada, { told: [ada] });
    await replyInBrowser(desk, request);
    const dies = noticeReplies(desk.client, () => Promise.reject(new Error('killed')));
    await expect(dies).rejects.toThrow();
    expect(await collect()).toHaveLength(1);
  });

  it('that fails does not fail the reply', async () => {
    let asked = 0;
    const noticed = createRequestDesk(database.url, keyring, {
      noticeReplies: () => {
        asked += 1;
        return Promise.resolve();
      },
    });
    try {
      const request = await askFor(noticed, ada);
      const nonce = newNonce();
      await replyInBrowser(noticed, request, ['a'], nonce);
      await replyInBrowser(noticed, request, ['a'], nonce);
      expect(asked).toBe(1);
    } finally {
      await noticed.close();
    }
  });
});
