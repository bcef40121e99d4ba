import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url, type MessageKey } from '@/lib/protocol/bytes';
import { openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/keys';
import { createPassphraseLock, normalizePassphrase } from '@/lib/protocol/passphrase';
import { sealReply } from '@/lib/protocol/reply';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import * as bodies from '@/lib/server/api/bodies';
import { ROUTES } from '@/lib/server/api/routes';
import { stretchWithArgon2 } from '@/tests/vectors/stretch-with-argon2';
import { newNonce, tokenOf } from '../desk';
import { askFor, claimAs, firstReply, type TestRequest } from '../requests/both-browsers';
import { createStaff, type TestStaff } from '../requests/request-desk';
import { givenInterface, type Told } from './live';

const live = givenInterface();

/** What an answer says, which is all that the document lets it say. */
function saidBy<Said>(
  { status, json }: Told,
  expected: number,
  schema: { parse: (v: unknown) => Said },
): Said {
  expect({ status, json: status === expected ? null : json }).toEqual({
    status: expected,
    json: null,
  });
  const said = schema.parse(json);
  expect(said, 'nothing that is not described').toEqual(json);
  return said;
}

function problemOf({ status, headers, json }: Told): unknown {
  expect(headers.get('Content-Type')).toBe('application/problem+json');
  const said = bodies.problem.parse(json);
  expect(said).toEqual(json);
  expect(said.status).toBe(status);
  expect(said.type).toBe(`${live.origin}/docs/api#${said.code}`);
  return [status, said.code];
}

async function copyOf(secret: string, messageKey: MessageKey, passphrase = '') {
  const lock = passphrase === '' ? null : createPassphraseLock('verbatim');
  const stretched =
    lock === null
      ? null
      : await stretchWithArgon2(normalizePassphrase(passphrase, lock.profile), lock);
  const keys = await deriveMessageKeys(messageKey, stretched);
  const envelope = encodeTextEnvelope(secret);
  const ciphertext = await sealMessage({ seal: 'browser', envelope, keys, lock });
  const proofs = {
    openProof: encodeBase64url(keys.openProof),
    knockProof: encodeBase64url(await deriveKnockProof(messageKey)),
  };
  return {
    copy: { ciphertext: encodeBase64url(ciphertext), ...proofs },
    ...(lock && { lock: { ...lock, salt: encodeBase64url(lock.salt) } }),
    keys,
    proofs,
    opened: async (m1: string) =>
      decodeEnvelope(
        await openMessage({ seal: 'browser', ciphertext: decodeBase64url(m1), keys, lock }),
      ),
  };
}

const asked = new Set<string>();

function post(path: string, body: object): Promise<Told> {
  asked.add(`/api/v1/${path}`);
  return live.post(`/api/v1/${path}`, body);
}

async function sendInBrowser(passphrase = '') {
  const { copy, lock, ...made } = await copyOf('a secret', createMessageKey(), passphrase);
  const sent = await post('secrets', {
    ...{ seal: 'browser', copies: [copy], expiresIn: '1h', note: 'a note' },
    ...(lock && { lock }),
  });
  const [link] = saidBy(sent, 201, bodies.created).links;
  if (link === undefined) throw new Error('No link was made.');
  return { ...made, link, seal: 'browser', token: tokenOf(link.link) };
}

async function sendToServer(passphrase = '') {
  const sent = await post('secrets', {
    seal: 'server',
    secret: 'a secret',
    expiresIn: '1h',
    passphrase,
  });
  const [link] = saidBy(sent, 201, bodies.created).links;
  if (link === undefined) throw new Error('No link was made.');
  return { link, seal: 'server', token: tokenOf(link.link), status: tokenOf(link.statusLink) };
}

describe('a secret that a program seals', () => {
  it('is knocked at, claimed once, claimed again by its nonce, acknowledged, and has ended', async () => {
    const { token, proofs, opened, link } = await sendInBrowser();
    const knock = { seal: 'browser', token, knockProof: proofs.knockProof };
    expect(saidBy(await post('secrets/knock', knock), 200, bodies.knocked)).toMatchObject({
      lock: null,
    });
    const claim = { seal: 'browser', token, ...proofs, nonce: newNonce() };
    const claimed = saidBy(await post('secrets/claim', claim), 200, bodies.claimed);
    expect(await opened('ciphertext' in claimed ? claimed.ciphertext : '')).toEqual({
      kind: 'text',
      text: 'a secret',
    });
    expect((await post('secrets/claim', claim)).json).toEqual(claimed);
    expect(problemOf(await post('secrets/claim', { ...claim, nonce: newNonce() }))).toEqual([
      410,
      'ended',
    ]);
    const { nonce } = claim;
    expect(problemOf(await post('secrets/acknowledge', { token, nonce: newNonce() }))).toEqual([
      404,
      'unknown',
    ]);
    const done = await post('secrets/acknowledge', { token, nonce });
    expect([done.status, done.text]).toEqual([204, '']);
    expect(problemOf(await post('secrets/claim', claim))).toEqual([410, 'ended']);
    expect(problemOf(await post('secrets/knock', knock))).toEqual([410, 'ended']);
    const status = await post('secrets/status', { token: tokenOf(link.statusLink) });
    expect(saidBy(status, 200, bodies.status)).toMatchObject({
      note: 'a note',
      ending: { kind: 'opened' },
    });
  });

  it('takes ten wrong passphrases and no more, and tells how many are left', async () => {
    const { token, proofs, link } = await sendInBrowser('correct horse');
    expect(link.hasPassphrase).toBe(true);
    const knock = { seal: 'browser', token, knockProof: proofs.knockProof };
    const knocked = saidBy(await post('secrets/knock', knock), 200, bodies.knocked);
    expect(knocked).toMatchObject({
      triesLeft: 10,
      lock: { memoryKiB: 65_536, passes: 3, lanes: 1 },
    });
    const wrong = { ...knock, openProof: encodeBase64url(randomBytes(32)), nonce: newNonce() };
    for (let left = 9; left > 0; left -= 1) {
      const told = await post('secrets/claim', wrong);
      expect(problemOf(told)).toEqual([400, 'passphrase_wrong']);
      expect(told.json).toMatchObject({ triesLeft: left });
    }
    await post('secrets/claim', wrong);
    expect((await post('secrets/claim', { ...wrong, ...proofs })).json).toMatchObject({
      code: 'ended',
      ending: { kind: 'burned', by: 'wrong_passphrases' },
    });
  });

  it('is destroyed by its recipient, or taken back by its sender', async () => {
    const first = await sendInBrowser();
    const knock = { seal: 'browser', token: first.token, knockProof: first.proofs.knockProof };
    const destroyed = saidBy(await post('secrets/destroy', knock), 200, bodies.destroyed);
    expect(destroyed.ending).toMatchObject({ kind: 'burned', by: 'recipient' });
    const second = await sendInBrowser();
    const taken = await post('secrets/take-back', { token: tokenOf(second.link.statusLink) });
    expect(saidBy(taken, 200, bodies.status).ending).toMatchObject({
      kind: 'burned',
      by: 'sender',
    });
    expect(
      problemOf(
        await post('secrets/claim', {
          ...second.proofs,
          seal: 'browser',
          token: second.token,
          nonce: newNonce(),
        }),
      ),
    ).toEqual([410, 'ended']);
  });
});

describe('a secret that the server seals for a program', () => {
  it('is looked at, opened with its passphrase, and told in an answer of one length', async () => {
    const { seal, token } = await sendToServer('correct horse');
    const looked = saidBy(await post('secrets/knock', { seal, token }), 200, bodies.knocked);
    expect(looked).toMatchObject({ needsPassphrase: true, triesLeft: 10 });
    const claim = { seal, token, nonce: newNonce() };
    expect(problemOf(await post('secrets/claim', claim))).toEqual([400, 'passphrase_missing']);
    const wrong = await post('secrets/claim', { ...claim, passphrase: 'incorrect' });
    expect(problemOf(wrong)).toEqual([400, 'passphrase_wrong']);
    expect(wrong.json).toMatchObject({ triesLeft: 9 });
    const opened = await post('secrets/claim', { ...claim, passphrase: 'correct horse' });
    expect(saidBy(opened, 200, bodies.claimed)).toMatchObject({ secret: 'a secret' });
    expect([opened.text.length, opened.headers.get('Content-Encoding')]).toEqual([65_536, null]);
    const { nonce } = claim;
    expect((await post('secrets/acknowledge', { token, nonce })).status).toBe(204);
  });

  it('may have fields, which come back as they were', async () => {
    const fields = [{ kind: 'password', label: 'Key', value: 'hunter2\u0000\u{1f511}' }];
    const sent = await post('secrets', { seal: 'server', fields, expiresIn: '5m' });
    const [link] = saidBy(sent, 201, bodies.created).links;
    const token = tokenOf(link?.link ?? '');
    const opened = await post('secrets/claim', { seal: 'server', token, nonce: newNonce() });
    expect(saidBy(opened, 200, bodies.claimed)).toMatchObject({ fields });
  });

  it('is destroyed by its recipient', async () => {
    const { seal, token } = await sendToServer();
    const { ending } = saidBy(
      await post('secrets/destroy', { seal, token }),
      200,
      bodies.destroyed,
    );
    expect(ending).toMatchObject({ kind: 'burned', by: 'recipient' });
    expect(problemOf(await post('secrets/knock', { seal, token }))).toEqual([410, 'ended']);
  });
});

describe('a request, for a program that replies', () => {
  let staff: TestStaff;
  let request: TestRequest;
  beforeAll(async () => {
    staff = await createStaff(live.context.database, 'Ada');
  });
  const ask = async () => {
    const fields = [{ kind: 'password', label: 'Key' }] as const;
    request = await askFor(live.context, staff, { fields, repliesAllowed: 1 });
    return request.token;
  };

  it('says what it asks for, takes one reply however often it comes, and is full', async () => {
    const token = await ask();
    const asked = saidBy(await post('requests/look', { token }), 200, bodies.asked);
    expect(asked).toMatchObject({ readers: ['Ada'], fields: request.fields });
    const envelope = replyEnvelope(request.fields, ['the reply']);
    if ('refusal' in envelope) throw new Error(envelope.refusal);
    const sealedReply = encodeBase64url(await sealReply(envelope, request.publicKey));
    const reply = { seal: 'browser', token, nonce: newNonce(), sealedReply };
    const replies = await Promise.all(Array.from({ length: 5 }, () => post('replies', reply)));
    const [first] = replies.map((told) => saidBy(told, 201, bodies.replied));
    expect(replies.map(({ json }) => json)).toEqual(replies.map(() => first));
    expect(problemOf(await post('replies', { ...reply, nonce: newNonce() }))).toEqual([
      410,
      'replies_full',
    ]);
    expect(problemOf(await post('requests/look', { token }))).toEqual([410, 'replies_full']);
    expect(
      await claimAs(live.context, staff, request, await firstReply(live.context, staff, request)),
    ).toMatchObject({ status: 'claimed' });
    const status = await post('replies/status', { token: tokenOf(first?.statusLink ?? '') });
    expect(saidBy(status, 200, bodies.replyStatus).ending).toMatchObject({
      kind: 'opened',
      by: 'Ada',
    });
  });

  it('takes one that the server seals, which its client takes back', async () => {
    const token = await ask();
    const reply = { seal: 'server', token, nonce: newNonce(), values: [''] };
    expect(problemOf(await post('replies', reply))).toEqual([400, 'reply_missing']);
    const sent = saidBy(
      await post('replies', { ...reply, values: ['the reply'] }),
      201,
      bodies.replied,
    );
    const taken = await post('replies/take-back', { token: tokenOf(sent.statusLink) });
    expect(saidBy(taken, 200, bodies.replyStatus).ending).toMatchObject({
      kind: 'destroyed',
      by: 'client',
    });
    expect(problemOf(await post('replies', { ...reply, values: ['the reply'] }))).toEqual([
      410,
      'reply_taken_back',
    ]);
  });
});

it('is all of the interface: every address has been asked above', () => {
  expect(ROUTES.map(({ path }) => path).toSorted()).toEqual(Array.from(asked).toSorted());
});
