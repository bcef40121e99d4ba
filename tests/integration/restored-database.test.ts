import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {} from '@/lib/sealed/open';
import { lookAtServerSealed } from '@/lib/sealed/open';
import { destroyFromStatus, lookAtStatus } from '@/lib/sealed/status';
import { openServerSealed } from '@/lib/sealed/open';
import { createMessageKey } from '@/lib/protocol/keys';
import {
  openKeptClosed,
  discardKeptClosed,
  keepEverythingClosed,
} from '@/lib/server/history/history-guard';
import { findKeptClosed, tellOfKeptClosed } from '@/lib/server/history/kept-closed';
import { advanceMark, readMark } from '@/lib/server/history/mark-file';
import { sweepBatch } from '@/lib/sealed/end';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { text } from '@/tests/support/envelopes';
import { claimInBrowser, knockInBrowser, sealInBrowser } from './browser-side';
import {
  createTestDesk,
  createTestKeyring,
  newNonce,
  tokenOf,
  type TestDesk,
  sealOne,
} from './desk';

let directory: string;
let historyFile: string;
let database: TestDatabase;
let keyring: Awaited<ReturnType<typeof createTestKeyring>>;
let desk: TestDesk;

beforeAll(async () => {
  database = await createTestDatabase();
  keyring = await createTestKeyring();
});

afterAll(() => database.drop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-history-'));
  historyFile = join(directory, 'mark');
  desk = createTestDesk(database.url, keyring, { historyFile });
  await desk.client.$executeRaw`UPDATE history SET refused_before = NULL`;
  await desk.history.check();
});

afterEach(async () => {
  await desk.close();
  await rm(directory, { recursive: true });
});

async function sealForTest(): Promise<{ token: string; status: string }> {
  const sealed = await sealOne(desk, {
    secret: text('s'),
    passphrase: '',
    expiresIn: '1h',
    note: '',
  });
  return { token: tokenOf(sealed.link), status: tokenOf(sealed.statusLink) };
}

const open = (token: string, on = desk) =>
  openServerSealed(on, { token, nonce: newNonce(), passphrase: '' });

/** What is in the database now; `restore` puts it back, as an older copy would. */
async function backUp(): Promise<{ restore: () => Promise<void> }> {
  const { client } = desk;
  await client.$executeRaw`DROP TABLE IF EXISTS messages_copy, history_copy`;
  await client.$executeRaw`CREATE TABLE messages_copy AS SELECT * FROM sealed_items`;
  await client.$executeRaw`CREATE TABLE history_copy AS SELECT * FROM history`;
  return {
    restore: async () => {
      await client.$executeRaw`DELETE FROM sealed_items`;
      await client.$executeRaw`DELETE FROM history`;
      await client.$executeRaw`INSERT INTO sealed_items SELECT * FROM messages_copy`;
      await client.$executeRaw`INSERT INTO history SELECT * FROM history_copy`;
    },
  };
}

/** What is written to the log meanwhile. */
async function logged(work: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  try {
    await work();
  } finally {
    stderr.mockRestore();
  }
  return lines.join('');
}

/** The owner's decision to erase what waited. */
async function letGo(): Promise<number> {
  const count = await discardKeptClosed(desk.client);
  await openKeptClosed(desk.client);
  await desk.history.check();
  return count;
}

const ERASED = { ending: { kind: 'burned', by: 'restore' } } as const;
const REFUSED = { status: 'refused', refusal: 'database_restored' };

describe('a database restored from an older copy', () => {
  it('opens nothing again, noticed in the very statement that would have opened it', async () => {
    const { token } = await sealForTest();
    const copy = await backUp();
    expect((await open(token)).status).toBe('opened');
    await copy.restore();
    expect(await open(token)).toEqual(REFUSED);
  });

  it('is told of by every page at once, as an opening would be, for both seals', async () => {
    const { token, status } = await sealForTest();
    const browser = await sealInBrowser(desk);
    const copy = await backUp();
    expect((await open(token)).status).toBe('opened');
    await copy.restore();
    expect(await lookAtStatus(desk, status)).toMatchObject({ isKeptClosed: true });
    await copy.restore();
    expect(await lookAtServerSealed(desk, token)).toEqual(REFUSED);
    await copy.restore();
    expect(await knockInBrowser(desk, browser)).toEqual(REFUSED);
  });

  it('takes nothing for older than it is: a secret made before anybody looked opens', async () => {
    const old = await sealForTest();
    const copy = await backUp();
    expect((await open(old.token)).status).toBe('opened');
    await copy.restore();
    const { token, status } = await sealForTest();
    expect(await lookAtStatus(desk, status)).toMatchObject({ isKeptClosed: false });
    expect(await open(old.token)).toEqual(REFUSED);
    expect((await open(token)).status).toBe('opened');
  });

  it('opens nothing again after a restart, and says so on the page, for both seals', async () => {
    const { token } = await sealForTest();
    const browser = await sealInBrowser(desk);
    const copy = await backUp();
    await open(token);
    await copy.restore();
    const restarted = createTestDesk(database.url, keyring, { historyFile });
    try {
      expect(await open(token, restarted), 'also before anything was compared').toEqual(REFUSED);
      expect(await lookAtServerSealed(restarted, token)).toEqual(REFUSED);
      expect(await knockInBrowser(restarted, browser)).toEqual(REFUSED);
      expect(await claimInBrowser(restarted, browser)).toEqual(REFUSED);
    } finally {
      await restarted.close();
    }
  });

  it('opens nothing again that another instance opened since this one looked last', async () => {
    const [first, second] = [await sealForTest(), await sealForTest()];
    const other = createTestDesk(database.url, keyring, { historyFile });
    try {
      expect((await open(first.token, other)).status).toBe('opened');
      const copy = await backUp();
      expect((await open(second.token, other)).status).toBe('opened');
      await copy.restore();
      expect(await open(second.token)).toEqual(REFUSED);
    } finally {
      await other.close();
    }
  });

  it('does not catch up by what is destroyed in it', async () => {
    const [read, waiting] = [await sealForTest(), await sealForTest()];
    const copy = await backUp();
    expect((await open(read.token)).status).toBe('opened');
    await copy.restore();
    expect(await destroyFromStatus(desk, waiting.status)).toMatchObject({ status: 'known' });
    expect(await open(read.token)).toEqual(REFUSED);
    await desk.history.check();
    expect(await open(read.token), 'nor afterwards').toEqual(REFUSED);
    expect((await open((await sealForTest()).token)).status).toBe('opened');
  });

  it('says of nothing that is kept closed that nobody opened it: not when it expires, nor when it is destroyed', async () => {
    const [expiring, destroyed] = [await sealForTest(), await sealForTest()];
    await desk.client.$executeRaw`UPDATE history SET refused_before = clock_timestamp()`;
    const erased = { ending: { kind: 'burned', by: 'restore' } };
    expect(await destroyFromStatus(desk, destroyed.status)).toMatchObject(erased);
    await desk.client.$executeRaw`
      UPDATE sealed_items SET expires_at = clock_timestamp() WHERE state = 'SEALED'`;
    expect(await lookAtStatus(desk, expiring.status), 'before it is swept').toMatchObject(erased);
    await sweepBatch(
      desk.client,
      keyring.epochs.map(({ id }) => id),
    );
    await openKeptClosed(desk.client);
    for (const { status } of [expiring, destroyed]) {
      expect(await lookAtStatus(desk, status)).toMatchObject(erased);
    }
  });

  it('does not bring back what was destroyed', async () => {
    const { token, status } = await sealForTest();
    const copy = await backUp();
    await destroyFromStatus(desk, status);
    await copy.restore();
    expect(await open(token)).toEqual(REFUSED);
  });

  it('goes on for messages that are made afterwards', async () => {
    const { token } = await sealForTest();
    const copy = await backUp();
    await open(token);
    await copy.restore();
    await desk.history.check();
    expect((await open((await sealForTest()).token)).status).toBe('opened');
    expect(await open(token)).toEqual(REFUSED);
  });

  it('is told in the log with the two choices in words, again at later starts, and no more once nothing waits', async () => {
    const { token } = await sealForTest();
    const copy = await backUp();
    await open(token);
    await copy.restore();
    expect(await logged(() => desk.history.check())).toContain('"event":"database_went_back"');
    let told: Date | null = null;
    const tell = () =>
      logged(async () => {
        told = await tellOfKeptClosed(desk.client, told);
      });
    const choices =
      /RESTORED_DATABASE=discard they are erased.*RESTORED_DATABASE=open they open all the same/;
    expect(await tell()).toMatch(choices);
    expect(await tell(), 'once').toBe('');
    told = null;
    expect(await desk.history.check(), 'noticed once').toBe(true);
    expect(await tell(), 'a later start').toMatch(choices);
    told = null;

    await sealForTest();
    await desk.client.$executeRaw`
      UPDATE sealed_items SET expires_at = clock_timestamp()
      WHERE created_at <= (SELECT refused_before FROM history)`;
    const left = await findKeptClosed(desk.client);
    expect(left?.waiting, 'what is made afterwards waits for nobody').toBe(0);
    expect(await tell()).toBe('');
  });

  it('opens again, by the decision of its owner', async () => {
    const { token } = await sealForTest();
    const copy = await backUp();
    await open(token);
    await copy.restore();
    await desk.history.check();
    await openKeptClosed(desk.client);
    expect((await open(token)).status).toBe('opened');
  });

  it('is let go of for good, and both who hold the link and its sender are told what is known', async () => {
    const secret = await sealForTest();
    const browser = await sealInBrowser(desk, { passphrase: 'p' });
    const copy = await backUp();
    await open(secret.token);
    await copy.restore();
    await desk.history.check();
    expect(await letGo()).toBeGreaterThan(1);

    expect(await open(secret.token)).toMatchObject(ERASED);
    expect(await lookAtServerSealed(desk, secret.token)).toMatchObject(ERASED);
    expect(await knockInBrowser(desk, browser)).toMatchObject(ERASED);
    expect(await claimInBrowser(desk, browser, { passphrase: 'p' })).toMatchObject(ERASED);
    expect(await lookAtStatus(desk, secret.status)).toMatchObject({
      status: 'known',
      ending: ERASED.ending,
    });
    expect(await destroyFromStatus(desk, secret.status), 'too late').toMatchObject(ERASED);
    const left = await desk.client.$queryRaw`
      SELECT 1 FROM sealed_items m WHERE m.state = 'BURNED' AND (
        m.wrapped_ciphertext IS NOT NULL OR m.passphrase_salt IS NOT NULL
        OR m.open_verifier IS NOT NULL)`;
    expect(left, 'nothing of what was in them').toEqual([]);
  });

  it('tells nothing of what was let go to one who has its address without the key', async () => {
    const browser = await sealInBrowser(desk);
    await keepEverythingClosed(desk.client);
    await letGo();
    const keyless = { ...browser, messageKey: createMessageKey() };
    expect(await knockInBrowser(desk, keyless)).toEqual({ status: 'unknown' });
    expect(await knockInBrowser(desk, browser)).toMatchObject(ERASED);
  });

  it('never says that nobody opened what was let go, even where its time has passed since', async () => {
    const late = await sealForTest();
    await desk.client.$executeRaw`
      UPDATE sealed_items SET expires_at = clock_timestamp() WHERE state = 'SEALED'`;
    await keepEverythingClosed(desk.client);
    await letGo();
    expect(await open(late.token)).toMatchObject(ERASED);
  });

  it('says of what was claimed in the copy that it was opened', async () => {
    const { token, status } = await sealForTest();
    await open(token);
    await keepEverythingClosed(desk.client);
    await letGo();
    const opened = { ending: { kind: 'opened' } };
    expect(await open(token)).toMatchObject(opened);
    expect(await lookAtStatus(desk, status)).toMatchObject(opened);
  });

  it('is let go for good without a mark as well, where nothing could tell that it went back', async () => {
    const { token } = await sealForTest();
    expect(await desk.history.isMarked()).toBe(true);
    await rm(historyFile);
    expect(await desk.history.isMarked()).toBe(false);
    await desk.history.check();
    await keepEverythingClosed(desk.client);
    expect(await letGo()).toBeGreaterThan(0);
    expect(await open(token)).toMatchObject(ERASED);
    expect((await open((await sealForTest()).token)).status).toBe('opened');
  });
});

describe('what was let go of without a mark', () => {
  it('does not come back with the same copy, restored once more', async () => {
    const { token } = await sealForTest();
    const copy = await backUp();
    await rm(historyFile);
    await desk.history.check();
    await keepEverythingClosed(desk.client);
    await letGo();
    await copy.restore();
    expect(await open(token)).toEqual(REFUSED);
  });
});

describe('the mark', () => {
  it('is written before a secret goes out, and holds for parallel openings', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, sealForTest));
    const states = await Promise.all(tokens.map(({ token }) => open(token)));
    expect(states.every(({ status }) => status === 'opened')).toBe(true);
    const [row] = await desk.client.$queryRaw<{ endings: bigint }[]>`SELECT endings FROM history`;
    expect((await readMark(historyFile))?.endings).toBe(row?.endings);
  });

  it('that cannot be written keeps the secret back, and the same nonce gets it later', async () => {
    const { token } = await sealForTest();
    const nonce = newNonce();
    const kept = await readMark(historyFile);
    await writeFile(historyFile, 'not a mark');
    await expect(openServerSealed(desk, { token, nonce, passphrase: '' })).rejects.toThrow('mark');
    await rm(historyFile);
    if (kept !== null) await advanceMark(historyFile, kept);
    expect(await openServerSealed(desk, { token, nonce, passphrase: '' })).toMatchObject({
      status: 'opened',
    });
    const [row] = await desk.client.$queryRaw<{ endings: bigint }[]>`SELECT endings FROM history`;
    expect((await readMark(historyFile))?.endings).toBe(row?.endings);
  });

  it.each([
    ['on', 120],
    ['off', 0],
  ])(
    'that cannot be moved leaves a secret waiting, for whoever comes when there is room: leases %s',
    async (_leases, leaseSeconds) => {
      const { token, status } = await sealForTest();
      const other = createTestDesk(database.url, keyring, { historyFile, leaseSeconds });
      // What stands in the way of its draft: the mark can be read, and not be written.
      const inTheWay = `${historyFile}.new`;
      try {
        await other.history.check();
        await mkdir(inTheWay);
        await expect(open(token, other)).rejects.toThrow('mark');
        expect(await lookAtStatus(other, status)).toMatchObject({ ending: null });
        await rmdir(inTheWay);
        expect(await open(token, other)).toMatchObject({ status: 'opened' });
        const { endings } = await desk.client.history.findFirstOrThrow();
        expect((await readMark(historyFile))?.endings).toBe(endings);
      } finally {
        await other.close();
      }
    },
  );

  it('never moves back, and starts anew with another database', async () => {
    const databaseId = '7b1f5c1e-9d0a-4c56-8a3e-2f1d6c9b0a11';
    await advanceMark(historyFile, { databaseId, endings: 9n });
    expect(await advanceMark(historyFile, { databaseId, endings: 4n })).toMatchObject({
      endings: 9n,
    });
    const other = '00000000-0000-4000-8000-000000000000';
    await advanceMark(historyFile, { databaseId: other, endings: 1n });
    expect(await readMark(historyFile)).toEqual({ databaseId: other, endings: 1n });
  });
});
