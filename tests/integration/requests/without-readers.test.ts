/** Readers who leave, in every pair of ways at the same moment, while a client replies. */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import { sweepRequestBatch } from '@/lib/requests/ending';
import { showRequest } from '@/lib/requests/inbox';
import { addReader, removeReader } from '@/lib/requests/readers';
import { lookAtReply } from '@/lib/requests/replies';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { insertLinkByEmail } from '@/lib/accounts/recovery-links';
import { tokenOf } from '../desk';
import { askFor, replyInBrowser, type TestRequest } from './both-browsers';
import {
  createStaff,
  givenRequestDesk,
  givenStaff,
  newReader,
  type TestStaff,
} from './request-desk';
import { removeAsTold, replaceVaultAsTold } from '../accounts/remove-as-told';

/** Of each pair of ways. `ROUNDS=100` makes some more than a thousand of them. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);

const desk = givenRequestDesk();
const owner = givenStaff(desk, 'Olivia', 'OWNER');

type Leave = (leaving: TestStaff, request: TestRequest, other: TestStaff) => Promise<unknown>;

/** How somebody stops being a reader. */
const WAYS: Readonly<Record<string, Leave>> = {
  'their account is removed': ({ accountId }) =>
    removeAsTold(
      desk.client,
      { accountId: owner.accountId, signInHash: 'none', secondFactorSince: null },
      accountId,
    ),
  'they make a new vault': async ({ accountId, email }) => {
    const tokenHash = await hashNewToken(createOpaqueToken());
    await desk.client.$transaction((transaction) =>
      insertLinkByEmail(transaction, email, tokenHash),
    );
    const vault = {
      publicKey: randomBytes(1216),
      seedByPassword: randomBytes(60),
      seedByRecovery: randomBytes(60),
    };
    const made = {
      passwordSalt: randomBytes(16),
      signInHash: 'new',
      secondFactorSince: null,
      vault,
    };
    expect(await replaceVaultAsTold(desk.client, accountId, tokenHash, made)).not.toBeNull();
    expect(await desk.client.requestReader.count({ where: { accountId } })).toBe(0);
  },
  'they are taken off': ({ accountId }, request, other) =>
    removeReader(desk, { accountId: other.accountId, request: request.id, readerId: accountId }),
};

const PAIRS = Object.keys(WAYS).flatMap((one) =>
  Object.keys(WAYS).map((two) => [one, two] as const),
);

/** Requests that go on, or replies that wait, where nobody is left to read them. */
async function countUnreadable(): Promise<unknown> {
  const [counted] = await desk.client.$queryRaw<unknown[]>`
    WITH alone AS (
      SELECT r.id, r.state FROM requests r
      WHERE NOT EXISTS (SELECT 1 FROM request_readers rr WHERE rr.request_id = r.id)
    )
    SELECT (SELECT count(*)::int FROM alone WHERE state <> 'ENDED') AS "requests",
      (SELECT count(*)::int FROM sealed_items p JOIN alone ON alone.id = p.request_id
        WHERE p.state = 'SEALED') AS "replies"`;
  return counted;
}

it.each(PAIRS)(
  'no request and no reply is left with nobody who can read: of two, %s and at the same moment %s',
  async (one, two) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [ada, ben] = [
        await createStaff(desk.client, 'Ada'),
        await createStaff(desk.client, 'Ben'),
      ];
      const request = await askFor(desk, ada, { readers: [ada, ben], repliesAllowed: 3 });
      await Promise.all([
        WAYS[one]?.(ada, request, ben),
        WAYS[two]?.(ben, request, ada),
        ...Array.from({ length: 3 }, () => replyInBrowser(desk, request)),
      ]);
      expect(await countUnreadable()).toEqual({ requests: 0, replies: 0 });
    }
  },
);

it('a request ends with its last reader, and its client is told that nobody read the reply', async () => {
  const ada = await createStaff(desk.client, 'Ada');
  const request = await askFor(desk, ada, { repliesAllowed: 2 });
  const sent = await replyInBrowser(desk, request);
  await WAYS['their account is removed']?.(ada, request, ada);
  expect(await lookAtRequest(desk, request.token)).toEqual({ status: 'closed' });
  expect(await replyInBrowser(desk, request)).toMatchObject({ refusal: 'request_closed' });
  const token = sent.status === 'sent' ? tokenOf(sent.statusLink) : '';
  expect(await lookAtReply(desk, token)).toMatchObject({
    ending: { kind: 'destroyed', by: 'request_end' },
  });
});

it('a request that a version before left without readers takes no reply, and is ended by the sweeper', async () => {
  const ada = await createStaff(desk.client, 'Ada');
  const request = await askFor(desk, ada);
  await desk.client.requestReader.deleteMany({ where: { accountId: ada.accountId } });
  expect(await lookAtRequest(desk, request.token)).toEqual({ status: 'closed' });
  expect(await replyInBrowser(desk, request)).toMatchObject({ refusal: 'request_closed' });
  expect(await countUnreadable()).toMatchObject({ requests: 1 });
  await sweepRequestBatch(desk.client, []);
  expect(await countUnreadable()).toEqual({ requests: 0, replies: 0 });
});

it.each(Object.keys(WAYS))(
  'whoever asked is shown that a reader dropped out whom nobody took off, until they add one: %s',
  async (way) => {
    const ada = await createStaff(desk.client, 'Ada');
    const ben = await createStaff(desk.client, 'Ben');
    const request = await askFor(desk, ada, { readers: [ada, ben] });
    const lostFor = async ({ accountId }: TestStaff) => {
      const shown = await showRequest(desk, accountId, request.id);
      return shown.status === 'known' && shown.inbox.readerLostAt !== null;
    };
    expect(await lostFor(ada)).toBe(false);
    await WAYS[way]?.(ben, request, ada);
    expect(await lostFor(ada)).toBe(way !== 'they are taken off');
    const reader = newReader(owner);
    await addReader(desk, { accountId: ada.accountId, request: request.id, reader });
    expect(await lostFor(ada)).toBe(false);
  },
);
