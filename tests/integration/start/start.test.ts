import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { databaseUrlFor, onServer } from '@/scripts/database/look-first';
import { findFreePort } from '@/scripts/postgres/server-process';
import { processCommand } from '@/scripts/setup/process-lock.mjs';
import { compose } from '@/messages/en/compose';
import { startApp, startAppInVain, type RunningApp } from '@/tests/support/app';

const PATIENCE = 180_000;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-start-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

const freshDataDir = () => mkdtemp(join(directory, 'data-'));

async function health(app: RunningApp): Promise<number> {
  return fetch(`${app.url}/api/health`).then(
    ({ status }) => status,
    () => 0,
  );
}

async function databasePid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It did not come about within half a minute.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const MARK = 'keyring.json.history';

const AN_OWNER = `
  INSERT INTO accounts (email, name, role, password_salt, sign_in_hash, vault_public_key,
    vault_seed_by_password, vault_seed_by_recovery)
  VALUES ('owner@example.org', 'The Owner', 'OWNER', '', '', '', '', '')`;

/** The lines it printed besides the framework's. */
const refusal = (log: string) => log.trim().split('\n');

describe('a start with the embedded database', { timeout: PATIENCE }, () => {
  it('leaves only files that their owner alone may read, and stops everything on Ctrl-C without a complaint', async () => {
    const dataDir = await freshDataDir();
    const app = await startApp({ dataDir });
    expect(await health(app)).toBe(200);
    const database = await databasePid(dataDir);
    // Lock and draft of the mark are there only while it is written.
    const kept = (await readdir(dataDir)).filter((name) => !name.startsWith(`${MARK}.`));
    for (const name of ['', ...kept]) {
      const { mode } = await stat(join(dataDir, name));
      expect([name, mode & 0o066]).toEqual([name, 0]);
    }
    expect(await app.stop('SIGINT')).toBe(0);
    expect(processCommand(database)).toBe('');
    expect(await readdir(dataDir)).not.toContain('sealpost.lock');
    expect(app.log()).not.toContain('"level"');
    expect(app.log()).not.toContain('next.config');
  });

  it('recovers from a start that was killed, and from a killed database', async () => {
    const dataDir = await freshDataDir();
    const killed = await startApp({ dataDir });
    const orphan = await databasePid(dataDir);
    await killed.kill();
    expect(processCommand(orphan)).toContain(dataDir);

    const app = await startApp({ dataDir });
    expect(processCommand(orphan)).toBe('');
    expect(await health(app)).toBe(200);

    process.kill(await databasePid(dataDir), 'SIGKILL');
    await until(() => app.log().includes('The database is back.'));
    await until(async () => (await health(app)) === 200);
    expect(await app.stop()).toBe(0);
  });

  it('is refused in one line while another runs on the directory', async () => {
    const dataDir = await freshDataDir();
    const app = await startApp({ dataDir });
    const second = await startAppInVain({ dataDir });
    expect(second.code).toBe(1);
    expect(refusal(second.log)).toEqual([expect.stringContaining(`process ${String(app.pid)}`)]);
    expect(await health(app)).toBe(200);
    await app.stop();
  });

  it('is refused in one line, before it starts a database, when the port is taken', async () => {
    const dataDir = await freshDataDir();
    const port = await findFreePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    const { code, log } = await startAppInVain({ dataDir, port });
    squatter.close();
    expect(code).toBe(1);
    expect(refusal(log)).toEqual([expect.stringContaining(`PORT ${String(port)}`)]);
    expect(await readdir(dataDir)).toEqual([]);
  });
});

describe('a start that cannot be', { timeout: PATIENCE }, () => {
  it('says in one line that its directory is not one', async () => {
    const dataDir = join(directory, 'a-file');
    await writeFile(dataDir, '');
    const { code, log } = await startAppInVain({ dataDir });
    expect([code, refusal(log).length]).toEqual([1, 1]);
    expect(log).toContain(dataDir);
  });

  it('never closes to others a directory that holds what is not its own', async () => {
    const dataDir = await freshDataDir();
    await writeFile(join(dataDir, 'photo.jpg'), '');
    await chmod(dataDir, 0o755);
    const { code } = await startAppInVain({ dataDir });
    expect([code, (await stat(dataDir)).mode & 0o777]).toEqual([1, 0o755]);
  });

  it.each([
    'postgresql://someone:a-password@127.0.0.1:1/nowhere',
    'postgresql://someone:a-password@host.invalid/nowhere',
    'mysql://someone:a-password@127.0.0.1/nowhere',
  ])('says in one line, without the password, that DATABASE_URL is wrong: %s', async (url) => {
    const { code, log } = await startAppInVain({ dataDir: await freshDataDir(), databaseUrl: url });
    expect([code, refusal(log).length]).toEqual([1, 1]);
    expect(log).toContain('DATABASE_URL');
    expect(log).not.toContain('a-password');
  });

  // Root may write everywhere.
  if (process.getuid?.() !== 0) {
    it('leaves a directory read-only that its owner has made so', async () => {
      const dataDir = await freshDataDir();
      await chmod(dataDir, 0o555);
      const { code, log } = await startAppInVain({ dataDir });
      expect([code, refusal(log).length]).toEqual([1, 1]);
      expect((await stat(dataDir)).mode & 0o777).toBe(0o555);
    });
  }

  it.each(['garbage', 'a directory'])('says in one line that its keyring is %s', async (kind) => {
    const keyringFile = kind === 'a directory' ? directory : join(directory, 'garbage.json');
    if (kind === 'garbage') await writeFile(keyringFile, 'garbage', { mode: 0o600 });
    const { code, log } = await startAppInVain({ dataDir: await freshDataDir(), keyringFile });
    expect([code, refusal(log).length]).toEqual([1, 1]);
    expect(log).toContain('KEYRING_FILE');
    expect(log).toContain(keyringFile);
  });

  it('names every wrong setting', async () => {
    const env = { LEASE_SECONDS: 'x', APP_URL: 'example.org' };
    const { code, log } = await startAppInVain({ dataDir: await freshDataDir(), env });
    expect(code).toBe(1);
    expect(refusal(log).map((line) => line.split(' ')[0])).toEqual(['APP_URL', 'LEASE_SECONDS']);
  });
});

describe('a start on an external database', { timeout: PATIENCE }, () => {
  const name = `sealpost_test_start_${String(process.pid)}`;
  const databaseUrl = databaseUrlFor(inject('databaseServer'), name);

  beforeAll(() => onServer(inject('databaseServer'), `CREATE DATABASE ${name}`));
  afterAll(() => onServer(inject('databaseServer'), `DROP DATABASE ${name} WITH (FORCE)`));

  it('migrates once when two instances come at once, and says that nobody owns it', async () => {
    const apps = await Promise.all([startApp({ databaseUrl }), startApp({ databaseUrl })]);
    expect(await Promise.all(apps.map(health))).toEqual([200, 200]);
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ times: number }>(
      'SELECT count(*)::int AS times FROM _prisma_migrations GROUP BY migration_name',
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ times }) => times === 1)).toBe(true);
    expect(await Promise.all(apps.map((app) => app.stop()))).toEqual([0, 0]);
    for (const app of apps) expect(app.log()).toContain(`made at ${app.url}/sign-up`);
  });

  it('is refused when the server may forget what it acknowledged, unless told to', async () => {
    await onServer(databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = off`);
    const { code, log } = await startAppInVain({ dataDir: await freshDataDir(), databaseUrl });
    expect([code, refusal(log).length]).toEqual([1, 1]);
    expect(log).toContain('synchronous_commit');
    const app = await startApp({ databaseUrl, env: { ALLOW_UNSAFE_DATABASE: '1' } });
    await app.stop();
    await onServer(databaseUrl, `ALTER DATABASE ${name} RESET synchronous_commit`);
  });

  it('says in one line that what is sent to a public address by http can be read on the way', async () => {
    const app = await startApp({ databaseUrl, env: { APP_URL: 'http://secrets.example.org' } });
    await app.stop();
    const lines = app.log().split('\n');
    const [said = '', ...more] = lines.filter((line) => line.includes('can be read on the way'));
    expect(more).toEqual([]);
    expect(said).toContain('staff can neither sign up nor sign in');
  });

  it('of a site with an owner says nothing of a first account, and knows from the first answer who may send', async () => {
    await onServer(databaseUrl, AN_OWNER);
    await onServer(databaseUrl, `UPDATE policy SET who_may_send = 'MEMBERS'`);
    const app = await startApp({ databaseUrl });
    expect(await (await fetch(app.url)).text()).toContain(compose.membersOnly.heading);
    await app.stop();
    expect(app.log()).not.toContain('/sign-up');
  });
});
