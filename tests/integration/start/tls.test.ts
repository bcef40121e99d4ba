import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOf, placeOf } from '@/lib/server/database-address';
import { checkDatabase } from '@/scripts/database/check-database';
import { migrateDatabase } from '@/scripts/database/migrations';
import { startApp, startAppInVain } from '@/tests/support/app';
import { createEmptyDatabase } from '@/tests/support/database';
import {
  openSslIsInstalled,
  startTlsDatabase,
  type TlsDatabase,
} from '@/tests/support/tls-database';

/** Milliseconds: the first start may have to build. */
const PATIENCE = 180_000;

const isInstalled = openSslIsInstalled();
if (!isInstalled) console.log('OpenSSL is not installed: TLS to the database is not tested.');

describe.skipIf(!isInstalled)(
  'a PostgreSQL with TLS, of an authority of its own',
  { timeout: PATIENCE },
  () => {
    let database: TlsDatabase;
    let dataDir: string;
    beforeAll(async () => {
      database = await startTlsDatabase();
      dataDir = await mkdtemp(join(tmpdir(), 'sealpost-tls-start-'));
      await migrateDatabase(database.url('?sslmode=require'));
    });
    afterAll(async () => {
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
    });

    const check = (url: string) => checkDatabase(url, { allowUnsafe: true });
    const modes: [string, (files: TlsDatabase['files']) => string, string?][] = [
      ['nothing said', () => ''],
      ['sslmode=prefer', () => '?sslmode=prefer'],
      ['sslmode=allow', () => '?sslmode=allow'],
      ['sslmode=require', () => '?sslmode=require'],
      ['sslmode=verify-ca', ({ authority }) => `?sslmode=verify-ca&sslrootcert=${authority}`],
      [
        'sslmode=verify-full',
        ({ authority }) => `?sslmode=verify-full&sslrootcert=${authority}`,
        'localhost',
      ],
    ];

    it.each(modes)('is used with %s, and every connection is encrypted', async (...row) => {
      const [, parameters, host] = row;
      const settled = await check(database.url(parameters(database.files), host));
      expect(connectionOf(settled).ssl).not.toBe(false);
    });

    it.each(modes.filter(([mode]) => /require|verify-full/.test(mode)))(
      'carries pool, migrations and queue of a started app with %s, without a word of a library',
      async (...row) => {
        const [, parameters, host] = row;
        const app = await startApp({
          databaseUrl: database.url(parameters(database.files), host),
          env: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'sealpost@example.org' },
        });
        expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
        await expect
          .poll(() => database.connections(), { timeout: 30_000 })
          .toEqual([
            { name: 'sealpost', ssl: true },
            { name: 'sealpost mail', ssl: true },
          ]);
        expect(await app.stop()).toBe(0);
        expect(app.log()).not.toMatch(/Warning|SECURITY|pg-connection-string/);
      },
    );

    it('asks for a certificate where it is told to, and gets it', async () => {
      const { certificate, key } = database.files;
      await check(database.certifiedUrl(`?sslmode=require&sslcert=${certificate}&sslkey=${key}`));
      await expect(check(database.certifiedUrl('?sslmode=require'))).rejects.toThrow(
        'it asks for a certificate of its clients: set sslcert and sslkey.',
      );
    });

    it.each([
      ['sslmode=disable', () => '?sslmode=disable', 'by TLS alone'],
      [
        'the authority of somebody else',
        ({ stranger }) => `?sslmode=verify-ca&sslrootcert=${stranger}`,
        'an authority that is not known here: name the authority’s file with sslrootcert',
      ],
      [
        'sslmode=require and the authority of somebody else',
        ({ stranger }) => `?sslmode=require&sslrootcert=${stranger}`,
        'an authority that is not known here',
      ],
      [
        'no authority',
        () => '?sslmode=verify-full',
        'an authority that is not known here: name the authority’s file with sslrootcert',
      ],
      [
        'another name than its own',
        ({ authority }) => `?sslmode=verify-full&sslrootcert=${authority}`,
        'its certificate is for another name',
      ],
      [
        'a file that is not there',
        () => '?sslmode=verify-ca&sslrootcert=/nowhere',
        'the file of sslrootcert cannot be read',
      ],
      [
        'a file of another kind',
        ({ key }) => `?sslmode=verify-ca&sslrootcert=${key}`,
        'the file of sslrootcert is none in PEM form',
      ],
      [
        'a key of another certificate',
        ({ authority, key }) => `?sslmode=require&sslcert=${authority}&sslkey=${key}`,
        'the file of sslkey',
      ],
    ] satisfies [string, (files: TlsDatabase['files']) => string, string][])(
      'is refused with %s, in a sentence that says what to set',
      async (_what, parameters, words) => {
        await expect(check(database.url(parameters(database.files)))).rejects.toThrow(words);
      },
    );

    it.each([
      ['?sslmode=verify-full', 'sslrootcert'],
      ['?sslmode=verify-ca', 'sslrootcert=FILE'],
      ['?schema=sealpost', 'without the parameter schema'],
    ])('ends the start with one line for %s', async (parameters, words) => {
      const url = database.url(parameters);
      const { code, log } = await startAppInVain({ dataDir, databaseUrl: url });
      expect([code, log.trim().split('\n')]).toEqual([1, [expect.stringContaining(words)]]);
      expect(log).not.toContain(new URL(url).password);
    });
  },
);

describe('a PostgreSQL without TLS', () => {
  it('is used where TLS is not asked for, and refused in words where it is', async () => {
    const database = await createEmptyDatabase();
    const withMode = (mode: string) => {
      const url = new URL(database.url);
      url.searchParams.set('sslmode', mode);
      return checkDatabase(url.href, { allowUnsafe: true });
    };
    expect(connectionOf(await withMode('prefer')).ssl).toBe(false);
    await expect(withMode('require')).rejects.toThrow('it has no TLS, which sslmode asks for');
    await database.drop();
    await expect(withMode('prefer')).rejects.toThrow(
      `at ${placeOf(database.url)}: there is no database of that name.`,
    );
  });
});
