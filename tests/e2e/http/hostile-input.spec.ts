import { encodeBase64url } from '@/lib/protocol/bytes';
import { postFields, postForm, readPostForm, type Field } from '../support/html-forms';
import { knock, openOverHttp, sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { callWithBody, callWithForm, readActionIds } from '../support/server-actions';
import { expect, test } from '../support/test';
import { newNonce } from '../support/wrong-passphrases';

const SECRET = 'kept through all of it';
const HUGE = 'x'.repeat(2_000_000);
/** Bytes; more than any form of ours may have. */
const TOO_LARGE = 3 * 1024 * 1024 + 1;

/** Values that no form of ours sends. */
const STRANGE = [
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '1e309',
  '9999999999999999999999',
  '31d',
  '7D',
  '7d ',
  '٧d',
  '__proto__',
  'constructor',
  'toString',
  '[object Object]',
  '{"not":""}',
  '["7d"]',
  '\0',
  'null',
  'undefined',
  "' OR 1=1 --",
];

test.afterEach(async ({ origin }) => {
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
});

test('the compose form refuses what is no expiry, and stores nothing', async ({ origin }) => {
  const form = await composeForm(origin);
  for (const expiresIn of STRANGE) {
    await expectNoLink(await postForm(form, { secret: 'x', expiresIn }), `expiry ${expiresIn}`);
  }
});

test('the compose form refuses what are no fields, and fields besides a text', async ({
  origin,
}) => {
  const form = await composeForm(origin);
  const field = { kind: 'text', label: 'User', value: 'x' };
  const strange = [
    ...STRANGE,
    '[]',
    '[null]',
    `[${'0,'.repeat(500_000)}0]`,
    JSON.stringify([{ ...field, kind: 'file' }]),
    JSON.stringify([{ ...field, more: '' }]),
    JSON.stringify([{ ...field, label: 'a\0b' }]),
  ];
  const rest = form.fields.filter(([name]) => name !== 'secret');
  for (const fields of strange) {
    const what = `fields ${fields.slice(0, 80)}`;
    await expectNoLink(await postFields(form.action, [...rest, ['fields', fields]]), what);
  }
  const good = JSON.stringify([field]);
  await expectNoLink(await postForm(form, { secret: 'x', fields: good }), 'both');
});

test('the compose form refuses fields that are missing, given twice, files or too long', async ({
  origin,
}) => {
  const form = await composeForm(origin);
  const without = (...names: string[]) => form.fields.filter(([name]) => !names.includes(name));
  const file = new Blob(['x'], { type: 'text/plain' });
  const cases: Record<string, readonly Field[]> = {
    'no field at all': without('secret', 'expiresIn', 'passphrase', 'note'),
    'no secret': without('secret'),
    'no expiry': [...without('secret', 'expiresIn'), ['secret', 'x']],
    'two secrets': [...without('secret'), ['secret', 'x'], ['secret', 'y']],
    'two expiries': [...without('secret'), ['secret', 'x'], ['expiresIn', '7d']],
    'a secret that is a file': [...without('secret'), ['secret', file]],
    'a passphrase that is a file': [
      ...without('secret', 'passphrase'),
      ['secret', 'x'],
      ['passphrase', file],
    ],
    'a file besides': [...without('secret'), ['secret', 'x'], ['attachment', file]],
    'blank secret': [...without('secret'), ['secret', ' \r\n\t ']],
    'too large a secret': [...without('secret'), ['secret', HUGE]],
    'too long a passphrase': [
      ...without('secret', 'passphrase'),
      ['secret', 'x'],
      ['passphrase', 'p'.repeat(257)],
    ],
    'a passphrase that grows when it is normalised': [
      ...without('secret', 'passphrase'),
      ['secret', 'x'],
      ['passphrase', '\uFDFA'.repeat(256)],
    ],
    'too long a note': [...without('secret', 'note'), ['secret', 'x'], ['note', 'n'.repeat(201)]],
    'a note with a NUL': [...without('secret', 'note'), ['secret', 'x'], ['note', 'a\0b']],
  };
  for (const [name, fields] of Object.entries(cases)) {
    await expectNoLink(await postFields(form.action, fields), name);
  }
});

test('a browser-sealed message is stored only if every part is what an honest sender makes', async ({
  origin,
}) => {
  const id = (await readActionIds(`${origin}/`)).get('storeBrowserSealed') ?? '';
  const proof = encodeBase64url(new Uint8Array(32));
  const honestCopy = {
    ciphertext: encodeBase64url(new Uint8Array(300)),
    openProof: proof,
    knockProof: proof,
  };
  const withCopy = (copy: unknown) => ({
    copies: JSON.stringify([copy]),
    expiresIn: '1h',
    note: '',
  });
  const honest = withCopy(honestCopy);
  const salt = encodeBase64url(new Uint8Array(16));
  const lock = { salt, memoryKiB: '65536', passes: '3', lanes: '1' };
  const cases: Record<string, string>[] = [
    ...Object.keys(honest)
      .filter((name) => name !== 'note')
      .flatMap((name) => STRANGE.map((value) => ({ ...honest, [name]: value }))),
    ...Object.keys(honestCopy).flatMap((name) =>
      STRANGE.map((value) => withCopy({ ...honestCopy, [name]: value })),
    ),
    ...STRANGE.map(withCopy),
    withCopy({ ...honestCopy, ciphertext: encodeBase64url(new Uint8Array(299)) }),
    withCopy({ ...honestCopy, ciphertext: `${honestCopy.ciphertext}=` }),
    withCopy({ ...honestCopy, ciphertext: HUGE }),
    withCopy({ ...honestCopy, openProof: `${proof.slice(0, -1)}B` }),
    withCopy({ ...honestCopy, knockProof: proof.slice(1) }),
    { ...honest, copies: JSON.stringify([honestCopy, honestCopy]) },
    { ...honest, copies: '[]' },
    { ...honest, copies: `[${'{},'.repeat(500_000)}{}]` },
    { ...honest, salt },
    { ...honest, ...lock, memoryKiB: '8' },
    { ...honest, ...lock, memoryKiB: '4294967295' },
    { ...honest, ...lock, passes: '1' },
    { ...honest, ...lock, passes: '3.0' },
    { ...honest, ...lock, lanes: '4' },
    { ...honest, ...lock, salt: encodeBase64url(new Uint8Array(15)) },
  ];
  for (const fields of cases) {
    const answer = await callWithForm<{ status: string }>(`${origin}/`, id, fields);
    const what = JSON.stringify(fields).slice(0, 300);
    expect(answer.status, what).toBe(400);
    expect(answer.outcome?.status, what).toBe('refused');
  }
  const answer = await callWithForm<{ status: string }>(`${origin}/`, id, { ...honest, ...lock });
  expect(answer.outcome?.status, 'what the cases are made of').toBe('sealed');
});

test('opening refuses strange tokens, nonces and passphrases, and the secret stays', async ({
  origin,
}) => {
  const { link } = await sealOnServer(origin, { secret: SECRET, passphrase: 'p' });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const asked = { passphrase: 'p', show: 'yes', intent: 'open' };
  for (const value of [...STRANGE, HUGE]) {
    for (const name of ['token', 'nonce', 'show', 'intent']) {
      const answer = await postForm(form, { ...asked, [name]: value });
      const what = `${name} ${value.slice(0, 40)}`;
      expect(await answer.text(), what).not.toContain(SECRET);
      expect([400, 404, 413], what).toContain(answer.status);
    }
  }
  for (const passphrase of ['P', 'p\0', HUGE.slice(0, 5000), '']) {
    const answer = await postForm(form, { ...asked, passphrase });
    expect(await answer.text()).not.toContain(SECRET);
    expect(answer.status).toBe(400);
  }
  expect(await (await postForm(form, asked)).text()).toContain(SECRET);
});

test('the actions of a browser-sealed link refuse strange fields, and the secret stays', async ({
  origin,
}) => {
  const sealed = await sealInBrowser(origin, { secret: SECRET });
  const ids = await readActionIds(sealed.link);
  const fields = { ...sealed.claim, nonce: newNonce() };
  for (const name of ['knock', 'claimBrowserSealed', 'destroyBrowserSealed', 'acknowledge']) {
    const id = ids.get(name) ?? '';
    expect(id, name).not.toBe('');
    for (const value of [...STRANGE, HUGE]) {
      for (const field of ['token', 'knockProof', 'nonce']) {
        if (name === 'acknowledge' && field === 'knockProof') continue;
        if (name === 'destroyBrowserSealed' && field === 'nonce') continue;
        const answer = await callWithForm<{ status: string }>(sealed.link, id, {
          ...fields,
          [field]: value,
        });
        const what = `${name} ${field} ${value.slice(0, 40)}`;
        expect(['refused', 'unknown'], what).toContain(answer.outcome?.status);
      }
    }
  }
  expect((await knock(sealed))?.status).toBe('waiting');
  expect(await openOverHttp(sealed, fields.nonce)).toBe(SECRET);
});

test('a forged previous state shows nothing that the server did not say itself', async ({
  origin,
}) => {
  const { link } = await sealOnServer(origin, { secret: SECRET });
  const forged = [
    forgedOpening({ kind: 'text', text: '<b>forged</b>' }),
    forgedOpening({ kind: 'fields', fields: [{ kind: 'url', label: 'forged', value: 'forged' }] }),
    forgedOpening({ kind: 'forged' }),
    '[{"status":"waiting","needsPassphrase":true,"refusal":"forged","triesLeft":-1}]',
    '[{"status":"ended","ending":{"kind":"forged"}}]',
    '[{"status":"sealed","sealed":{"link":"https://forged.example/"}}]',
    '[]',
    '[null]',
    '["$undefined"]',
    '["$K1"]',
    '["$F1"]',
    '["$@1"]',
    '["$B1"]',
    '["$1:__proto__:constructor:constructor"]',
    '[{"then":"$1:__proto__:then","status":"resolved_model"}]',
    '[[[[[[[[[[]]]]]]]]]]',
    'not json',
    '',
    '['.repeat(100_000),
  ];
  for (const address of [link, `${origin}/`]) {
    const form = readPostForm(await (await fetch(address)).text(), address);
    const stateField = form.fields.find(([name]) => /^\$ACTION_\d+:1$/.test(name))?.[0] ?? '';
    expect(stateField).not.toBe('');
    for (const state of forged) {
      const answer = await postForm(form, { [stateField]: state });
      const text = await answer.text();
      const what = `${address} ${state.slice(0, 60)}`;
      expect(answer.status, what).toBeGreaterThanOrEqual(400);
      expect(answer.status, what).toBeLessThan(500);
      expect(withoutEcho(text), what).not.toMatch(/forged/);
      expect(text).not.toContain(SECRET);
    }
  }
  const form = readPostForm(await (await fetch(link)).text(), link);
  const opened = await postForm(form, { show: 'yes', intent: 'open' });
  const text = await opened.text();
  expect(text).toContain(SECRET);
});

function forgedOpening(secret: object): string {
  return JSON.stringify([{ status: 'opened', secret, openedAt: '2020-01-01T00:00:00.000Z' }]);
}

test('an opened page does not carry the secret in a form that would be posted again', async ({
  origin,
}) => {
  const { link } = await sealOnServer(origin, { secret: SECRET });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const text = await (await postForm(form, { show: 'yes', intent: 'open' })).text();
  expect(text).toContain(SECRET);
  expect(text).not.toMatch(/<form\b[\s\S]*?kept through[\s\S]*?<\/form>/);
  expect(text).not.toContain('$ACTION_');
});

test('unknown actions and bodies that are none get a refusal of four hundred and something', async ({
  origin,
}) => {
  const { link } = await sealOnServer(origin, { secret: SECRET });
  const real = (await readActionIds(`${origin}/`)).get('storeBrowserSealed') ?? '';
  const bodies: Record<string, BodyInit> = {
    'no JSON': 'not json',
    'a number': '1',
    null: 'null',
    'no list': '{}',
    'a list of text': '["a"]',
    'a list of a number': '[1]',
    'a list of objects': '[{"get":"x"},{"not":null}]',
    'a reference to nothing': '["$K9"]',
    'a reference to a function': '["$F1"]',
    'a reference around the object': '["$1:constructor:constructor"]',
    'nested lists': '['.repeat(50_000),
    empty: '',
  };
  for (const [name, body] of Object.entries(bodies)) {
    for (const type of [
      'text/plain;charset=UTF-8',
      'application/json',
      'multipart/form-data; boundary=x',
    ]) {
      for (const id of [real, '0'.repeat(42), 'x', '__proto__']) {
        const answer = await callWithBody(`${origin}/`, id, body, {
          headers: { 'Content-Type': type },
        });
        const what = `${name}, ${type}, ${id}: ${String(answer.status)}`;
        expect(answer.status, what).toBeGreaterThanOrEqual(400);
        expect(answer.status, what).toBeLessThan(500);
        expect(answer.text, what).not.toMatch(/at .*\(.*:\d+:\d+\)|node_modules/);
      }
    }
  }
  await expectNoLink(
    await postFields(`${origin}/`, [
      ['secret', 'x'],
      ['$ACTION_ID_x', ''],
    ]),
    'id',
  );
  await expectNoLink(
    await fetch(`${origin}/`, { method: 'POST', body: new URLSearchParams({ secret: 'x' }) }),
    'urlencoded',
  );
  await expectNoLink(
    await fetch(`${origin}/`, {
      method: 'POST',
      body: HUGE,
      headers: { 'Content-Type': 'text/xml' },
    }),
    'XML',
  );
  for (const path of ['/how-it-works', '/nothing', '/api/health', '/theme.js']) {
    const answer = await postFields(origin + path, [['secret', 'x']]);
    expect(answer.status, path).toBeLessThan(500);
  }
  const form = readPostForm(await (await fetch(link)).text(), link);
  expect(await (await postForm(form, { show: 'yes' })).text()).toContain(SECRET);
});

test('a body that is too large is refused, whether it says so or not', async ({ origin }) => {
  const form = await composeForm(origin);
  // The refusal comes before the body has gone: a client that goes on writing may find the door shut.
  const said = postForm(form, { secret: 'x'.repeat(TOO_LARGE) });
  expect(await statusOrCut(said)).toMatch(/413|cut/);

  const unsaid = fetch(form.action, {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: endless(TOO_LARGE * 3),
    duplex: 'half',
  } as RequestInit);
  expect(await statusOrCut(unsaid)).toMatch(/4\d\d|cut/);
});

test('a request that comes from another site, or under another name, changes nothing', async ({
  origin,
}) => {
  const { link } = await sealOnServer(origin, { secret: SECRET });
  const form = readPostForm(await (await fetch(link)).text(), link);
  const asked = { show: 'yes', intent: 'open' };
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: origin, 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: `${origin}.evil.example` },
    { Cookie: 'session=1' },
  ];
  for (const headers of foreign) {
    const answer = await postForm(form, asked, { headers });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(await answer.text()).not.toContain(SECRET);
  }
  const composed = await postForm(
    await composeForm(origin),
    { secret: 'x' },
    {
      headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' },
    },
  );
  const text = await composed.text();
  expect(text).toContain(`${origin}/m/`);
  expect(text).not.toContain('evil.example');
  expect(await (await postForm(form, asked)).text()).toContain(SECRET);
});

async function composeForm(origin: string) {
  return readPostForm(await (await fetch(`${origin}/`)).text(), `${origin}/`);
}

/** Nothing is stored for which no link is shown: nobody could ever ask for it. */
async function expectNoLink(answer: Response, what: string): Promise<void> {
  const text = await answer.text();
  expect(answer.status, what).toBeGreaterThanOrEqual(400);
  expect(answer.status, what).toBeLessThan(500);
  expect(text, what).not.toMatch(/\/[ms]\/[\w-]{34}/);
}

/** A page without the hidden field that repeats what was posted. */
function withoutEcho(html: string): string {
  return html.replace(/<input[^>]*name="\$ACTION_[^>]*>/g, '');
}

function statusOrCut(answer: Promise<Response>): Promise<string> {
  return answer.then(
    ({ status }) => String(status),
    () => 'cut',
  );
}

function endless(bytes: number): ReadableStream<Uint8Array> {
  const chunk = new Uint8Array(64 * 1024).fill(120);
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes) controller.close();
      else controller.enqueue(chunk);
      sent += chunk.length;
    },
  });
}
