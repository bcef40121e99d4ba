import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '@/lib/server/database';
import { queueMail } from '@/lib/server/mail/queue-mail';
import { inTransaction } from '@/lib/server/sql';
import { startApp } from '@/tests/support/app';
import { createEmptyDatabase, type TestDatabase } from '@/tests/support/database';
import { startMailServer, type MailServer } from '@/tests/support/mail-server';
import { forgetRuntime } from '@/tests/support/runtime';

let database: TestDatabase;
let server: MailServer;

beforeAll(async () => {
  database = await createEmptyDatabase();
  server = await startMailServer();
});

afterAll(async () => {
  forgetRuntime();
  vi.unstubAllEnvs();
  await server.stop();
  await database.drop();
});

describe('the app with an SMTP server', { timeout: 180_000 }, () => {
  it('makes its queue, delivers from it, says nothing of it in its log, and stops', async () => {
    const sending = { SMTP_URL: server.url, MAIL_FROM: 'Sealpost <sealpost@example.org>' };
    const app = await startApp({ databaseUrl: database.url, env: sending });
    forgetRuntime();
    const asTheApp = { ...sending, APP_URL: app.url, KEYRING_FILE: app.keyringFile };
    for (const [name, value] of Object.entries(asTheApp)) vi.stubEnv(name, value);
    const client = connect(database.url);
    await inTransaction(client, (transaction) =>
      queueMail(transaction, {
        template: 'recovery',
        to: 'anna@example.org',
        name: 'Anna',
        link: `${app.url}/recover/canary-of-a-link`,
        expiresAt: new Date(Date.now() + 60_000),
      }),
    );
    await client.$disconnect();

    const mail = await server.waitFor(({ to }) => to.includes('anna@example.org'));
    expect(mail.text).toContain('canary-of-a-link');
    expect(await app.stop('SIGINT')).toBe(0);
    expect(app.log()).toContain('"event":"mail_sent"');
    expect(app.log()).not.toMatch(/canary|anna/i);
    expect(app.log()).not.toContain('"level":"error"');
  });
});
