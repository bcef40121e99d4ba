import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServerSealed } from '@/lib/sealed/open';
import { openPool } from '@/lib/server/database-pool';
import { checkDatabase } from '@/scripts/database/check-database';
import { migrateDatabase } from '@/scripts/database/migrations';
import { onServer } from '@/scripts/database/look-first';
import { startApp, startAppInVain } from '@/tests/support/app';
import { createEmptyDatabase, type TestDatabase } from '@/tests/support/database';
import { text } from '@/tests/support/envelopes';
import { pgBouncerIsInstalled, startPgBouncer } from '@/tests/support/pgbouncer';
import { createTestDesk, createTestKeyring, newNonce, tokenOf, sealOne } from '../desk';

/** Milliseconds: the first start may have to build. */
const PATIENCE = 180_000;

const isInstalled = pgBouncerIsInstalled();
if (!isInstalled) console.log('PgBouncer is not installed: what is tested with it is left out.');

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});

afterAll(() => database.drop());

describe.skipIf(!isInstalled)(
  'behind a PgBouncer with its default settings',
  { timeout: PATIENCE },
  () => {
    it('everything starts and works, every statement ends in time, and tables are those of public', async () => {
      const name = new URL(database.url).pathname.slice(1);
      await onServer(database.url, `ALTER DATABASE ${name} SET search_path = elsewhere`);
      const bouncer = await startPgBouncer(database.url, 'session');
      try {
        await checkDatabase(bouncer.url, { allowUnsafe: true });
        await migrateDatabase(bouncer.url);
        expect(await migrateDatabase(bouncer.url)).toEqual([]);
        const desk = createTestDesk(bouncer.url, await createTestKeyring());
        const terms = { passphrase: '', expiresIn: '1h', note: '' } as const;
        const sealed = await sealOne(desk, { secret: text('waits'), ...terms });
        const opening = { token: tokenOf(sealed.link), nonce: newNonce(), passphrase: '' };
        expect(await openServerSealed(desk, opening)).toMatchObject({ status: 'opened' });
        const { rows } = await withPool(bouncer.url, (pool) =>
          pool.query('SHOW statement_timeout'),
        );
        expect(rows).toEqual([{ statement_timeout: '10s' }]);
        const path = await withPool(bouncer.url, (pool) => pool.query('SHOW search_path'));
        expect(path.rows).toEqual([{ search_path: 'public' }]);
        await desk.close();
        const app = await startApp({
          databaseUrl: bouncer.url,
          env: { ALLOW_UNSAFE_DATABASE: '1' },
        });
        expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
        expect(await app.stop()).toBe(0);
        expect(app.log()).not.toContain('"level"');
      } finally {
        await bouncer.stop();
      }
    });

    it('that lends connections by the transaction, the start ends with one line that says what to set', async () => {
      const bouncer = await startPgBouncer(database.url, 'transaction');
      const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-pgbouncer-start-'));
      try {
        const { code, log } = await startAppInVain({ dataDir, databaseUrl: bouncer.url });
        expect(code).toBe(1);
        expect(log.trim().split('\n')).toEqual([
          expect.stringMatching(/^DATABASE_URL leads to a pooler .*set pool_mode = session/),
        ]);
      } finally {
        await bouncer.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  },
);

describe('without one', () => {
  it('no connection is taken for a shared one', async () => {
    for (let again = 0; again < 5; again += 1) {
      await checkDatabase(database.url, { allowUnsafe: true });
    }
  });
});

async function withPool<Result>(
  connectionString: string,
  use: (pool: ReturnType<typeof openPool>) => Promise<Result>,
): Promise<Result> {
  const pool = openPool({ connectionString, size: 1, name: 'test', onLost: () => undefined });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}
