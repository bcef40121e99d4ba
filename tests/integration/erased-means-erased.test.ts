import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateMessage } from '@/lib/sealed/locate';
import { acknowledge, openServerSealed } from '@/lib/sealed/open';
import { unwrapAtRest } from '@/lib/protocol/at-rest';
import { openMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope } from '@/lib/protocol/envelope';
import { deriveMessageKeys, deriveServerLinkVerifier } from '@/lib/protocol/keys';
import { findProven } from '@/lib/sealed/find';
import type { ItemContent, ItemRecord } from '@/lib/sealed/item';
import { createKeyring, type ManagedKeyring } from '@/lib/server/keyring/keyring';
import { migrateDatabase } from '@/scripts/database/migrations';
import { startEmbeddedDatabase } from '@/scripts/postgres/embedded-database';
import { text } from '@/tests/support/envelopes';
import { createTestDesk, newNonce, tokenOf, type TestDesk, sealOne } from './desk';

const HOUR = 3_600_000;
/** Of hours: an epoch seals for two, its last secret lives for four, and a little for clocks and rounding. */
const LONGEST = 6 * HOUR + 20 * 60_000;

let directory: string;
let dataDir: string;
let keyDir: string;
let database: Awaited<ReturnType<typeof startEmbeddedDatabase>>;
let keyring: ManagedKeyring;
let desk: TestDesk;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-erased-'));
  dataDir = await mkdtemp(join(tmpdir(), 'sealpost-disk-'));
  keyDir = join(directory, 'keys');
  database = await startEmbeddedDatabase(dataDir, () => undefined);
  await migrateDatabase(database.url);
  keyring = createKeyring({ file: join(keyDir, 'keyring.json') });
  desk = createTestDesk(database.url, keyring);
});

afterAll(async () => {
  await desk.close();
  await database.stop();
  await rm(directory, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

/** Whether any file below a directory holds these bytes. */
async function isOnDisk(below: string, bytes: Uint8Array): Promise<boolean> {
  for (const entry of await readdir(below, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    if (content.includes(Buffer.from(bytes))) return true;
  }
  return false;
}

describe('a copied disk', () => {
  it('gives an opened five-minute secret to who has its link and the keyring for hours, and then nothing does', async () => {
    const secret = text('what was opened');
    const sealed = await sealOne(desk, { secret, passphrase: '', expiresIn: '5m', note: '' });
    const token = tokenOf(sealed.link);
    const { record, content } = await copyRow(token);

    const nonce = newNonce();
    expect(await openServerSealed(desk, { token, nonce, passphrase: '' })).toMatchObject({
      secret,
    });
    expect(await acknowledge(desk, { token, nonce })).toBe(true);

    // PostgreSQL overwrites a row when it pleases: the bytes are in its table or its log.
    expect(await isOnDisk(dataDir, content.wrappedCiphertext)).toBe(true);
    expect(await openCopy(token, record, content)).toEqual(secret);

    const stored = JSON.parse(await readFile(join(keyDir, 'keyring.json'), 'utf8')) as {
      epochs: { id: string; key: string }[];
    };
    const key = stored.epochs.find(({ id }) => id === record.epoch)?.key ?? 'no such epoch';
    expect(await keyring.destroyEndedEpochs(Date.now() + LONGEST)).toContain(record.epoch);

    expect(await openCopy(token, record, content)).toBeNull();
    for (const spelling of [Buffer.from(key), Buffer.from(key, 'base64url')]) {
      expect(await isOnDisk(keyDir, spelling)).toBe(false);
      expect(await isOnDisk(dataDir, spelling)).toBe(false);
    }
  });
});

/** The row as somebody took it who copied the database while it waited. */
async function copyRow(
  token: string,
): Promise<{ record: ItemRecord & { epoch: string }; content: ItemContent }> {
  const located = await locateMessage(keyring, token, 'serverSeal');
  if (located === null) throw new Error('The link is not one.');
  const knockVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, token);
  const by = { seal: 'server', knockVerifier, withContent: true } as const;
  const found = await findProven(desk, located.address, by);
  if (!found?.content) throw new Error('The row is not there.');
  return { record: found.record, content: found.content };
}

/** What the copy comes to with the link and whatever the keyring still holds. */
async function openCopy(token: string, record: ItemRecord, content: ItemContent) {
  const located = await locateMessage(keyring, token, 'serverSeal');
  if (located === null) return null;
  const { wrappedCiphertext, knockVerifier, ...bound } = content;
  if (knockVerifier === null) throw new Error('A message has no verifier of its link.');
  const ciphertext = await unwrapAtRest(
    'message',
    located.epoch.keys.atRestKey,
    wrappedCiphertext,
    {
      ...bound,
      knockVerifier,
      messageId: located.opened.messageId,
      seal: 'server',
      expiresAtMs: BigInt(record.expiresAtMs),
    },
  );
  const keys = await deriveMessageKeys(located.opened.messageKey, null);
  return decodeEnvelope(await openMessage({ seal: 'server', ciphertext, keys, lock: null }));
}
