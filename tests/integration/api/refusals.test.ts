import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '@/lib/server/api/routes';
import { withinLimit } from '@/lib/server/limits';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import { newNonce, tokenOf } from '../desk';
import { createStaff } from '../requests/request-desk';
import { givenInterface, type Headings, type Told } from './live';

const live = givenInterface();
const CREATE = '/api/v1/secrets';
const SECRET = { seal: 'server', secret: 'a secret', expiresIn: '1h' };
const proof = () => randomBytes(32).toString('base64url');

/** Status and code of a problem, and that it is told as every problem is. */
function problemOf({ status, headers, json }: Told): readonly [number, unknown] {
  expect(headers.get('Content-Type')).toBe('application/problem+json');
  expect(headers.get('Cache-Control')).toBe('no-store, no-transform');
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
  expect(json).toMatchObject({ status, type: `${live.origin}/docs/api#${String(json?.['code'])}` });
  return [status, json?.['code']];
}

const countSecrets = () => live.context.database.sealedItem.count();

async function refusesAll(
  tries: Readonly<Record<string, readonly [body: object | string, headers?: Headings]>>,
  expected: readonly [number, string],
): Promise<void> {
  const before = await countSecrets();
  for (const [name, [body, headers]] of Object.entries(tries)) {
    expect.soft(problemOf(await live.post(CREATE, body, headers)), name).toEqual(expected);
  }
  expect(await countSecrets(), 'nothing was made').toBe(before);
}

/** The secret as JSON, with more before its end. */
const withMore = (more: string) => `${JSON.stringify(SECRET).slice(0, -1)},${more}}`;

describe('a body', () => {
  it('that is not one plain JSON object is refused', () =>
    refusesAll(
      {
        nothing: [''],
        'no JSON': ['secret=a'],
        'cut short': [JSON.stringify(SECRET).slice(0, -1)],
        'something after it': [`${JSON.stringify(SECRET)} {}`],
        'an array': [[SECRET]],
        null: ['null'],
        'a text': ['"a secret"'],
        'a mark before it': [`\uFEFF${JSON.stringify(SECRET)}`],
        'a name twice': [withMore('"secret":"another"')],
        'a name twice, spelled otherwise': [withMore(String.raw`"se\u0063ret":"another"`)],
        'a name twice, deep inside': [withMore('"fields":[{"kind":"text","kind":"url"}]')],
        'deep arrays': [withMore(`"fields":${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
        'deep objects': [withMore(`"fields":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)],
        'many names': [
          withMore(`"a":{${Array.from({ length: 600 }, (_, n) => `"${n}":1`).join()}}`),
        ],
      },
      [400, 'body_malformed'],
    ));

  it('that is not UTF-8 is refused', async () => {
    const told = await live.ask(CREATE, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ ...SECRET, secret: 'é' }), 'latin1'),
    });
    expect(problemOf(told)).toEqual([400, 'body_malformed']);
  });

  it('of another shape than is described is refused', () =>
    refusesAll(
      {
        'no seal': [{ ...SECRET, seal: undefined }],
        'no such seal': [{ ...SECRET, seal: 'wax' }],
        'an unknown name': [{ ...SECRET, nobody: 1 }],
        'the name __proto__': [withMore('"__proto__":{"expiresIn":"30d"}')],
        'the name constructor': [withMore('"constructor":{"prototype":{}}')],
        'a number for a text': [{ ...SECRET, secret: 5 }],
        'a list for a text': [{ ...SECRET, note: ['a'] }],
        'null for a text': [{ ...SECRET, note: null }],
        'a text for a list': [{ ...SECRET, secret: undefined, fields: '[]' }],
        'two secrets': [{ ...SECRET, fields: [{ kind: 'text', label: 'a', value: 'b' }] }],
        'NUL in a note': [{ ...SECRET, note: 'a\0b' }],
        'two names in one': [{ ...SECRET, recipients: ['Ada\nBen'] }],
        'what is no proof': [
          {
            seal: 'browser',
            copies: [{ ciphertext: 'AAAA', openProof: proof(), knockProof: 'short' }],
            expiresIn: '1h',
          },
        ],
      },
      [400, 'input_malformed'],
    ));

  it('with half a character is refused: another would be sealed in its place', () =>
    refusesAll(
      {
        'in the secret': [{ ...SECRET, secret: 'a\ud800b' }],
        'in a field': [
          { ...SECRET, secret: undefined, fields: [{ kind: 'text', label: 'a', value: '\udc00' }] },
        ],
        'in a name': [withMore(String.raw`"a\udfff":1`)],
      },
      [400, 'body_malformed'],
    ));

  it('says which name was wrong', async () => {
    expect((await live.post(CREATE, { ...SECRET, expiresIn: '2d' })).json).toMatchObject({
      code: 'expiry_unknown',
      field: 'expiresIn',
    });
    expect((await live.post(CREATE, { ...SECRET, secret: ' ' })).json).toMatchObject({
      code: 'secret_missing',
      field: 'secret',
    });
    expect((await live.post(CREATE, { ...SECRET, nobody: 1 })).json).toMatchObject({
      code: 'input_malformed',
      field: 'nobody',
    });
  });

  it('that is too large is refused, whether or not it says its length', async () => {
    const large = JSON.stringify({ ...SECRET, secret: 'a'.repeat(3 * 1024 * 1024) });
    expect(problemOf(await live.post(CREATE, large))).toEqual([413, 'body_too_large']);
    const streamed = await live.ask(CREATE, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(problemOf(streamed)).toEqual([413, 'body_too_large']);
    const secret = 'a'.repeat(1_048_577);
    const tooLong = await live.post(CREATE, { ...SECRET, secret });
    expect(problemOf(tooLong)).toEqual([400, 'secret_too_large']);
  });

  it('is JSON by its type and comes as it is', () =>
    refusesAll(
      {
        'no JSON by its type': [SECRET, { 'Content-Type': 'text/plain' }],
        'a form': ['seal=server', { 'Content-Type': 'application/x-www-form-urlencoded' }],
        'another alphabet': [SECRET, { 'Content-Type': 'application/json; charset=latin1' }],
        compressed: [SECRET, { 'Content-Encoding': 'gzip' }],
      },
      [415, 'content_type_unsupported'],
    ));
});

describe('a request', () => {
  it('of a method or address that there is not is refused with what there is', async () => {
    for (const { path } of ROUTES) {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const told = await live.ask(path, { method });
        expect.soft(problemOf(told)).toEqual([405, 'method_not_allowed']);
        expect.soft(told.headers.get('Allow')).toBe('POST');
      }
      const head = await live.ask(path, { method: 'HEAD' });
      expect.soft([head.status, head.text]).toEqual([405, '']);
    }
    const document = '/api/v1/openapi.json';
    expect((await live.ask(document, { method: 'HEAD' })).status).toBe(200);
    const posted = await live.post(document, {});
    expect([...problemOf(posted), posted.headers.get('Allow')]).toEqual([
      ...[405, 'method_not_allowed'],
      'GET, HEAD',
    ]);
    for (const path of ['/api/v1', '/api/v1/', '/api/v1/secrets/', '/api/v1/Secrets']) {
      const told = await live.post(path, SECRET);
      expect.soft(problemOf(told)[0], path).toBe(404);
    }
  });

  it('of a page of another site is refused, and no answer lets it read', async () => {
    const before = await countSecrets();
    for (const headers of [
      { Origin: 'https://elsewhere.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const told = await live.post(CREATE, SECRET, headers);
      expect(problemOf(told)).toEqual([403, 'foreign_request']);
    }
    expect(await countSecrets()).toBe(before);
  });

  it('is nobody’s, whatever session came along', async () => {
    const { database } = live.context;
    const staff = await createStaff(database, 'Ada', 'OWNER');
    const token = createOpaqueToken();
    const session = {
      accountId: staff.accountId,
      tokenHash: Buffer.from(await hashNewToken(token)),
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    await database.session.create({ data: session });
    const signedIn = { Cookie: `sealpost-session=${token}`, Origin: live.origin };
    for (const headers of [signedIn, { Cookie: signedIn.Cookie }]) {
      expect((await live.post(CREATE, SECRET, headers)).status).toBe(201);
    }
    expect(await database.sealedItem.count({ where: { senderId: { not: null } } })).toBe(0);
    for (const more of [{ recipients: ['Ben'] }, { notifyWhenOpened: true }]) {
      const told = await live.post(CREATE, { ...SECRET, ...more }, signedIn);
      expect(problemOf(told)).toEqual([403, 'sign_in_required']);
    }
    await database.$executeRaw`UPDATE policy SET who_may_send = 'MEMBERS'`;
    const refused = await live.post(CREATE, SECRET, signedIn);
    expect(problemOf(refused)).toEqual([403, 'sign_in_required']);
    await database.$executeRaw`UPDATE policy SET who_may_send = 'ANYONE'`;
  });

  it('of an address that is over a limit is told when to come again, before it is read', async () => {
    const address = (last: number) => `198.51.100.${String(last)}`;
    for (const limit of ['create', 'ask', 'reply'] as const) {
      await withinLimit(limit, address(1), 1_000_000);
    }
    for (const { path } of ROUTES) {
      const told = await live.post(path, {}, { 'X-Forwarded-For': address(1) });
      expect.soft(problemOf(told)).toEqual([429, 'too_many_requests']);
      expect.soft(told.headers.get('Retry-After')).toBe('600');
      expect.soft((await live.post(path, {}, { 'X-Forwarded-For': address(2) })).status).toBe(400);
    }
    await withinLimit('createKilobytes', address(3), 256 * 1024 - 20);
    const send = (kilobytes: number) =>
      live.post(
        CREATE,
        { ...SECRET, secret: 'x'.repeat(kilobytes * 1024) },
        { 'X-Forwarded-For': address(3) },
      );
    expect((await send(10)).status).toBe(201);
    expect(problemOf(await send(10))).toEqual([429, 'too_many_requests']);
  });
});

describe('what is not proved and what is not there', () => {
  const looksOf = async (path: string, bodies: readonly object[]) => {
    const seen: (readonly [number, string, unknown])[] = [];
    for (const body of bodies) {
      const { status, headers, text } = await live.post(path, body);
      seen.push([status, text, Array.from(headers).filter(([name]) => name !== 'date')]);
    }
    expect(seen[0]?.[0]).toBe(404);
    expect(seen).toEqual(seen.map(() => seen[0]));
  };

  it('look the same, to their last header', async () => {
    const copy = {
      ciphertext: randomBytes(300).toString('base64url'),
      openProof: proof(),
      knockProof: proof(),
    };
    const sent = await live.post(CREATE, { seal: 'browser', copies: [copy], expiresIn: '1h' });
    const [{ link, statusLink }] = (sent.json as { links: [{ link: string; statusLink: string }] })
      .links;
    const wrong = { knockProof: proof(), openProof: proof(), nonce: newNonce() };
    const tokens = [
      tokenOf(link),
      tokenOf(statusLink),
      'A'.repeat(34),
      'A'.repeat(55),
      '',
      'no token',
    ];
    const { knockProof } = wrong;
    const knocks = tokens.map((token) => ({ seal: 'browser', token, knockProof }));
    await looksOf('/api/v1/secrets/knock', knocks);
    await looksOf('/api/v1/secrets/destroy', knocks);
    await looksOf(
      '/api/v1/secrets/claim',
      tokens.map((token) => ({ seal: 'browser', token, ...wrong })),
    );
    await looksOf(
      '/api/v1/secrets/acknowledge',
      tokens.map((token) => ({ token, nonce: newNonce() })),
    );
    await looksOf(
      '/api/v1/secrets/status',
      [link, ...tokens].filter((_, index) => index !== 2).map((token) => ({ token })),
    );
    for (const path of ['knock', 'destroy', 'claim']) {
      await looksOf(
        `/api/v1/secrets/${path}`,
        tokens.map((token) => ({
          seal: 'server',
          token,
          ...(path === 'claim' && { nonce: newNonce() }),
        })),
      );
    }
    for (const path of [
      'requests/look',
      'replies/status',
      'replies/take-back',
      'secrets/take-back',
    ]) {
      await looksOf(
        `/api/v1/${path}`,
        ['A'.repeat(34), '', 'no token'].map((token) => ({ token })),
      );
    }
    const status = await live.post('/api/v1/secrets/status', { token: tokenOf(statusLink) });
    expect(status.json, 'nothing was used up').toMatchObject({ ending: null, wrongPassphrases: 0 });
  });
});

it('nothing that was sent is in the log', async () => {
  const marks = Array.from({ length: 4 }, () => randomBytes(9).toString('base64url'));
  const [secret = '', note = '', key = '', token = ''] = marks;
  const headers = { 'Idempotency-Key': key.repeat(3) };
  await live.post(CREATE, { ...SECRET, secret, note, passphrase: secret }, headers);
  await live.post(CREATE, `{"secret":"${secret}"`, headers);
  await live.post('/api/v1/secrets/claim', { seal: 'server', token, nonce: newNonce() });
  for (const mark of marks) expect(live.logged()).not.toContain(mark);
});
