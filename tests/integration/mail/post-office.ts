/** A queue of mail on a real database and the workers of instances that share it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnce } from 'graphile-worker';
import type pg from 'pg';
import { vi } from 'vitest';
import { accountsKey, type AccountsKey } from '@/lib/server/accounts/accounts-key';
import { database } from '@/lib/server/database';
import { mailTasks } from '@/lib/server/mail/deliver-mail';
import type { Mail } from '@/lib/server/mail/mail';
import { openMailQueuePool } from '@/lib/server/mail/queue-library';
import { queueMail } from '@/lib/server/mail/queue-mail';
import { readMailFrom, readSmtpUrl, type MailSettings } from '@/lib/server/mail/mail-settings';
import { createMailTransport } from '@/lib/server/mail/mail-transport';
import { workerOptions } from '@/lib/server/mail/mail-worker';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { inTransaction } from '@/lib/server/sql';
import { createTestDatabase } from '@/tests/support/database';
import { given } from '@/tests/support/given';
import { forgetRuntime } from '@/tests/support/runtime';

export const APP_URL = new URL('https://secrets.example.org');

export interface PostOffice {
  readonly client: PrismaClient;
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** Queues a mail in a transaction of its own. */
  queue(mail: Mail): ReturnType<typeof queueMail>;
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
  const own = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-mail-'));
  forgetRuntime();
  vi.stubEnv('DATABASE_URL', own.url);
  vi.stubEnv('KEYRING_FILE', join(directory, 'keyring.json'));
  vi.stubEnv('APP_URL', APP_URL.origin);
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1');
  vi.stubEnv('MAIL_FROM', 'sealpost@example.org');
  const client = database();
  const pool = openMailQueuePool(own.url, 4);
  return {
    client,
    pool,
    databaseUrl: own.url,
    queue: (mail) => inTransaction(client, (transaction) => queueMail(transaction, mail)),
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
      forgetRuntime();
      vi.unstubAllEnvs();
      await own.drop();
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
