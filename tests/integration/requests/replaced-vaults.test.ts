import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashNewToken, createOpaqueToken } from '@/lib/accounts/opaque-token';
import { sealForColleague, makeRequest } from '@/lib/browser/requests/request-seed';
import { decodeBase64url } from '@/lib/protocol/bytes';
import { createVault } from '@/lib/protocol/vault';
import { createRequest } from '@/lib/requests/create';
import { addReader } from '@/lib/requests/readers';
import type { CreateResult, InboxState } from '@/lib/requests/outcomes';
import { createForm } from '@/lib/requests/schema';
import { insertLinkByEmail } from '@/lib/accounts/recovery-links';
import { textOf } from '@/tests/support/envelopes';
import { beginWhileWaiting } from '../begin-while-waiting';
import {
  askFor,
  claimAs,
  decryptAs,
  firstReply,
  openAs,
  replyInBrowser,
  type TestRequest,
} from './both-browsers';
import {
  colleagueOf,
  createStaff,
  givenRequestDesk,
  newReader,
  type TestStaff,
} from './request-desk';
import { replaceVaultAsTold } from '../accounts/remove-as-told';

const desk = givenRequestDesk();
let ada: TestStaff;
let ben: TestStaff;
let eve: TestStaff;

beforeEach(async () => {
  const { client } = desk;
  [ada, ben, eve] = await Promise.all([
    createStaff(client, 'Ada'),
    createStaff(client, 'Ben'),
    createStaff(client, 'Eve'),
  ]);
});

/** A link to a new password. */
async function linkOf(person: TestStaff): Promise<Uint8Array> {
  const tokenHash = await hashNewToken(createOpaqueToken());
  await desk.client.$transaction((transaction) =>
    insertLinkByEmail(transaction, person.email, tokenHash),
  );
  return tokenHash;
}

/** Comes back by a link and without the recovery code: the same person, with another vault. */
async function recoverWithoutCode(person: TestStaff, link?: Uint8Array): Promise<TestStaff> {
  const tokenHash = link ?? (await linkOf(person));
  const vault = await createVault();
  const done = await replaceVaultAsTold(desk.client, person.accountId, tokenHash, {
    passwordSalt: randomBytes(16),
    signInHash: 'another',
    secondFactorSince: null,
    vault: {
      publicKey: vault.publicKey,
      seedByPassword: randomBytes(60),
      seedByRecovery: randomBytes(60),
    },
  });
  if (done === null) throw new Error('The link was not good.');
  return { ...person, vault };
}

/** What the browser of `creator` sends, with the vaults that it knows. */
async function create(creator: TestStaff, readers: readonly TestStaff[]): Promise<CreateResult> {
  const terms = { question: 'A key?', fields: '[]' };
  const chosen = readers.map((reader) => ({ ...colleagueOf(reader), isTold: false }));
  const made = await makeRequest({ ...creator, isTold: false }, chosen, terms);
  const order = createForm.parse({ ...terms, ...made, expiresIn: '1h', repliesAllowed: '1' });
  return createRequest(desk, creator.accountId, order);
}

async function add(adder: TestStaff, request: TestRequest, reader: TestStaff): Promise<InboxState> {
  const opened = await openAs(desk, adder, request);
  if (opened === null || opened === 'altered') throw new Error('The adder can’t open it.');
  const { sealedSeed, sealedFor } = await sealForColleague(opened, colleagueOf(reader));
  return addReader(desk, {
    accountId: adder.accountId,
    request: request.id,
    reader: newReader(reader, {
      sealedSeed: decodeBase64url(sealedSeed),
      sealedFor: decodeBase64url(sealedFor),
    }),
  });
}

const refusedRequest = { status: 'refused', errors: { form: 'vault_replaced' } };

describe('nothing is sealed to a vault that was given up', () => {
  it('by whoever asks from a page that is older than their vault', async () => {
    await recoverWithoutCode(ada);
    expect(await create(ada, [])).toEqual(refusedRequest);
    expect(await desk.client.request.count({ where: { createdById: ada.accountId } })).toBe(0);
  });

  it('for a colleague who changed vaults meanwhile: the request is refused, and so is adding them', async () => {
    const request = await askFor(desk, ada);
    const benNow = await recoverWithoutCode(ben);
    expect(await create(ada, [ben])).toEqual(refusedRequest);
    expect(await add(ada, request, ben)).toEqual({ status: 'refused', refusal: 'vault_replaced' });
    expect((await create(ada, [benNow])).status).toBe('created');
    expect((await add(ada, request, benNow)).status).toBe('known');
  });

  it('also where the vault is replaced at the same moment', async () => {
    const request = await askFor(desk, ada);
    const acts = [() => create(ada, [ben]), () => add(ada, request, ben)];
    for (const act of acts) {
      const link = await linkOf(ben);
      const [now, outcome] = await beginWhileWaiting<TestStaff, CreateResult | InboxState>(
        desk.client,
        // Stops the recovery when it has the account already.
        (transaction) => transaction.$queryRaw`SELECT id FROM account_recoveries FOR UPDATE`,
        () => recoverWithoutCode(ben, link),
        act,
      );
      expect(outcome).toMatchObject({ status: 'refused' });
      const { accountId } = ben;
      expect(await desk.client.requestReader.count({ where: { accountId } })).toBe(0);
      ben = now;
    }
  });
});

describe('a request whose creator has a new vault', () => {
  it('is given back by any of its readers, and its replies are read with the new vault', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben] });
    await replyInBrowser(desk, request, ['unread so far']);
    const adaNow = await recoverWithoutCode(ada);
    expect((await add(ben, request, adaNow)).status).toBe('known');
    expect(await openAs(desk, adaNow, request)).toMatchObject({
      source: { kind: 'colleague', name: 'Ben' },
      fingerprint: request.fingerprint,
    });
    const reply = await firstReply(desk, adaNow, request);
    const claimed = await claimAs(desk, adaNow, request, reply);
    if (claimed.status !== 'claimed') throw new Error('The reply was not claimed.');
    const envelope = await decryptAs(desk, adaNow, request, claimed.sealedReply);
    expect(textOf(envelope)).toBe('unread so far');
  });

  it('is shared by a reader with nobody else than the one who asked', async () => {
    const request = await askFor(desk, ada, { readers: [ada, ben] });
    await recoverWithoutCode(ada);
    expect(await add(ben, request, eve)).toEqual({ status: 'unknown' });
    expect(await openable(eve, request)).toBe(false);
  });
});

const openable = (staff: TestStaff, request: TestRequest) =>
  openAs(desk, staff, request).then(
    (opened) => opened !== null,
    () => false,
  );
