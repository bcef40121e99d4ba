import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { decodeBase64url, encodeBase64url, toServerKey, type TokenKey } from '@/lib/protocol/bytes';
import { deriveServerKeys } from '@/lib/protocol/keys';
import { openToken } from '@/lib/protocol/tokens';
import { startApp, type RunningApp } from '@/tests/support/app';
import { canary } from '../support/canary';
import { postFields, postForm, readPostForm } from '../support/html-forms';
import { PageWatch } from '../support/page-watch';
import { knock, openOverHttp, sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { callWithBody, readActionIds } from '../support/server-actions';
import { names, openSecret, sendSecret } from '../support/steps';
import { createPeople, expect, test } from '../support/test';
import { tracesOf } from '../support/traces';
import { newNonce } from '../support/wrong-passphrases';

test('no secret, passphrase, key or link is left on disk, in the database or in the log', async ({
  browser,
}) => {
  const app = await startApp();
  try {
    const note = canary('note');
    const forbidden = new Map<string, string | Uint8Array>();
    const hide = (name: string) => {
      const text = canary(name);
      forbidden.set(name, text);
      return text;
    };
    const hideLink = async (name: string, link: string) => {
      const [, token = '', key] = /\/m\/([\w-]+)(?:#([\w-]{22}))?$/.exec(link) ?? [];
      forbidden.set(`${name}: link`, token);
      const messageKey = key === undefined ? await keyIn(app, token) : decodeBase64url(key);
      forbidden.set(`${name}: K0`, messageKey);
      forbidden.set(`${name}: K0 as text`, encodeBase64url(messageKey));
    };

    // In a browser, from form to reader.
    const watch = new PageWatch(app.url);
    const people = createPeople(browser, watch);
    const sender = await people.invite({ baseURL: app.url });
    const [read, words] = [hide('read'), hide('words')];
    const sent = await sendSecret(sender, { secret: read, passphrase: words, note });
    await hideLink('in a browser', sent.link);
    const recipient = await people.invite();
    await openSecret(recipient, sent.link, words);
    await expect(names.opened(recipient)).toHaveText(read);
    await names.copySecret(recipient).click();
    await recipient.waitForURL((url) => url.hash === '');
    await people.leave();

    // Waiting, claimed, destroyed, guessed at; each by both seals.
    for (const [seal, make] of [
      ['browser', sealInBrowser],
      ['server', sealOnServer],
    ] as const) {
      const waiting = await make(app.url, {
        secret: hide(`${seal} waiting`),
        passphrase: words,
        note,
      });
      await hideLink(`${seal} waiting`, waiting.link);
      const destroyed = await make(app.url, { secret: hide(`${seal} destroyed`) });
      await hideLink(`${seal} destroyed`, destroyed.link);
      const statusPage = await fetch(destroyed.statusLink);
      await postForm(readPostForm(await statusPage.text(), destroyed.statusLink), {
        intent: 'destroy',
      });
      await fetch(`${waiting.link.replace('#', '%23')}?utm_source=${hide(`${seal} tail`)}`);
    }
    const claimed = await sealInBrowser(app.url, { secret: hide('claimed') });
    await hideLink('claimed', claimed.link);
    expect((await knock(claimed))?.status).toBe('waiting');
    expect(await openOverHttp(claimed, newNonce())).not.toBeNull();
    const opened = await sealOnServer(app.url, { secret: hide('opened'), passphrase: words });
    await hideLink('opened', opened.link);
    const form = readPostForm(await (await fetch(opened.link)).text(), opened.link);
    const pressed = { show: 'yes', intent: 'open' };
    await postForm(form, { ...pressed, passphrase: hide('wrong words') });
    const page = await (await postForm(form, { ...pressed, passphrase: words })).text();
    expect(page).toContain(forbidden.get('opened'));

    // Refused in every way that might make somebody write a line about it.
    await postMischief(app.url, hide);

    await expectNoTrace(app, note, forbidden);
  } finally {
    await app.stop();
  }
});

async function postMischief(url: string, hide: (name: string) => string): Promise<void> {
  const form = readPostForm(await (await fetch(`${url}/`)).text(), `${url}/`);
  await postForm(form, { secret: hide('refused'), expiresIn: hide('expiry'), passphrase: 'p' });
  await postForm(form, { secret: hide('too large').repeat(40_000) });
  await postForm(form, { secret: 's', passphrase: hide('too long').repeat(20) });
  await postForm(form, { '$ACTION_1:1': hide('forged state') });
  await postFields(`${url}/`, [['secret', hide('not an action')]]);
  await fetch(`${url}/m/${hide('path')}?${hide('query')}`);
  await fetch(`${url}/${hide('no such page')}`);
  await fetch(`${url}/`, { headers: { Referer: hide('referer'), Cookie: hide('cookie') } });
  const id = (await readActionIds(`${url}/`)).get('storeBrowserSealed') ?? '';
  for (const body of ['body', 'second body']) {
    await callWithBody(`${url}/`, id, hide(body), {
      headers: { 'Content-Type': body === 'body' ? 'text/plain' : 'application/json' },
    });
  }
  await callWithBody(`${url}/`, id, `["${hide('argument')}"]`);
  await callWithBody(`${url}/`, hide('action id'), '[]');
}

/** What PostgreSQL copies new databases from; nobody writes there. */
const TEMPLATE_DATABASES = /\/postgres\/base\/[145]\//;
const BLOCK = 8192;

/** Most of a database's files is room for later. */
function withoutEmptyBlocks(bytes: Buffer): Buffer {
  const empty = Buffer.alloc(BLOCK);
  const blocks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += BLOCK) {
    const block = bytes.subarray(start, start + BLOCK);
    if (!block.equals(empty.subarray(0, block.length))) blocks.push(block);
  }
  return Buffer.concat(blocks);
}

async function expectNoTrace(
  app: RunningApp,
  note: string,
  forbidden: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  const places = new Map<string, Uint8Array>([
    ['log', Buffer.from(app.log())],
    ['database', Buffer.from(await dump(app))],
  ]);
  for (const entry of await readdir(app.dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || TEMPLATE_DATABASES.test(path)) continue;
    places.set(path, withoutEmptyBlocks(await readFile(path).catch(() => Buffer.alloc(0))));
  }
  const withNote = [...places].filter(([, bytes]) => tracesOf(note, bytes).length > 0);
  expect(withNote.map(([place]) => place).join('\n'), 'the search finds what is there').toMatch(
    /database[\s\S]*pg_wal/,
  );
  const traces = [...places].flatMap(([place, bytes]) =>
    [...forbidden].flatMap(([name, needle]) =>
      tracesOf(needle, bytes).map((form) => `${name}: ${form}, in ${place}`),
    ),
  );
  expect(traces).toEqual([]);
}

/** Every row of every table, as text; written to disk before, so that the files have it too. */
async function dump({ dataDir }: RunningApp): Promise<string> {
  const passwords = JSON.parse(
    await readFile(join(dataDir, 'postgres-passwords.json'), 'utf8'),
  ) as { administrator: string };
  const postmaster = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(postmaster.split('\n')[3]),
    user: 'postgres',
    password: passwords.administrator,
    database: 'sealpost',
  });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const { rows: found } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t`,
      );
      rows.push(...found.map(({ row }) => row));
    }
    const queries = await client.query<{ query: string }>('SELECT query FROM pg_stat_activity');
    return [...rows, ...queries.rows.map(({ query }) => query)].join('\n');
  } finally {
    await client.end();
  }
}

/** K0 of a server-sealed link: in its token, for those who have the keyring. */
async function keyIn(app: RunningApp, token: string): Promise<Uint8Array> {
  const { epochs } = JSON.parse(await readFile(app.keyringFile, 'utf8')) as {
    epochs: readonly { key: string }[];
  };
  for (const { key } of epochs) {
    const { tokenKey } = await deriveServerKeys(toServerKey(decodeBase64url(key)));
    const messageKey = messageKeyIn(tokenKey, token);
    if (messageKey !== null) return messageKey;
  }
  throw new Error('not the token of a server-sealed message');
}

/** null for a token of another epoch. */
function messageKeyIn(tokenKey: TokenKey, token: string): Uint8Array | null {
  try {
    const opened = openToken(tokenKey, token);
    return opened.purpose === 'serverSeal' ? opened.messageKey : null;
  } catch {
    return null;
  }
}
