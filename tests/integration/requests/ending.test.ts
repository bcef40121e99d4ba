import { beforeEach, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepRequestBatch } from '@/lib/requests/ending';
import { destroyRequest } from '@/lib/requests/manage';
import { withdrawReply } from '@/lib/requests/replies';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { sweepBatch } from '@/lib/sealed/end';
import { discardKeptClosed } from '@/lib/server/history/history-guard';
import { tokenOf } from '../desk';
import { askFor, claimAs, firstReply, inboxFor, replyInBrowser } from './both-browsers';
import {
  createRequestDesk,
  givenRequestDesk,
  givenStaff,
  type TestRequestDesk,
} from './request-desk';

const desk = givenRequestDesk();
const ada = givenStaff(desk, 'Ada');
const ben = givenStaff(desk, 'Ben');

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM requests`;
});

const sweep = (live = desk.keyring.epochs.map(({ id }) => id)) =>
  sweepRequestBatch(desk.client, live);

const sweepItems = () =>
  sweepBatch(
    desk.client,
    desk.keyring.epochs.map(({ id }) => id),
  );

const endKeeping = () =>
  desk.client.$executeRaw`
    UPDATE requests SET expires_at = clock_timestamp() - interval '1 day',
      keep_until = clock_timestamp() WHERE state <> 'ENDED'`;

/** What of all requests could still be read by somebody. */
async function readable(): Promise<unknown> {
  return desk.client.$queryRaw`
    SELECT (SELECT count(*)::int FROM requests WHERE public_key IS NOT NULL) AS keys,
      (SELECT count(*)::int FROM request_readers WHERE sealed_seed <> '') AS seeds,
      (SELECT count(*)::int FROM sealed_items WHERE wrapped_ciphertext IS NOT NULL) AS replies`;
}

const NOTHING = [{ keys: 0, seeds: 0, replies: 0 }];

describe('the end of a request', () => {
  it('by its creator erases key, seeds and replies, and leaves tombstones', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben], repliesAllowed: 2 });
    await replyInBrowser(desk, request);
    await destroyRequest(desk, { accountId: ada.accountId, request: request.id });
    expect(await readable()).toEqual(NOTHING);
    expect(await inboxFor(desk, ben, request)).toMatchObject({
      condition: 'ended',
      publicKey: null,
      sealedSeed: null,
      link: null,
      replies: [{ ending: { kind: 'destroyed', by: 'request_end' } }],
    });
    expect(await lookAtRequest(desk, request.token)).toEqual({ status: 'closed' });
    expect(await replyInBrowser(desk, request)).toMatchObject({ refusal: 'request_closed' });
  });

  it('by its time makes replies unreadable with the sweeper off', async () => {
    const request = await askFor(desk, ada);
    await replyInBrowser(desk, request);
    const reply = await firstReply(desk, ada, request);
    await endKeeping();
    expect(await claimAs(desk, ada, request, reply)).toMatchObject({
      status: 'ended',
      ending: { kind: 'destroyed', by: 'request_end' },
    });
    expect(await inboxFor(desk, ada, request)).toMatchObject({
      condition: 'ended',
      sealedSeed: null,
    });
  });

  it('by its time is carried out by the sweeper; what was claimed counts as opened', async () => {
    const request = await askFor(desk, ada, { repliesAllowed: 2 });
    await replyInBrowser(desk, request);
    const reply = await firstReply(desk, ada, request);
    await claimAs(desk, ada, request, reply);
    await replyInBrowser(desk, request);
    await endKeeping();
    const kept = await askFor(desk, ada);
    expect(await sweep()).toBe(1);
    const { replies } = await inboxFor(desk, ada, request);
    expect(replies.map(({ ending }) => ending?.kind)).toEqual(['opened', 'destroyed']);
    expect(await readable()).toEqual([{ keys: 1, seeds: 1, replies: 0 }]);
    expect((await lookAtRequest(desk, kept.token)).status).toBe('open');
  });

  it('is followed by that of its row once the server key is gone', async () => {
    const request = await askFor(desk, ada);
    await replyInBrowser(desk, request);
    const waiting = await askFor(desk, ada);
    await destroyRequest(desk, { accountId: ada.accountId, request: request.id });
    expect(await sweep()).toBe(0);
    expect(await sweep(['another'])).toBe(1);
    const ids = await desk.client.request.findMany({ select: { state: true } });
    expect(ids).toEqual([{ state: 'OPEN' }]);
    expect(await desk.client.sealedItem.count()).toBe(0);
    expect((await inboxFor(desk, ada, waiting)).condition).toBe('open');
  });
});

describe('the sweeper', () => {
  it('ends leases that nobody acknowledged', async () => {
    const request = await askFor(desk, ada);
    await replyInBrowser(desk, request);
    await claimAs(desk, ada, request, await firstReply(desk, ada, request));
    await desk.client.$executeRaw`UPDATE sealed_items SET lease_until = clock_timestamp()`;
    expect(await sweepItems()).toBe(1);
    const rows = await desk.client.$queryRaw`
      SELECT state::text, wrapped_ciphertext, claim_nonce_hash FROM sealed_items`;
    expect(rows).toEqual([{ state: 'OPENED', wrapped_ciphertext: null, claim_nonce_hash: null }]);
  });

  it('runs once at a time across instances', async () => {
    await desk.client.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT pg_advisory_xact_lock(7325768002)::text`;
      expect(await sweep()).toBeNull();
    });
    expect(await sweep()).toBe(0);
  });
});

describe('a database that went back in time', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sealpost-history-'));
    await desk.client.$executeRaw`UPDATE history SET endings = 0, refused_before = NULL`;
  });

  const withHistory = async (work: (guarded: TestRequestDesk) => Promise<void>) => {
    const guarded = createRequestDesk(desk.url, desk.keyring, {
      historyFile: join(directory, 'mark'),
    });
    try {
      await guarded.history.check();
      await work(guarded);
    } finally {
      await guarded.close();
      await rm(directory, { recursive: true, force: true });
      await desk.client.$executeRaw`UPDATE history SET endings = 0, refused_before = NULL`;
    }
  };

  it('does not open a reply again that was opened before', () =>
    withHistory(async (guarded) => {
      const request = await askFor(guarded, ada);
      await replyInBrowser(guarded, request);
      const reply = await firstReply(guarded, ada, request);
      expect((await claimAs(guarded, ada, request, reply)).status).toBe('claimed');
      await desk.client.$executeRaw`
        UPDATE sealed_items SET state = 'SEALED', claim_nonce_hash = NULL, lease_until = NULL`;
      await desk.client.$executeRaw`UPDATE history SET endings = 0`;
      expect(await claimAs(guarded, ada, request, reply)).toEqual({
        status: 'refused',
        refusal: 'database_restored',
      });
      await guarded.history.check();
      expect(await claimAs(guarded, ada, request, reply)).toMatchObject({ status: 'refused' });
      expect(await discardKeptClosed(desk.client)).toBe(1);
      expect(await readable()).toMatchObject([{ replies: 0 }]);
    }));

  it('leaves of what is erased with it a tombstone that claims nothing, and frees its place', () =>
    withHistory(async (guarded) => {
      const [read, waiting] = [await askFor(guarded, ada), await askFor(guarded, ada)];
      for (const request of [read, waiting]) await replyInBrowser(guarded, request);
      await claimAs(guarded, ada, read, await firstReply(guarded, ada, read));
      await desk.client.$executeRaw`UPDATE history SET refused_before = clock_timestamp()`;
      expect(await discardKeptClosed(desk.client)).toBe(2);
      const endingOf = async (request: typeof read) =>
        (await inboxFor(guarded, ada, request)).replies[0]?.ending;
      expect(await endingOf(read)).toMatchObject({ kind: 'opened' });
      expect(await endingOf(waiting)).toMatchObject({ kind: 'destroyed', by: 'restore' });
      expect((await replyInBrowser(guarded, waiting)).status).toBe('sent');
      expect(await replyInBrowser(guarded, read)).toMatchObject({ refusal: 'replies_full' });
    }));

  it('is noticed after a reply was taken back or a request destroyed, too', () =>
    withHistory(async (guarded) => {
      const request = await askFor(guarded, ada);
      const sent = await replyInBrowser(guarded, request);
      if (sent.status !== 'sent') throw new Error('The reply was not sent.');
      await withdrawReply(guarded, tokenOf(sent.statusLink));
      expect(await guarded.history.expectedEndings()).toBe(1n);
      await destroyRequest(guarded, { accountId: ada.accountId, request: request.id });
      expect(await guarded.history.expectedEndings()).toBe(2n);
    }));
});
