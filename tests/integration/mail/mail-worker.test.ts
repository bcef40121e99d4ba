import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { createMailTransport } from '@/lib/server/mail/mail-transport';
import { startMailWorker, type MailWorker } from '@/lib/server/mail/mail-worker';
import { onServer } from '@/scripts/database/look-first';
import { startMailServer, type MailServer } from '@/tests/support/mail-server';
import { APP_URL, invitation, givenPostOffice, settingsFor } from './post-office';

const office = givenPostOffice();
let server: MailServer;
let workers: MailWorker[];
let printed: string[];
let log: string;

beforeEach(async () => {
  await office.pool.query('DELETE FROM graphile_worker._private_jobs');
  server = await startMailServer();
  workers = [];
  printed = [];
  log = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    log += String(line);
    return true;
  });
  for (const method of ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => {
      printed.push(words.join(' '));
    });
  }
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  vi.restoreAllMocks();
  await server.stop();
});

function startWorker(smtpUrl = server.url, databaseUrl = office.databaseUrl): MailWorker {
  const transport = createMailTransport(settingsFor(smtpUrl), APP_URL.hostname);
  const worker = startMailWorker(databaseUrl, { accountsKey, transport });
  workers.push(worker);
  return worker;
}

const PATIENCE = { timeout: 30_000 };

const arrivalOf = (address: string) => server.waitFor(({ to }) => to[0] === address);

async function connections(): Promise<number> {
  const { rows } = await office.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'sealpost mail'
        AND pid NOT IN (SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_stat_activity%')`,
  );
  return rows[0]?.count ?? 0;
}

describe('a worker of mail', () => {
  it('delivers what waited and what comes, with others on the same queue, each once', async () => {
    await office.queue(invitation({ to: 'waited@example.org' }));
    startWorker();
    startWorker();
    await arrivalOf('waited@example.org');
    const later = Array.from({ length: 6 }, (_, index) => `later${String(index)}@example.org`);
    for (const to of later) await office.queue(invitation({ to }));
    await Promise.all(later.map(arrivalOf));
    await vi.waitFor(async () => {
      expect(await office.rows()).toEqual([]);
    }, PATIENCE);
    const delivered = server.messages().flatMap(({ to }) => to);
    expect(delivered.sort()).toEqual([...later, 'waited@example.org'].sort());
    expect(printed).toEqual([]);
  });

  it('goes on after every connection to its database was cut', async () => {
    startWorker();
    await office.queue(invitation({ to: 'before@example.org' }));
    await arrivalOf('before@example.org');
    await onServer(
      office.databaseUrl,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await vi.waitFor(() => office.queue(invitation({ to: 'after@example.org' })), PATIENCE);
    await arrivalOf('after@example.org');
    expect(printed).toEqual([]);
  });

  it('waits for a database that is away when it begins', async () => {
    const name = new URL(office.databaseUrl).pathname.slice(1);
    const allow = (is: boolean) =>
      onServer(inject('databaseServer'), `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${String(is)}`);
    await office.queue(invitation());
    await allow(false);
    startWorker();
    await vi.waitFor(() => {
      expect(log).toContain('"event":"mail_queue_failed"');
    }, PATIENCE);
    await allow(true);
    await arrivalOf('anna@example.org');
  });

  it('begins anew when its first look at the queue fails', async () => {
    await office.queue(invitation());
    const rename = (from: string, to: string) =>
      office.pool.query(`ALTER TABLE graphile_worker.${from} RENAME TO ${to}`);
    await rename('_private_tasks', 'hidden_tasks');
    startWorker();
    await vi.waitFor(() => {
      expect(log).toContain('"code":"42P01"');
    }, PATIENCE);
    await rename('hidden_tasks', '_private_tasks');
    await arrivalOf('anna@example.org');
  });

  it('takes three connections and no more', async () => {
    startWorker();
    for (let index = 0; index < 8; index += 1) {
      await office.queue(invitation({ to: `many${String(index)}@example.org` }));
    }
    await arrivalOf('many7@example.org');
    expect(await connections()).toBeLessThanOrEqual(3);
  });

  it('stops though a server never answers, and leaves the mail to another', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const { port } = silent.address() as AddressInfo;
    await office.queue(invitation());
    const worker = startWorker(`smtp://127.0.0.1:${String(port)}`);
    await connected;
    await worker.stop();
    workers = [];
    silent.close();

    expect((await office.rows())[0]).not.toContain('pool-');
    await office.makeDue();
    startWorker();
    await arrivalOf('anna@example.org');
  });
});

describe('the way to the server', () => {
  // Another name of this machine, which counts as any other host.
  const elsewhere = (port: number, user = '') => `smtp://${user}0.0.0.0:${String(port)}`;

  it('does not go to one with a certificate that nobody vouches for', async () => {
    await office.queue(invitation());
    await office.deliver(settingsFor(elsewhere(server.port)));
    expect(server.messages()).toEqual([]);
  });

  it('takes user and password along where they are set', async () => {
    await office.queue(invitation());
    const { port } = server;
    await office.deliver(settingsFor(`smtp://anna:pass%20word@localhost:${String(port)}`));
    expect(server.messages().map(({ user }) => user)).toEqual(['anna']);
  });

  it('takes no password along without TLS', async () => {
    await server.stop();
    server = await startMailServer({ withoutTls: true });
    await office.queue(invitation());
    await office.deliver(settingsFor(elsewhere(server.port, 'user:password@')));
    expect(server.messages()).toEqual([]);
    await office.makeDue();
    await office.deliver(settingsFor(elsewhere(server.port)));
    expect(server.messages()).toHaveLength(1);
  });
});
