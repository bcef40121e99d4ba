import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { database } from '@/lib/server/database';
import { createDatabaseClock } from '@/lib/server/database-clock';
import { DatabaseUnsafe } from '@/lib/server/durability';
import { examineHealth } from '@/lib/server/health';
import { MarkError, readMark } from '@/lib/server/history/mark-file';
import { createHistoryGuard } from '@/lib/server/history/history-guard';
import { log } from '@/lib/server/log';
import { logFailure } from '@/lib/server/log-failure';
import { sweepOnce } from '@/lib/server/sweeper';
import { lookFirst } from '@/scripts/database/look-first';
import { onServer } from '@/scripts/database/look-first';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';
import { forgetRuntime } from '@/tests/support/runtime';

const DAY = 86_400_000;

let own: TestDatabase;
let directory: string;
let mark: string;

beforeEach(async () => {
  own = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealpost-watching-'));
  mark = join(directory, 'keyring.json.history');
  forgetRuntime();
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('DATABASE_URL', own.url);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await database().$disconnect();
  forgetRuntime();
  vi.unstubAllEnvs();
  await own.drop();
  await rm(directory, { recursive: true, force: true });
});

it('a mark that can’t be read keeps neither the clocks nor the durability from being looked at', async () => {
  await writeFile(mark, 'no mark');
  await chmod(mark, 0o600);
  const name = new URL(own.url).pathname.slice(1);
  await onServer(own.url, `ALTER DATABASE "${name}" SET synchronous_commit = off`);
  const ahead = createDatabaseClock(() => Date.now() + 60 * DAY);
  globalThis.sealpostRuntime = new Map([['database clock', ahead]]);
  const said = [vi.spyOn(log, 'warn'), vi.spyOn(log, 'error')] as const;
  await sweepOnce();
  const events = said.flatMap(({ mock }) => mock.calls.map(([event]) => event));
  expect(events.toSorted()).toEqual(['clocks_differ', 'database_unsafe', 'keyring_unusable']);
});

it('log and health have one word for one trouble', () => {
  const error = vi.spyOn(log, 'error').mockReturnValue();
  logFailure('opening', new DatabaseUnsafe());
  for (const code of ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM']) {
    logFailure('opening', new MarkError('The mark cannot be written.', code));
  }
  expect(error.mock.calls.map(([event]) => event)).toEqual([
    'database_unsafe',
    'disk_full',
    'disk_full',
    'disk_read_only',
    'keyring_unusable',
    'keyring_unusable',
  ]);
});

it('a bug in looking is no keyring that is unusable: health says what it is, and the log where', async () => {
  const error = vi.spyOn(log, 'error').mockReturnValue();
  const looking = { proveRecordable: () => Promise.reject(new TypeError('canary')) };
  globalThis.sealpostRuntime = new Map([['history guard', looking]]);
  expect((await examineHealth()).problems).toEqual(['fault']);
  const [event, fields] = error.mock.calls[0] ?? [];
  expect([event, fields?.at, fields?.error]).toEqual(['fault', 'health', 'TypeError']);
  expect(JSON.stringify(fields)).not.toContain('canary');
});

it('where the mark was taken away, an opening waits until one is written again', async () => {
  const guard = createHistoryGuard(database(), mark);
  await guard.check();
  await mkdir(join(`${mark}.new`, 'in-the-way'), { recursive: true });
  await rm(mark);
  await expect(guard.record(5n)).rejects.toThrow(MarkError);
  // Nothing was written meanwhile, so nothing may be handed out.
  await expect(guard.expectedBeforeClaim()).rejects.toThrow(MarkError);
  await rm(`${mark}.new`, { recursive: true });
  await guard.expectedBeforeClaim();
  expect(await readMark(mark)).not.toBeNull();
});

it('what is looked at first brings the database’s clock, before anything is sealed', async () => {
  const before = Date.now();
  const seen = await lookFirst(own.url);
  expect(seen?.nowMs).toBeGreaterThanOrEqual(before - 1);
  expect(seen?.nowMs).toBeLessThanOrEqual(Date.now() + 1);
  expect(await readMark(mark)).toBeNull();
});
