import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountsKey } from '@/lib/server/accounts/accounts-key';
import { connect } from '@/lib/server/database';
import { createMailQueue } from '@/lib/server/mail/mail-queue';
import { startApp } from '@/tests/support/app';
import { createEmptyDatabase, type TestDatabase } from '@/tests/support/database';
import { startMailServer, type MailServer } from '@/tests/support/mail-server';

let database: TestDatabase;
let server: MailServer;

beforeAll(async () => {
  database = await createEmptyDatabase();
  server = await startMailServer();
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

describe('the app with an SMTP server', { timeout: 180_000 }, () => {
  it('makes its queue, delivers from it, says nothing of it in its log, and stops', async () => {
    const app = await startApp({
      databaseUrl: database.url,
      env: { SMTP_URL: server.url, MAIL_FROM: 'Sealpost <sealpost@example.org>' },
    });
    const client = connect(database.url);
    const queue = createMailQueue({
      client,
      accountsKey: createAccountsKey(`${app.keyringFile}.accounts`),
      appUrl: new URL(app.url),
      isConfigured: true,
    });
    await queue.queue({
      template: 'recovery',
      to: 'anna@example.org',
      name: 'Anna',
      link: `${app.url}/recover/canary-of-a-link`,
      expiresAt: new Date(Date.now() + 60_000),
    });
    await client.$disconnect();

    const mail = await server.waitFor(({ to }) => to.includes('anna@example.org'));
    expect(mail.text).toContain('canary-of-a-link');
    expect(await app.stop('SIGINT')).toBe(0);
    expect(app.log()).toContain('"event":"mail_sent"');
    expect(app.log()).not.toMatch(/canary|anna/i);
    expect(app.log()).not.toContain('"level":"error"');
  });
});
