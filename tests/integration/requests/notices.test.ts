import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledgeReply } from '@/lib/requests/claim-reply';
import { destroyRequest } from '@/lib/requests/manage';
import { addReader, chooseNotice, removeReader } from '@/lib/requests/readers';
import { withdrawReply } from '@/lib/requests/replies';
import { noticeReplies } from '@/lib/requests/reply-notice';
import type { Context } from '@/lib/server/context';
import type { Mail } from '@/lib/server/mail/mail';
import { newNonce, tokenOf } from '../desk';
import { askFor, claimAs, inboxFor, replyInBrowser, type TestRequest } from './both-browsers';
import {
  createStaff,
  givenRequestDesk,
  givenStaff,
  newReader,
  type TestStaff,
} from './request-desk';

const desk = givenRequestDesk();
const ada = givenStaff(desk, 'Ada');
const ben = givenStaff(desk, 'Ben');

function replyArrived(mail: Mail): Extract<Mail, { template: 'replyArrived' }> {
  if (mail.template !== 'replyArrived') throw new Error('Another mail was queued.');
  return mail;
}

type Notice = Omit<ReturnType<typeof replyArrived>, 'template' | 'dashboardLink'>;

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM requests`;
});

describe('notice of a reply', () => {
  const collect = async (): Promise<Notice[]> => {
    const notices: Notice[] = [];
    const queueMail: Context['queueMail'] = (_transaction, mail) => {
      const { template, dashboardLink, ...notice } = replyArrived(mail);
      expect([template, dashboardLink]).toEqual(['replyArrived', `${desk.appUrl}/dashboard`]);
      notices.push(notice);
      return Promise.resolve('queued');
    };
    await noticeReplies({ ...desk, queueMail });
    return notices;
  };

  const share = (request: TestRequest, reader: TestStaff, isTold: boolean) =>
    addReader(desk, {
      accountId: ada.accountId,
      request: request.id,
      reader: newReader(reader, { isTold }),
    });

  /** By its asker, one after the other. */
  const readAll = async (request: TestRequest) => {
    for (const reply of (await inboxFor(desk, ada, request)).replies) {
      const nonce = newNonce();
      await claimAs(desk, ada, request, reply, nonce);
      const address = { request: request.id, reply: reply.id, nonce };
      await acknowledgeReply(desk, ada.accountId, address);
    }
  };

  it('goes once to the readers who want it, and holds nothing of the reply', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben], told: [ada] });
    await replyInBrowser(desk, request, ['hunter2']);
    const rounds = await Promise.all([collect(), collect(), collect()]);
    expect(rounds.flat()).toEqual([
      { to: ada.email, name: 'Ada', question: 'What is the password?', waiting: 1 },
    ]);
    expect(await collect()).toEqual([]);
  });

  it('goes out once while a reply of those that it told of waits, and says how many do', async () => {
    const request = await askFor(desk, ada, {
      readers: [ada, ben],
      told: [ada, ben],
      repliesAllowed: 50,
    });
    const told: Notice[] = [];
    await replyInBrowser(desk, request);
    for (let more = 0; more < 5; more += 1) {
      await replyInBrowser(desk, request);
      told.push(...(await collect()));
    }
    expect(told.map(({ name, waiting }) => [name, waiting]).toSorted()).toEqual([
      ['Ada', 2],
      ['Ben', 2],
    ]);
    // Those that came since are no news either, until the ones that were told of are read.
    await readAll(request);
    expect(await collect()).toEqual([]);
    await replyInBrowser(desk, request);
    expect((await collect()).map(({ waiting }) => waiting)).toEqual([1, 1]);
  });

  it('makes no flood of a reply that is sent and taken back over and over, and is not lost over it', async () => {
    const request = await askFor(desk, ada, { told: [ada], repliesAllowed: 50 });
    const told: Notice[] = [];
    for (let time = 0; time < 10; time += 1) {
      const sent = await replyInBrowser(desk, request);
      told.push(...(await collect()));
      if (sent.status === 'sent') await withdrawReply(desk, tokenOf(sent.statusLink));
    }
    expect(told).toHaveLength(1);
    await replyInBrowser(desk, request);
    expect(await collect()).toEqual([]);
    await desk.client.$executeRaw`UPDATE request_readers SET told_at = told_at - interval '1 hour'`;
    expect(await collect()).toMatchObject([{ name: 'Ada', waiting: 1 }]);
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
      { accountId: ada.accountId, name: 'Ada', email: ada.email, isTold: true },
      { accountId: ben.accountId, name: 'Ben', email: ben.email, isTold: false },
      { accountId: cleo.accountId, name: 'Cleo', email: cleo.email, isTold: true },
    ]);

    // Sharing once more, as after a new vault, is no choice over their heads.
    await share(request, cleo, false);
    await share(request, ben, true);
    await readAll(request);
    await replyInBrowser(desk, request);
    expect(await names()).toEqual(['Ada', 'Cleo']);

    const { accountId } = ada;
    await removeReader(desk, { accountId, request: request.id, readerId: cleo.accountId });
    await share(request, cleo, false);
    await readAll(request);
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
    const queueMail = () => Promise.reject(new Error('killed'));
    const dies = noticeReplies({ ...desk, queueMail });
    await expect(dies).rejects.toThrow();
    expect(await collect()).toHaveLength(1);
  });

  it('that fails does not fail the reply', async () => {
    let asked = 0;
    const afterwards = () => {
      asked += 1;
    };
    const request = await askFor(desk, ada);
    const nonce = newNonce();
    for (let time = 0; time < 2; time += 1) {
      const sent = await replyInBrowser({ ...desk, afterwards }, request, ['a'], nonce);
      expect(sent.status).toBe('sent');
    }
    expect(asked).toBe(1);
  });
});
