import { chmod, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deriveAccountKeys } from '@/lib/protocol/keys';
import {
  decodeBase64url,
  encodeBase64url,
  toStretchedPassphrase,
  toVaultPublicKey,
} from '@/lib/protocol/bytes';
import { unwrapVaultSeed } from '@/lib/protocol/vault';
import { database } from '@/lib/server/database';
import { migrateDatabase } from '@/scripts/database/migrations';
import { readMigrations } from '@/scripts/database/schema-engine';
import { withSchemaEngine } from '@/scripts/database/schema-engine';
import { createEmptyDatabase, type TestDatabase } from '@/tests/support/database';
import { forgetRuntime } from '@/tests/support/runtime';
import { newNonce } from '../desk';
import { frozen, readLinks, readSeen, type FrozenStaff } from './links';
import {
  acknowledgeMessage,
  acknowledgeReplyAs,
  claimReplyAs,
  decryptReplyAs,
  openMessage,
  see,
  signInAs,
  staffOfCookie,
  tellSenders,
  vaultOfCookie,
} from './uses';

/*
 * A database that an earlier version wrote, its keys, and the links that people still have: migrated
 * by this version, everything in it is what it was. Messages and replies have a table each in it.
 */
const NAME = 'two-tables';
const links = await readLinks(NAME);
const seen = await readSeen(NAME);
const KEY_FILES = ['keyring.json', 'keyring.json.accounts', 'keyring.json.history'];

let own: TestDatabase;
let directory: string;

beforeAll(async () => {
  own = await createEmptyDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-before-'));
  for (const file of KEY_FILES) {
    await copyFile(frozen(NAME, file), join(directory, file));
    await chmod(join(directory, file), 0o600);
  }
  await migrateAsBefore(own.url);
  await load(own.url, await readFile(frozen(NAME, 'rows.sql'), 'utf8'));
  await migrateDatabase(own.url);
  forgetRuntime();
  vi.stubEnv('DATABASE_URL', own.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('LEASE_SECONDS', '3600');
});

afterAll(async () => {
  await database().$disconnect();
  vi.unstubAllEnvs();
  forgetRuntime();
  await own.drop();
  await rm(directory, { recursive: true, force: true });
});

/** The migrations that there were, and none that came later. */
async function migrateAsBefore(url: string): Promise<void> {
  const all = await readMigrations();
  const migrationDirectories = all.migrationDirectories.filter(({ path }) =>
    links.migrations.includes(path),
  );
  await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({
      migrationsList: { ...all, migrationDirectories },
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
}

async function load(url: string, rows: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Each has one row from the start.
    await client.query(`BEGIN; DELETE FROM history; DELETE FROM policy; ${rows} COMMIT`);
  } finally {
    await client.end();
  }
}

const named = <Thing extends { readonly name: string }>(things: readonly Thing[], name: string) => {
  const found = things.find((thing) => thing.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};
const staffNamed = (name: string): FrozenStaff => named(links.staff, name);
const [ada, ben, outsider] = ['Ada', 'Ben', 'Cyd'].map(staffNamed) as [
  FrozenStaff,
  FrozenStaff,
  FrozenStaff,
];

const which = (is: 'waiting' | 'claimed' | 'ended') => ({
  messages: links.messages.filter((message) => message.is === is),
  replies: links.replies.filter((reply) => reply.is === is),
});

describe('a database of the version before', () => {
  it('shows everybody what it showed: each status, ending, inbox, list, request and account', async () => {
    const now = await see(links);
    for (const [place, before] of Object.entries(seen)) {
      expect(now[place as keyof typeof now], place).toEqual(before);
    }
    expect(Object.keys(now)).toEqual(Object.keys(seen));
  });

  it('tells senders of what ended and they were not told of, once', async () => {
    const toAda = { to: ada.email, what: 'Eve' };
    expect(await tellSenders()).toMatchObject([
      { ...toAda, template: 'secretDestroyed', by: 'recipient' },
      { ...toAda, template: 'secretOpened' },
    ]);
    expect(await tellSenders()).toEqual([]);
  });
});

describe('a link of the version before', () => {
  it.each(which('waiting').messages)('opens what it is for, once: $name', async (message) => {
    if (message.passphrase !== '') {
      const wrong = await openMessage(message, { nonce: newNonce(), passphrase: 'another one' });
      expect(wrong).toHaveProperty('refused');
    }
    const nonce = newNonce();
    // Generated words may be typed with other separators, as they always could.
    const passphrase = message.name.endsWith('with words')
      ? message.passphrase.replaceAll('-', ' ').toUpperCase()
      : message.passphrase;
    expect(await openMessage(message, { nonce, passphrase })).toEqual({ text: message.text });
    expect(await openMessage(message, { nonce: newNonce() })).toMatchObject({
      refused: { status: 'ended', ending: { kind: 'opened' } },
    });
    expect(await openMessage(message, { nonce })).toEqual({ text: message.text });
    expect(await acknowledgeMessage(message, nonce)).toBe(true);
    expect(await openMessage(message, { nonce })).toHaveProperty('refused');
  });

  it('counts wrong passphrases on from where it was', async () => {
    const locked = named(links.messages, 'burned by tries');
    expect(await openMessage(locked, { nonce: newNonce() })).toMatchObject({
      refused: { ending: { kind: 'burned', by: 'wrong_passphrases' } },
    });
    const { statuses } = (await see(links)) as { statuses: Record<string, object> };
    // One more was tried of each above.
    expect(statuses['server with passphrase']).toMatchObject({ wrongPassphrases: 4 });
    expect(statuses['browser with passphrase']).toMatchObject({ wrongPassphrases: 3 });
  });

  it.each(which('claimed').messages)(
    'is still its one opener’s, until they have it: $name',
    async (message) => {
      const { nonce } = message;
      expect(await openMessage(message, { nonce: newNonce() })).toHaveProperty('refused');
      expect(await openMessage(message, { nonce })).toEqual({ text: message.text });
      expect(await acknowledgeMessage(message, nonce)).toBe(true);
      expect(await openMessage(message, { nonce })).toHaveProperty('refused');
    },
  );

  it.each(which('ended').messages)('opens nothing that has ended: $name', async (message) => {
    const nonce = message.nonce === '' ? newNonce() : message.nonce;
    expect(await openMessage(message, { nonce })).toMatchObject({ refused: { status: 'ended' } });
  });
});

describe('a reply of the version before', () => {
  it.each(which('waiting').replies)('opens for one of its readers, once: $name', async (reply) => {
    const request = links.requests.find(({ id }) => id === reply.request);
    if (request === undefined) throw new Error('It is to no request.');
    expect(await claimReplyAs(outsider, reply, newNonce())).toEqual({ status: 'unknown' });
    const nonce = newNonce();
    const claimed = await claimReplyAs(ada, reply, nonce);
    if (claimed.status !== 'claimed') throw new Error(claimed.status);
    expect(await decryptReplyAs(ada, request, claimed.sealedReply)).toBe(reply.text);
    expect(await claimReplyAs(ben, reply, newNonce())).toMatchObject({
      status: 'ended',
      ending: { kind: 'opened', by: 'Ada' },
    });
    expect(await acknowledgeReplyAs(ada, reply, nonce)).toBe(true);
    expect(await claimReplyAs(ada, reply, nonce)).toMatchObject({ status: 'ended' });
  });

  it.each(which('claimed').replies)('is still its one opener’s: $name', async (reply) => {
    const request = links.requests.find(({ id }) => id === reply.request);
    if (request === undefined) throw new Error('It is to no request.');
    expect(await claimReplyAs(ada, reply, reply.nonce)).toMatchObject({ status: 'ended' });
    const claimed = await claimReplyAs(ben, reply, reply.nonce);
    if (claimed.status !== 'claimed') throw new Error(claimed.status);
    expect(await decryptReplyAs(ben, request, claimed.sealedReply)).toBe(reply.text);
    expect(await acknowledgeReplyAs(ben, reply, reply.nonce)).toBe(true);
    expect(await claimReplyAs(ben, reply, reply.nonce)).toMatchObject({ status: 'ended' });
  });

  it.each(which('ended').replies)('opens nothing that has ended: $name', async (reply) => {
    const nonce = reply.nonce === '' ? newNonce() : reply.nonce;
    expect(await claimReplyAs(ada, reply, nonce)).toMatchObject({ status: 'ended' });
    expect(await claimReplyAs(outsider, reply, nonce)).toEqual({ status: 'unknown' });
  });
});

describe('an account of the version before', () => {
  it('signs in with its password alone where it has no second factor, and opens its vault', async () => {
    const wrong = encodeBase64url(new Uint8Array(32));
    expect(await signInAs({ ...ben, signInKey: wrong })).toEqual({ refused: 'sign_in_wrong' });
    const signedIn = await signInAs(ben);
    if (!('cookie' in signedIn)) throw new Error(signedIn.refused);
    expect(await staffOfCookie(signedIn.cookie)).toMatchObject({ accountId: ben.accountId });
    expect(await vaultSeedOf(ben, signedIn.cookie)).toBe(ben.vaultSeed);
  });

  it('signs in with the code of its app, and each code of its list once', async () => {
    expect(await signInAs(ada)).toEqual({ refused: 'second_factor_needed' });
    const code = new TOTP({ secret: ada.totp }).generate();
    expect(await signInAs(ada, code)).toHaveProperty('cookie');
    expect(await signInAs(ada, code)).toHaveProperty('refused');
    const [listed = ''] = ada.codes;
    expect(await signInAs(ada, listed)).toHaveProperty('cookie');
    expect(await signInAs(ada, listed)).toHaveProperty('refused');
  });

  async function vaultSeedOf(staff: FrozenStaff, cookie: string): Promise<string> {
    const vault = await vaultOfCookie(cookie);
    if (vault.status !== 'found') throw new Error('There is no vault.');
    const stretched = toStretchedPassphrase(decodeBase64url(staff.stretchedPassword));
    const { vaultKey } = await deriveAccountKeys(stretched);
    const publicKey = toVaultPublicKey(decodeBase64url(vault.publicKey));
    const wrapped = decodeBase64url(vault.seedByPassword);
    return encodeBase64url(await unwrapVaultSeed(vaultKey, 'password', wrapped, publicKey));
  }
});
