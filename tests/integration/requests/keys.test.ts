/** Whose key a request has, on a real database, with the browsers' own code at both ends. */
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkRequestKey } from '@/lib/browser/requests/reply';
import { sealForColleague } from '@/lib/browser/requests/request-seed';
import { decodeBase64url } from '@/lib/protocol/bytes';
import { readRequestId } from '@/lib/protocol/request';
import { createRequestKeys, sealSharedSeed, type RequestKeys } from '@/lib/protocol/request-keys';
import { destroyRequest } from '@/lib/requests/manage';
import { addReader, keepSeed } from '@/lib/requests/readers';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { formatRowId, toRowId } from '@/lib/requests/rows';
import { sealSeedInVersion1 } from '@/tests/vectors/version-1-seed';
import { newNonce } from '../desk';
import {
  askFor,
  claimAs,
  decryptAs,
  firstReply,
  inboxFor,
  openAs,
  replyInBrowser,
  type TestRequest,
} from './both-browsers';
import {
  colleagueOf,
  givenRequestDesk,
  givenStaff,
  newReader,
  type TestStaff,
} from './request-desk';

const desk = givenRequestDesk();
const ada = givenStaff(desk, 'Ada');
const ben = givenStaff(desk, 'Ben');
/** With an account of their own, and everything that the server and its database know. */
const eve = givenStaff(desk, 'Eve');

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM requests`;
});

const rowId = ({ id }: Pick<TestRequest, 'id'>) => toRowId(readRequestId(id));

async function replaceKey(request: TestRequest, { publicKey }: RequestKeys): Promise<void> {
  await desk.client.$executeRaw`
    UPDATE requests SET public_key = ${Buffer.from(publicKey)} WHERE id = ${rowId(request)}`;
}

async function replaceSeed(request: TestRequest, of: TestStaff, sealed: Uint8Array): Promise<void> {
  await desk.client.$executeRaw`
    UPDATE request_readers SET sealed_seed = ${Buffer.from(sealed)}
    WHERE request_id = ${rowId(request)} AND account_id = ${of.accountId}::uuid`;
}

function sealInVersion1(keys: RequestKeys, to: TestStaff): Promise<Uint8Array> {
  return sealSeedInVersion1(keys, to.vault.publicKey);
}

/** What the client's browser makes of what is served. */
async function checkAsClient({ token, fingerprint }: TestRequest): Promise<string> {
  const look = await lookAtRequest(desk, token);
  if (look.status !== 'open') throw new Error('The request is not open.');
  const address = { pathname: `/r/${token}`, search: '', hash: `#${fingerprint}` };
  return (await checkRequestKey(address, look.asked)).kind;
}

async function openedBy(staff: TestStaff, request: Pick<TestRequest, 'id'>) {
  const opened = await openAs(desk, staff, request);
  if (opened === null || opened === 'altered') throw new Error('The vault opens no such request.');
  return opened;
}

describe('a request whose key and seed somebody replaced in the database', () => {
  it('is refused by the vault that made it, in whatever form they seal the seed, and by the client', async () => {
    const request = await askFor(desk, ada);
    expect((await openedBy(ada, request)).source).toEqual({ kind: 'own' });
    expect(await checkAsClient(request)).toBe('matches');
    const forged = await createRequestKeys();
    const bound = { ...forged, ...(await openedBy(ada, request)), ...forged };
    const shared = await sealSharedSeed(eve.vault, bound, {
      linkVersion: 2,
      readerPublicKey: ada.vault.publicKey,
    });
    await replaceKey(request, forged);
    for (const sealed of [await sealInVersion1(forged, ada), shared]) {
      await replaceSeed(request, ada, sealed);
      expect(await openAs(desk, ada, request)).toBe('altered');
    }
    expect(await checkAsClient(request)).toBe('mismatch');
  });

  it('is refused with the seed of another of one’s own requests, too', async () => {
    const [request, other] = [await askFor(desk, ada), await askFor(desk, ada)];
    await desk.client.$executeRaw`
      UPDATE requests r SET public_key = other.public_key FROM requests other
      WHERE r.id = ${rowId(request)} AND other.id = ${rowId(other)}`;
    const { sealedSeed } = await inboxFor(desk, ada, other);
    await replaceSeed(request, ada, decodeBase64url(sealedSeed ?? ''));
    expect(await openAs(desk, ada, request)).toBe('altered');
    expect(await checkAsClient(request)).toBe('mismatch');
  });

  it('shows a colleague who sealed it, and never the one whom it is said to come from', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben] });
    expect((await openedBy(ben, request)).source).toMatchObject({ kind: 'colleague', name: 'Ada' });
    const forged = await createRequestKeys();
    const bound = { ...(await openedBy(ben, request)), ...forged };
    const byEve = await sealSharedSeed(eve.vault, bound, {
      linkVersion: 2,
      readerPublicKey: ben.vault.publicKey,
    });
    await replaceKey(request, forged);
    await replaceSeed(request, ben, byEve);
    expect((await openedBy(ben, request)).source).toMatchObject({ kind: 'colleague', name: 'Eve' });
    const asAda = { seed: eve.vault.seed, publicKey: ada.vault.publicKey };
    const reader = { linkVersion: 2, readerPublicKey: ben.vault.publicKey } as const;
    await replaceSeed(request, ben, await sealSharedSeed(asAda, bound, reader));
    expect(await openAs(desk, ben, request)).toBeNull();
    await replaceSeed(request, ben, await sealInVersion1(forged, ben));
    expect((await openedBy(ben, request)).source).toEqual({ kind: 'unproven' });
  });
});

describe('a question that somebody altered in the database', () => {
  it.each([
    ['its words', 'question', 'Where is the key?'],
    ['a field added', 'fields', '[{"kind":"text","label":"Your bank PIN"}]'],
    ['its fields, to what is no list of fields', 'fields', '{"kind":"text"}'],
  ] as const)(
    'is refused by the client and by the vault that asked: %s',
    async (_name, column, to) => {
      const request = await askFor(desk, ada, { fields: [{ kind: 'text', label: 'Host' }] });
      await (column === 'question'
        ? desk.client.$executeRaw`UPDATE requests SET question = ${to} WHERE id = ${rowId(request)}`
        : desk.client
            .$executeRaw`UPDATE requests SET fields = ${to}::jsonb WHERE id = ${rowId(request)}`);
      expect(await checkAsClient(request)).toBe('mismatch');
      expect(await openAs(desk, ada, request)).toBe('altered');
    },
  );

  it('matches as it was typed, with line ends and spaces as forms send them', async () => {
    const fields = [{ kind: 'password', label: 'Straße №5 é' }] as const;
    const request = await askFor(desk, ada, { fields });
    expect(await checkAsClient(request)).toBe('matches');
    expect(await openedBy(ada, request)).toMatchObject({ linkVersion: 2 });
  });
});

describe('a request that was made in version 1', () => {
  /** As a server of version 1 stored it: a random id, the seed in base mode, a link to the key alone. */
  async function askInVersion1(readers: readonly TestStaff[]): Promise<TestRequest> {
    const made = await askFor(desk, ada, { readers, repliesAllowed: 2 });
    const keys = await createRequestKeys();
    await replaceKey(made, keys);
    for (const reader of readers) {
      await replaceSeed(made, reader, await sealInVersion1(keys, reader));
    }
    const drawn = randomBytes(8).readBigInt64BE();
    // Its readers' rows go with it.
    await desk.client.$executeRaw`UPDATE requests SET id = ${drawn} WHERE id = ${rowId(made)}`;
    const id = formatRowId(drawn);
    const link = (await inboxFor(desk, ada, { id })).link ?? '';
    return { ...made, ...keys, id, token: link.slice(link.lastIndexOf('/') + 1) };
  }

  async function keep(staff: TestStaff, request: TestRequest, seed: string): Promise<boolean> {
    const { accountId } = staff;
    return keepSeed(desk, { accountId, request: request.id, sealedSeed: decodeBase64url(seed) });
  }

  it('is kept by each reader’s own vault once opened, keeps its link, and goes on being called unproven', async () => {
    const request = await askInVersion1([ada, ben]);
    await replyInBrowser(desk, request, ['before']);
    for (const reader of [ada, ben]) {
      const before = await openedBy(reader, request);
      expect(before).toMatchObject({ source: { kind: 'unproven' }, linkVersion: 1 });
      expect(await keep(reader, request, before.seedToKeep ?? '')).toBe(true);
      expect(
        decodeBase64url((await inboxFor(desk, reader, request)).sealedSeed ?? ''),
      ).toHaveLength(95);
      const after = await openedBy(reader, request);
      expect(after).toMatchObject({ source: { kind: 'unproven' }, seedToKeep: null });
      expect(after.fingerprint).toBe(before.fingerprint);
      expect(await checkAsClient({ ...request, fingerprint: after.fingerprint })).toBe('matches');
    }
    const claim = await claimAs(
      desk,
      ada,
      request,
      await firstReply(desk, ada, request),
      newNonce(),
    );
    if (claim.status !== 'claimed') throw new Error('It was not claimed.');
    expect(await decryptAs(desk, ada, request, claim.sealedReply)).toMatchObject({
      text: 'before',
    });
  });

  it('can be shared on, and stays unproven to whoever it is shared with', async () => {
    const request = await askInVersion1([ada]);
    const sealed = await sealForColleague(await openedBy(ada, request), colleagueOf(ben));
    await addReader(desk, {
      accountId: ada.accountId,
      request: request.id,
      reader: newReader(ben, {
        sealedSeed: decodeBase64url(sealed.sealedSeed),
        sealedFor: decodeBase64url(sealed.sealedFor),
      }),
    });
    expect((await openedBy(ben, request)).source).toEqual({ kind: 'unproven' });
  });

  it('has its key and its question for good from then on', async () => {
    const request = await askInVersion1([ada]);
    const { seedToKeep } = await openedBy(ada, request);
    expect(await keep(ada, request, seedToKeep ?? '')).toBe(true);
    await replaceKey(request, await createRequestKeys());
    expect(await openAs(desk, ada, request)).toBeNull();
  });
});

describe('keeping a seed', () => {
  it('is for readers, and never overwrites what their own vault wrapped', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben] });
    const { seedToKeep } = await openedBy(ben, request);
    const sealedSeed = decodeBase64url(seedToKeep ?? '');
    const keepAs = ({ accountId }: TestStaff, seed: Uint8Array = sealedSeed) =>
      keepSeed(desk, { accountId, request: request.id, sealedSeed: seed });
    expect(await keepAs(eve)).toBe(false);
    expect(await keepAs(ada)).toBe(false);
    expect(await keepAs(ben)).toBe(true);
    expect(await keepAs(ben, randomBytes(95))).toBe(false);
    // Nor does adding whoever is a reader already, themselves included.
    for (const reader of [ben, ada]) {
      await addReader(desk, {
        accountId: ada.accountId,
        request: request.id,
        reader: newReader(reader),
      });
    }
    expect((await openedBy(ben, request)).source).toMatchObject({ kind: 'colleague', name: 'Ada' });
    expect((await openedBy(ada, request)).source).toEqual({ kind: 'own' });
  });

  it('does nothing to a request that has ended', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben] });
    const { seedToKeep } = await openedBy(ben, request);
    await destroyRequest(desk, { accountId: ada.accountId, request: request.id });
    const sealedSeed = decodeBase64url(seedToKeep ?? '');
    const kept = await keepSeed(desk, {
      accountId: ben.accountId,
      request: request.id,
      sealedSeed,
    });
    expect(kept).toBe(false);
    const [row] = await desk.client.requestReader.findMany({
      where: { requestId: rowId(request), accountId: ben.accountId },
    });
    expect(row?.sealedSeed).toHaveLength(0);
  });
});
