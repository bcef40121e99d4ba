import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { closeRequest, destroyRequest, extendRequest } from '@/lib/requests/manage';
import { lookAtReply, withdrawReply } from '@/lib/requests/replies';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { sealReplyOnServer } from '@/lib/requests/reply';
import type { ReplyResult } from '@/lib/requests/outcomes';
import { MAX_PLACES_FREED } from '@/lib/requests/policy';
import { createEpoch, newNonce, tokenOf, warmUp } from '../desk';
import {
  acknowledgeAs,
  askFor,
  claimAs,
  decryptAs,
  firstReply,
  inboxFor,
  listedFor,
  replyInBrowser,
} from './both-browsers';
import {
  createRequestDesk,
  givenAnotherInstance,
  givenRequestDesk,
  givenStaff,
  type TestRequestDesk,
  type TestStaff,
} from './request-desk';

const first = givenRequestDesk();
const second = givenAnotherInstance(first);
const ada = givenStaff(first, 'Ada');
const ben = givenStaff(first, 'Ben');

beforeAll(() => warmUp(first, second));

beforeEach(async () => {
  await first.client.$executeRaw`DELETE FROM requests`;
});

/** What the list of what is still under way says. */
async function waitingFor(staff: TestStaff): Promise<unknown> {
  return (await listedFor(first, staff, 'waiting')).map(
    (row) => row.kind === 'request' && { condition: row.condition, placesTaken: row.placesTaken },
  );
}

const statusTokenOf = (result: ReplyResult) => {
  if (result.status !== 'sent') throw new Error(`The reply was not sent: ${result.status}`);
  return tokenOf(result.statusLink);
};

describe('a reply', () => {
  it('sealed in the browser opens once for a reader, on any instance, and is gone afterwards', async () => {
    const request = await askFor(first, ada, { readers: [ada, ben] });
    expect((await replyInBrowser(second, request, ['sesame'])).status).toBe('sent');
    const reply = await firstReply(first, ben, request);
    const nonce = newNonce();
    const claim = await claimAs(second, ben, request, reply, nonce);
    if (claim.status !== 'claimed') throw new Error('The claim was not granted.');
    expect(await decryptAs(first, ben, request, claim.sealedReply)).toEqual({
      kind: 'text',
      text: 'sesame',
    });
    expect(await acknowledgeAs(first, ben, request, reply, nonce)).toBe(true);
    expect(await claimAs(first, ben, request, reply, nonce)).toMatchObject({
      status: 'ended',
      ending: { kind: 'opened', by: 'Ben' },
    });
    expect(await claimAs(first, ada, request, reply)).toMatchObject({ status: 'ended' });
    const rows = await first.client.$queryRaw`
      SELECT wrapped_ciphertext, claim_nonce_hash FROM sealed_items`;
    expect(rows).toEqual([{ wrapped_ciphertext: null, claim_nonce_hash: null }]);
  });

  it('sent without a script is sealed at once to the same key: nothing of it is stored in clear', async () => {
    const fields = [
      { label: 'User name', kind: 'text' },
      { label: 'Password', kind: 'password' },
    ] as const;
    const canary = `canary-${randomBytes(12).toString('hex')}`;
    const request = await askFor(first, ada, { fields });
    const sent = await sealReplyOnServer(first, {
      token: request.token,
      nonce: newNonce(),
      values: ['root', canary],
      mayBePartial: false,
    });
    expect(sent).toMatchObject({ status: 'sent', seal: 'server', readers: ['Ada'] });

    const tables = await first.client.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    for (const { name } of tables) {
      const rows = await first.client.$queryRawUnsafe<{ text: string }[]>(
        `SELECT t::text AS text FROM "${name}" t`,
      );
      const hex = Buffer.from(canary).toString('hex');
      for (const { text } of rows) expect(text.includes(canary) || text.includes(hex)).toBe(false);
    }

    const reply = await firstReply(first, ada, request);
    const claim = await claimAs(first, ada, request, reply);
    if (claim.status !== 'claimed') throw new Error('The claim was not granted.');
    expect(await decryptAs(first, ada, request, claim.sealedReply)).toEqual({
      kind: 'fields',
      fields: [
        { label: 'User name', kind: 'text', value: 'root' },
        { label: 'Password', kind: 'password', value: canary },
      ],
    });
  });

  it.each([
    ['nothing', [''], 'reply_missing'],
    ['white space', [' \n '], 'reply_missing'],
    ['more than 1 MiB', ['é'.repeat(524_289)], 'reply_too_large'],
  ])('of %s is refused and takes no place', async (_name, values, refusal) => {
    const request = await askFor(first, ada);
    const nonce = newNonce();
    const reply = { token: request.token, nonce, values, mayBePartial: true };
    expect(await sealReplyOnServer(first, reply)).toEqual({ status: 'refused', refusal });
    expect((await lookAtRequest(first, request.token)).status).toBe('open');
  });

  it('without what is required is refused, and with other gaps until they are said to be meant', async () => {
    const request = await askFor(first, ada, {
      fields: [
        { label: 'User name', kind: 'text' },
        { label: 'Password', kind: 'password', required: true },
      ],
    });
    const send = (values: readonly string[], mayBePartial: boolean) =>
      sealReplyOnServer(first, { token: request.token, nonce: newNonce(), values, mayBePartial });
    expect(await send(['root', ' '], true)).toEqual({
      status: 'refused',
      refusal: 'reply_incomplete',
    });
    expect(await send(['', 'secret'], false)).toEqual({
      status: 'refused',
      refusal: 'reply_empties_unconfirmed',
    });
    expect((await lookAtRequest(first, request.token)).status).toBe('open');
    expect((await send(['', 'secret'], true)).status).toBe('sent');
  });

  it('of exactly 1 MiB is taken', async () => {
    const request = await askFor(first, ada);
    const values = ['a'.repeat(1_048_576)];
    const sent = await sealReplyOnServer(first, {
      token: request.token,
      nonce: newNonce(),
      values,
      mayBePartial: false,
    });
    expect(sent.status).toBe('sent');
  });

  it('that arrives twice, because its answer was lost, is one reply', async () => {
    const request = await askFor(first, ada, { repliesAllowed: 3 });
    const nonce = newNonce();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        replyInBrowser(index % 2 === 0 ? first : second, request, ['once'], nonce),
      ),
    );
    expect(new Set(results.map(statusTokenOf)).size).toBe(1);
    expect((await inboxFor(first, ada, request)).placesTaken).toBe(1);
  });

  it('that took the last place is told so again, not that another came first', async () => {
    const request = await askFor(first, ada);
    const nonce = newNonce();
    await replyInBrowser(first, request, ['last'], nonce);
    expect((await replyInBrowser(second, request, ['last'], nonce)).status).toBe('sent');
  });

  it('of which the nonce is known does not tell about, or change, another request', async () => {
    const request = await askFor(first, ada);
    const other = await askFor(first, ada);
    const nonce = newNonce();
    await replyInBrowser(first, request, ['mine'], nonce);
    expect((await replyInBrowser(first, other, ['theirs'], nonce)).status).toBe('unknown');
    expect((await inboxFor(first, ada, other)).placesTaken).toBe(0);
  });
});

describe('the last place', () => {
  it('is taken by one of many replies at once: one is accepted, the others told, the first intact', async () => {
    for (let round = 0; round < 4; round += 1) {
      const request = await askFor(first, ada);
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          replyInBrowser(index % 2 === 0 ? first : second, request, [`reply ${String(index)}`]),
        ),
      );
      expect(results.filter(({ status }) => status === 'sent')).toHaveLength(1);
      const told = results.filter(({ status }) => status === 'refused');
      expect(told).toHaveLength(7);
      for (const result of told) expect(result).toMatchObject({ refusal: 'replies_full' });
      const winner = results.findIndex(({ status }) => status === 'sent');
      const reply = await firstReply(first, ada, request);
      const claim = await claimAs(first, ada, request, reply);
      if (claim.status !== 'claimed') throw new Error('The claim was not granted.');
      expect(await decryptAs(first, ada, request, claim.sealedReply)).toEqual({
        kind: 'text',
        text: `reply ${String(winner)}`,
      });
    }
  });
});

describe('a claim', () => {
  it('is granted to one of many readers at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const request = await askFor(first, ada, { readers: [ada, ben] });
      await replyInBrowser(first, request);
      const reply = await firstReply(first, ada, request);
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          index % 2 === 0
            ? claimAs(first, ada, request, reply)
            : claimAs(second, ben, request, reply),
        ),
      );
      expect(results.filter(({ status }) => status === 'claimed')).toHaveLength(1);
      expect(results.filter(({ status }) => status === 'ended')).toHaveLength(15);
    }
  });

  it('can be repeated by its own nonce and reader within the lease, by no other', async () => {
    const request = await askFor(first, ada, { readers: [ada, ben] });
    await replyInBrowser(first, request);
    const reply = await firstReply(first, ada, request);
    const nonce = newNonce();
    expect((await claimAs(first, ada, request, reply, nonce)).status).toBe('claimed');
    expect((await claimAs(second, ada, request, reply, nonce)).status).toBe('claimed');
    expect((await claimAs(first, ben, request, reply, nonce)).status).toBe('ended');
    expect((await firstReply(first, ada, request)).isRepeatable).toBe(true);
    expect((await firstReply(first, ben, request)).isRepeatable).toBe(false);
    await first.client.$executeRaw`UPDATE sealed_items SET lease_until = clock_timestamp()`;
    expect((await claimAs(first, ada, request, reply, nonce)).status).toBe('ended');
  });

  it('erases at once where leases are off', async () => {
    const desk = createRequestDesk(first.url, first.keyring, { leaseSeconds: 0 });
    try {
      const request = await askFor(desk, ada);
      await replyInBrowser(desk, request);
      const reply = await firstReply(desk, ada, request);
      const nonce = newNonce();
      expect((await claimAs(desk, ada, request, reply, nonce)).status).toBe('claimed');
      expect((await claimAs(desk, ada, request, reply, nonce)).status).toBe('ended');
      const rows = await desk.client
        .$queryRaw`SELECT state::text, wrapped_ciphertext FROM sealed_items`;
      expect(rows).toEqual([{ state: 'OPENED', wrapped_ciphertext: null }]);
    } finally {
      await desk.close();
    }
  });
});

describe('the client', () => {
  it('sees what became of a reply, and takes it back while nobody has read it', async () => {
    const request = await askFor(first, ada);
    const token = statusTokenOf(await replyInBrowser(first, request));
    expect(await lookAtReply(first, token)).toMatchObject({ askedBy: 'Ada', ending: null });
    expect(await withdrawReply(second, token)).toMatchObject({
      ending: { kind: 'destroyed', by: 'client' },
    });
    const reply = await firstReply(first, ada, request);
    expect(await claimAs(first, ada, request, reply)).toMatchObject({
      status: 'ended',
      ending: { kind: 'destroyed', by: 'client' },
    });
  });

  it('is told who can read a reply as long as it waits, and who was added after it was sent', async () => {
    const request = await askFor(first, ada);
    const token = statusTokenOf(await replyInBrowser(first, request));
    const look = async () => {
      const status = await lookAtReply(second, token);
      return status.status === 'known' ? status.readers : null;
    };
    expect(await look()).toEqual([{ name: 'Ada', since: null }]);
    await first.client.$executeRaw`
      INSERT INTO request_readers (request_id, account_id, sealed_seed)
      SELECT id, ${ben.accountId}::uuid, ${randomBytes(1203)} FROM requests`;
    const [added] = await first.client.$queryRaw<{ at: Date }[]>`
      SELECT added_at AS at FROM request_readers WHERE account_id = ${ben.accountId}::uuid`;
    expect(await look()).toEqual([
      { name: 'Ada', since: null },
      { name: 'Ben', since: added?.at.toISOString() },
    ]);
    await withdrawReply(second, token);
    expect(await look()).toEqual([]);
  });

  it('who took a reply back can send another in its place; who asked sees one of one', async () => {
    const request = await askFor(first, ada);
    const nonce = newNonce();
    const token = statusTokenOf(await replyInBrowser(first, request, ['a typo'], nonce));
    await withdrawReply(second, token);
    expect((await lookAtRequest(second, request.token)).status).toBe('open');
    expect(await inboxFor(first, ada, request)).toMatchObject({
      condition: 'open',
      placesTaken: 0,
    });
    expect(await waitingFor(ada)).toEqual([{ condition: 'open', placesTaken: 0 }]);

    // The old form once more is no new reply, and is not told that it was sent.
    expect(await replyInBrowser(first, request, ['a typo'], nonce)).toEqual({
      status: 'refused',
      refusal: 'reply_taken_back',
    });
    expect((await replyInBrowser(first, request, ['corrected'])).status).toBe('sent');
    expect(await replyInBrowser(second, request)).toMatchObject({ refusal: 'replies_full' });
    expect(await inboxFor(first, ada, request)).toMatchObject({
      condition: 'full',
      placesTaken: 1,
      replies: [{ ending: { kind: 'destroyed', by: 'client' } }, { ending: null }],
    });
    const managed = { accountId: ada.accountId, request: request.id };
    expect(await extendRequest(first, { ...managed, expiresIn: '30d' })).toMatchObject({
      status: 'known',
    });
  });

  it('who takes back what was claimed frees no place', async () => {
    const request = await askFor(first, ada);
    const token = statusTokenOf(await replyInBrowser(first, request));
    await claimAs(first, ada, request, await firstReply(first, ada, request));
    await withdrawReply(second, token);
    expect(await replyInBrowser(first, request)).toMatchObject({ refusal: 'replies_full' });
    expect((await inboxFor(first, ada, request)).placesTaken).toBe(1);
  });

  it('who takes back without an end frees no more places than a number that is set', async () => {
    const request = await askFor(first, ada);
    const sent = await replyInBrowser(first, request);
    await withdrawReply(first, statusTokenOf(sent));
    // As if there had been as many before as free a place.
    await first.client.$executeRaw`
      UPDATE requests SET replies_received = replies_received + ${MAX_PLACES_FREED}::int
      WHERE state = 'OPEN'`;
    await first.client.$executeRaw`
      INSERT INTO sealed_items (id, request_id, epoch, seal, state, burned_by, ended_at, expires_at)
      SELECT 1000 + n, p.request_id, p.epoch, p.seal, p.state, p.burned_by, p.ended_at, p.expires_at
      FROM sealed_items p, generate_series(1, ${MAX_PLACES_FREED}::int) AS n
      WHERE p.request_id = (SELECT id FROM requests WHERE state = 'OPEN')`;
    expect(await replyInBrowser(first, request)).toMatchObject({ refusal: 'replies_full' });
  });

  it('who takes back while others answer leaves no more replies than allowed', async () => {
    for (let round = 0; round < 12; round += 1) {
      const request = await askFor(first, ada, { repliesAllowed: 2 });
      const token = statusTokenOf(await replyInBrowser(first, request));
      await replyInBrowser(first, request);
      const [, ...results] = await Promise.all([
        withdrawReply(second, token),
        replyInBrowser(first, request),
        replyInBrowser(second, request),
        replyInBrowser(first, request),
      ]);
      const late = await replyInBrowser(first, request);
      // The place is free by now, and whoever took it was alone.
      expect([...results, late].filter(({ status }) => status === 'sent')).toHaveLength(1);
      const { replies, placesTaken } = await inboxFor(first, ada, request);
      expect(replies.filter(({ ending }) => ending === null)).toHaveLength(2);
      expect(placesTaken).toBe(2);
    }
  });

  it('is told who read it, and can end the lease but not the reading', async () => {
    const request = await askFor(first, ada);
    const token = statusTokenOf(await replyInBrowser(first, request));
    const reply = await firstReply(first, ada, request);
    const nonce = newNonce();
    await claimAs(first, ada, request, reply, nonce);
    expect(await withdrawReply(first, token)).toMatchObject({
      ending: { kind: 'opened', by: 'Ada' },
    });
    expect((await claimAs(first, ada, request, reply, nonce)).status).toBe('ended');
  });

  it('who takes back while staff open: one of the two, and nothing is readable afterwards', async () => {
    for (let round = 0; round < 8; round += 1) {
      const request = await askFor(first, ada);
      const token = statusTokenOf(await replyInBrowser(first, request));
      const reply = await firstReply(first, ada, request);
      const nonce = newNonce();
      await Promise.all([claimAs(first, ada, request, reply, nonce), withdrawReply(second, token)]);
      expect((await claimAs(first, ada, request, reply, nonce)).status).toBe('ended');
    }
    const left = await first.client.$queryRaw`
      SELECT id FROM sealed_items WHERE wrapped_ciphertext IS NOT NULL`;
    expect(left).toEqual([]);
  });

  it('can’t use a link of one purpose for another', async () => {
    const request = await askFor(first, ada);
    const status = statusTokenOf(await replyInBrowser(first, request));
    expect(await lookAtReply(first, request.token)).toEqual({ status: 'unknown' });
    expect(await withdrawReply(first, request.token)).toEqual({ status: 'unknown' });
    expect(await lookAtRequest(first, status)).toEqual({ status: 'unknown' });
    expect(await lookAtReply(first, 'A'.repeat(34))).toEqual({ status: 'unknown' });
  });
});

describe('a request that takes no more', () => {
  it('is told apart: full, closed, expired by the database’s clock', async () => {
    const full = await askFor(first, ada);
    await replyInBrowser(first, full);
    expect(await lookAtRequest(first, full.token)).toEqual({ status: 'full' });

    const closed = await askFor(first, ada);
    await closeRequest(first, { accountId: ada.accountId, request: closed.id });
    expect(await lookAtRequest(first, closed.token)).toEqual({ status: 'closed' });
    expect(await replyInBrowser(first, closed)).toMatchObject({ refusal: 'request_closed' });

    const expired = await askFor(first, ada);
    await first.client.$executeRaw`
      UPDATE requests SET expires_at = clock_timestamp() WHERE state = 'OPEN'`;
    expect(await lookAtRequest(first, expired.token)).toEqual({ status: 'expired' });
    expect(await replyInBrowser(first, expired)).toMatchObject({ refusal: 'request_expired' });
  });

  it('takes none that was under way when it expired', async () => {
    const request = await askFor(first, ada);
    const late: TestRequestDesk = {
      ...first,
      keyring: {
        ...first.keyring,
        // Asked for after the request was found open, and before the reply is put there.
        sealingEpoch: async (...asked) => {
          await first.client.$executeRaw`
            UPDATE requests SET expires_at = clock_timestamp() WHERE state = 'OPEN'`;
          return first.keyring.sealingEpoch(...asked);
        },
      },
    };
    expect(await replyInBrowser(late, request)).toMatchObject({ refusal: 'request_expired' });
  });

  it.each([10, -10])(
    'expires by the database where the clock of an app instance is off by %i minutes',
    async (minutes) => {
      const nowMs = () => Date.now() + minutes * 60_000;
      const wrong = createRequestDesk(first.url, first.keyring, { nowMs });
      try {
        await askFor(wrong, ada);
        const [row] = await first.client.$queryRaw<{ lifetime: number; kept: number }[]>`
          SELECT extract(epoch FROM expires_at - created_at)::float8 AS lifetime,
            extract(epoch FROM keep_until - expires_at)::float8 AS kept FROM requests`;
        expect(Math.abs((row?.lifetime ?? 0) - 3600)).toBeLessThan(5);
        expect(row?.kept).toBe(30 * 86_400);
      } finally {
        await wrong.close();
      }
    },
  );

  it('destroyed while replies come: nothing of them stays', async () => {
    for (let round = 0; round < 4; round += 1) {
      const request = await askFor(first, ada, { repliesAllowed: 10 });
      await Promise.all([
        ...Array.from({ length: 6 }, () => replyInBrowser(second, request)),
        destroyRequest(first, { accountId: ada.accountId, request: request.id }),
      ]);
    }
    const left = await first.client.$queryRaw`
      SELECT id FROM sealed_items WHERE wrapped_ciphertext IS NOT NULL`;
    expect(left).toEqual([]);
    const requests = await first.client.$queryRaw`
      SELECT id FROM requests WHERE public_key IS NOT NULL OR state <> 'ENDED'`;
    expect(requests).toEqual([]);
    const seeds = await first.client.$queryRaw`
      SELECT request_id FROM request_readers WHERE sealed_seed <> ''`;
    expect(seeds).toEqual([]);
  });
});

describe('extending', () => {
  it('opens an expired request again and keeps the server keys of request and replies', async () => {
    const request = await askFor(first, ada, { repliesAllowed: 2, expiresIn: '5m' });
    const [old] = first.keyring.epochs;
    first.keyring.epochs.unshift(await createEpoch());
    try {
      await replyInBrowser(first, request);
      await first.client.$executeRaw`UPDATE requests SET expires_at = clock_timestamp()`;
      first.keyring.kept.length = 0;
      const state = await extendRequest(first, {
        accountId: ada.accountId,
        request: request.id,
        expiresIn: '30d',
      });
      if (state.status !== 'known') throw new Error('The request was not extended.');
      expect(state.inbox.condition).toBe('open');
      expect(first.keyring.kept.map(({ id }) => id).toSorted()).toEqual(
        first.keyring.epochs.map(({ id }) => id).toSorted(),
      );
      for (const { untilMs } of first.keyring.kept) {
        expect(Math.abs(untilMs - Date.parse(state.inbox.keepUntil))).toBeLessThan(5);
      }
    } finally {
      if (old !== undefined) first.keyring.epochs.splice(0, first.keyring.epochs.length, old);
    }
  });

  it('while replies come neither loses a reply nor leaves one without its key', async () => {
    for (let round = 0; round < 4; round += 1) {
      const request = await askFor(first, ada, { repliesAllowed: 10, expiresIn: '5m' });
      const [results] = await Promise.all([
        Promise.all(Array.from({ length: 4 }, () => replyInBrowser(second, request))),
        extendRequest(first, { accountId: ada.accountId, request: request.id, expiresIn: '7d' }),
      ]);
      for (const { status } of results) expect(status).toBe('sent');
      const inbox = await inboxFor(first, ada, request);
      expect(Date.parse(inbox.expiresAt) - Date.now()).toBeGreaterThan(6 * 86_400_000);
      expect(inbox.replies).toHaveLength(4);
    }
  });

  it('never shortens', async () => {
    const request = await askFor(first, ada, { expiresIn: '30d' });
    const before = await inboxFor(first, ada, request);
    await extendRequest(first, {
      accountId: ada.accountId,
      request: request.id,
      expiresIn: '5m',
    });
    expect(await inboxFor(first, ada, request)).toMatchObject({
      expiresAt: before.expiresAt,
      keepUntil: before.keepUntil,
    });
  });
});
