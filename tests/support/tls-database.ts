import { execFile, spawnSync } from 'node:child_process';
import { appendFile, chmod, chown, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { chooseDatabaseAccount, openWayFor } from '@/scripts/postgres/account';
import { findPostgresBinaries } from '@/scripts/postgres/server-process';
import { prepareCluster } from '@/scripts/postgres/cluster';
import { findFreePort } from '@/scripts/postgres/server-process';
import { startServerProcess } from '@/scripts/postgres/server-process';

/** A real PostgreSQL that takes connections by TLS alone, with a certificate of an authority of its own. */
export interface TlsDatabase {
  /** An address by the host (127.0.0.1 by default), for a role that may do everything. */
  url(parameters: string, host?: string): string;
  /** For a role that has to show a certificate of the authority. */
  certifiedUrl(parameters: string): string;
  /** Files in PEM form; the server's certificate is for `localhost` alone. */
  readonly files: Readonly<Record<'authority' | 'stranger' | 'certificate' | 'key', string>>;
  /** How the connections that are open now came, by `application_name`. */
  connections(): Promise<{ name: string; ssl: boolean }[]>;
  stop(): Promise<void>;
}

/** Whether certificates can be made on this machine. */
export function openSslIsInstalled(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

export async function startTlsDatabase(): Promise<TlsDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-tls-'));
  const binaries = await findPostgresBinaries();
  const account = chooseDatabaseAccount();
  await openWayFor(account, directory, binaries.postgres);
  const cluster = await prepareCluster(directory, account, binaries);
  const files = await makeCertificates(directory);
  for (const name of ['server.crt', 'server.key', 'authority.crt']) {
    const own = join(cluster.directory, name);
    await copyFile(join(directory, name), own);
    await chmod(own, 0o600);
    await chown(own, account.uid, account.gid);
  }
  await appendFile(
    join(cluster.directory, 'postgresql.conf'),
    `\nssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nssl_ca_file = 'authority.crt'\n`,
  );
  await writeFile(
    join(cluster.directory, 'pg_hba.conf'),
    `hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
hostssl all all 127.0.0.1/32 scram-sha-256\n`,
  );
  const port = await findFreePort();
  const { postgres } = binaries;
  const server = await startServerProcess({
    postgres,
    directory: cluster.directory,
    port,
    account,
  });
  const password = cluster.administratorPassword;
  const administrator = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    application_name: 'test',
    ssl: { rejectUnauthorized: false },
  });
  await administrator.connect();
  await administrator.query(`CREATE DATABASE sealpost`);
  await administrator.query(`CREATE ROLE certified SUPERUSER LOGIN PASSWORD '${password}'`);
  const url = (user: string, parameters: string, host: string) =>
    `postgresql://${user}:${password}@${host}:${String(port)}/sealpost${parameters}`;
  return {
    files,
    url: (parameters, host = '127.0.0.1') => url('postgres', parameters, host),
    certifiedUrl: (parameters) => url('certified', parameters, '127.0.0.1'),
    async connections() {
      const { rows } = await administrator.query<{ name: string; ssl: boolean }>(
        `SELECT DISTINCT application_name AS name, ssl FROM pg_stat_activity
           JOIN pg_stat_ssl USING (pid) WHERE application_name LIKE 'sealpost%' ORDER BY 1`,
      );
      return rows;
    },
    async stop() {
      await administrator.end();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function makeCertificates(directory: string): Promise<TlsDatabase['files']> {
  const file = (name: string) => join(directory, name);
  const openssl = (args: string[]) => promisify(execFile)('openssl', args);
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const name of ['authority', 'stranger']) {
    await openssl([
      ...['req', '-x509', ...fresh, '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)],
    ]);
  }
  for (const [name, subject] of [
    ['server', 'localhost'],
    ['client', 'certified'],
  ] as const) {
    await openssl([
      ...['req', '-x509', ...fresh, '-days', '2', '-subj', `/CN=${subject}`],
      ...['-addext', `subjectAltName=DNS:${subject}`, '-addext', 'basicConstraints=CA:FALSE'],
      ...['-CA', file('authority.crt'), '-CAkey', file('authority.key')],
      ...['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)],
    ]);
  }
  return {
    authority: file('authority.crt'),
    stranger: file('stranger.crt'),
    certificate: file('client.crt'),
    key: file('client.key'),
  };
}
