/** A queue of mail on a real database and the workers of instances that share it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnce } from 'graphile-worker';
import type pg from 'pg';
import { createAccountsKey, type AccountsKey } from '@/lib/server/accounts/accounts-key';
import { connect } from '@/lib/server/database';
import { mailTasks } from '@/lib/server/mail/deliver-mail';
import type { Mail } from '@/lib/server/mail/mail';
import { createMailQueue, type MailQueue } from '@/lib/server/mail/mail-queue';
import { openMailQueuePool } from '@/lib/server/mail/mail-queue-pool';
import { readMailFrom, readSmtpUrl, type MailSettings } from '@/lib/server/mail/mail-settings';
import { createMailTransport } from '@/lib/server/mail/mail-transport';
import { workerOptions } from '@/lib/server/mail/mail-worker';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';

export const APP_URL = new URL('https://secrets.example.org');

export interface PostOffice extends MailQueue {
  readonly client: PrismaClient;
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  readonly accountsKey: AccountsKey;
  /** Runs an instance's worker until nothing is due. */
  deliver(settings: MailSettings, accountsKey?: AccountsKey): Promise<void>;
  /** Makes every waiting mail due now, whatever it waits for. */
  makeDue(): Promise<void>;
  /** What waits, as the database has it: every column, as text. */
  rows(): Promise<string[]>;
  close(): Promise<void>;
}

/** For all tests of a file. */
export const givenPostOffice = (): PostOffice => given(openPostOffice, (office) => office.close());

async function openPostOffice(): Promise<PostOffice> {
  const database = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-mail-'));
  const accountsKey = createAccountsKey(join(directory, 'keyring.json.accounts'));
  const client = connect(database.url);
  const pool = openMailQueuePool(database.url, 4);
  return {
    ...createMailQueue({ client, accountsKey, appUrl: APP_URL, isConfigured: true }),
    client,
    pool,
    databaseUrl: database.url,
    accountsKey,
    deliver: async (settings, key = accountsKey) => {
      const transport = createMailTransport(settings, APP_URL.hostname);
      const taskList = mailTasks({ accountsKey: key, transport });
      await runOnce({ ...workerOptions(pool), concurrency: 1, taskList });
      transport.close();
    },
    makeDue: async () => {
      await pool.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    },
    rows: async () => {
      const { rows } = await pool.query<{ row: string }>(
        'SELECT jobs::text AS row FROM graphile_worker._private_jobs jobs ORDER BY id',
      );
      return rows.map(({ row }) => row);
    },
    close: async () => {
      await client.$disconnect();
      await pool.end();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What SMTP_URL and MAIL_FROM say for a server. */
export function settingsFor(
  smtpUrl: string,
  mailFrom = 'Sealpost <sealpost@example.org>',
): MailSettings {
  const server = readSmtpUrl(smtpUrl);
  const sender = readMailFrom(mailFrom);
  if (server === null || sender === null) throw new Error('These are no settings of mail.');
  return { server, sender };
}

export const LINK = `${APP_URL.origin}/invitation/canary-of-a-link`;

/** An invitation, with what a test says in place of the usual. */
export function invitation(
  changes: Partial<Extract<Mail, { template: 'invitation' }>> = {},
): Extract<Mail, { template: 'invitation' }> {
  return {
    template: 'invitation',
    to: 'anna@example.org',
    inviterName: 'Jo Berg',
    role: 'MEMBER',
    link: LINK,
    expiresAt: new Date(Date.now() + 86_400_000),
    ...changes,
  };
}
