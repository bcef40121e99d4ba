import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledge } from '@/lib/messages/acknowledge';
import { locateMessage } from '@/lib/messages/locate-message';
import { openSecret, unwrapContent } from '@/lib/messages/open-content';
import { openServerSealed } from '@/lib/messages/open-server-sealed';
import type { MessageRecord, SealedContent } from '@/lib/messages/ports';
import { sealOnServer } from '@/lib/messages/seal-on-server';
import { deriveServerLinkVerifier } from '@/lib/protocol/verifiers';
import { createKeyring, type Keyring } from '@/lib/server/keyring/keyring';
import { migrateDatabase } from '@/scripts/database/migrations';
import { startEmbeddedDatabase } from '@/scripts/postgres/embedded-database';
import { text } from '@/tests/support/envelopes';
import { createTestDesk, newNonce, tokenOf, type TestDesk } from './desk';

const HOUR = 3_600_000;
/** Of hours: an epoch seals for two, its last secret lives for four, and a little for clocks and rounding. */
const LONGEST = 6 * HOUR + 20 * 60_000;

let directory: string;
let dataDir: string;
let keyDir: string;
let database: Awaited<ReturnType<typeof startEmbeddedDatabase>>;
let keyring: Keyring;
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
    const sealed = await sealOnServer(desk, { secret, passphrase: '', expiresIn: '5m', note: '' });
    const token = tokenOf(sealed?.link ?? '');
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
): Promise<{ record: MessageRecord & { epoch: string }; content: SealedContent }> {
  const located = await locateMessage(keyring, token, 'serverSeal');
  if (located === null) throw new Error('The link is not one.');
  const linkVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, token);
  const record = await desk.store.findByLink(located.address, linkVerifier);
  const [row] = await desk.client.$queryRaw<{ wrapped: Uint8Array }[]>`
    SELECT wrapped_ciphertext AS wrapped FROM messages WHERE id = ${located.address.id}::bigint`;
  if (record === null || row === undefined) throw new Error('The row is not there.');
  return {
    record: { ...record, epoch: located.epoch.id },
    content: {
      wrappedCiphertext: new Uint8Array(row.wrapped),
      lock: null,
      linkVerifier,
      knockVerifier: null,
    },
  };
}

/** What the copy comes to with the link and whatever the keyring still holds. */
async function openCopy(token: string, record: MessageRecord, content: SealedContent) {
  const located = await locateMessage(keyring, token, 'serverSeal');
  if (located === null) return null;
  const ciphertext = await unwrapContent(located, 'server', record, content);
  return openSecret(ciphertext, located.opened.messageKey, null, content);
}
