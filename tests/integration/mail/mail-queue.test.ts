import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseAway } from '@/lib/server/database-errors';
import { connect } from '@/lib/server/database';
import { MAX_TRIES, queueMail, tidyMailQueue } from '@/lib/server/mail/queue-mail';
import { inTransaction } from '@/lib/server/sql';
import { sweepOnce } from '@/lib/server/sweeper';
import { startMailServer, type MailServer } from '@/tests/support/mail-server';
import { forgetRuntime } from '@/tests/support/runtime';
import { invitation, LINK, givenPostOffice, settingsFor } from './post-office';

const office = givenPostOffice();
let server: MailServer;
let log: string[];

beforeEach(async () => {
  await office.pool.query('DELETE FROM graphile_worker._private_jobs');
  server = await startMailServer();
  log = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    log.push(String(line));
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

const deliver = () => office.deliver(settingsFor(server.url));
/** Event and code of each line of the log. */
const events = () =>
  log.map((line) => {
    const { event, code } = JSON.parse(line) as { event: string; code?: string };
    return code === undefined ? event : `${event} ${code}`;
  });

describe('mail that was queued', () => {
  it('is delivered once, as text and as HTML, and leaves nothing in the queue', async () => {
    expect(await office.queue(invitation())).toBe('queued');
    await deliver();
    await deliver();
    const [mail, ...more] = server.messages();
    expect(more).toEqual([]);
    expect(mail?.from).toBe('sealpost@example.org');
    expect(mail?.to).toEqual(['anna@example.org']);
    expect(mail?.subject).toBe('Jo Berg invites you to Sealpost');
    expect(mail?.text).toContain(LINK);
    expect(mail?.html).toContain(`href="${LINK}"`);
    expect(await office.rows()).toEqual([]);
    expect(events()).toEqual(['mail_sent']);
  });

  it('is delivered by one of two instances that work at once, and by one only', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `anna${String(index)}@example.org`);
    for (const to of names) await office.queue(invitation({ to }));
    await Promise.all([deliver(), deliver(), deliver()]);
    const delivered = server.messages().flatMap(({ to }) => to);
    expect(delivered.sort()).toEqual(names.sort());
  });

  it('can be read by nobody who has the database alone', async () => {
    await office.queue(invitation());
    const [row = ''] = await office.rows();
    expect(row).toContain('sealed');
    for (const canary of ['anna', 'Berg', 'canary', 'invit', 'secrets.example']) {
      expect(row).not.toContain(canary);
    }
  });

  it('in a transaction goes out with it, and not without it', async () => {
    await office.queue(invitation());
    const undone = office.client.$transaction(async (transaction) => {
      await queueMail(transaction, invitation({ to: 'undone@example.org' }));
      throw new Error('Undone.');
    });
    await expect(undone).rejects.toThrow('Undone.');
    await deliver();
    expect(server.messages().map(({ to }) => to)).toEqual([['anna@example.org']]);
  });

  it('is not queued where no server is set', async () => {
    vi.stubEnv('SMTP_URL', '');
    const kept = globalThis.sealpostRuntime;
    forgetRuntime();
    try {
      expect(await office.queue(invitation())).toBe('not_configured');
    } finally {
      globalThis.sealpostRuntime = kept;
      vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1');
    }
    expect(await office.rows()).toEqual([]);
  });

  it('says so when the database is away', async () => {
    const client = connect('postgresql://nobody@127.0.0.1:1/none');
    const queueing = inTransaction(client, (transaction) => queueMail(transaction, invitation()));
    await expect(queueing).rejects.toThrow(DatabaseAway);
  });
});

describe('mail that cannot be delivered', () => {
  it('is delivered by a later try when the server is back', async () => {
    const { port } = server;
    await server.stop();
    await office.queue(invitation());
    await deliver();
    expect(events()).toEqual(['mail_delayed ESOCKET']);

    server = await startMailServer({ port });
    await deliver();
    expect(server.messages()).toEqual([]); // Not due yet: tries lie apart.
    await office.makeDue();
    await deliver();
    expect(server.messages()).toHaveLength(1);
    expect(await office.rows()).toEqual([]);
  });

  it('is the same mail to its recipient at every try', async () => {
    const ids: (string | undefined)[] = [];
    await server.stop();
    server = await startMailServer({
      refuse: ({ headers }) => {
        ids.push(headers.find(({ name }) => name === 'message-id')?.value);
        return ids.length === 1 ? new Error('Not now') : undefined;
      },
    });
    await office.queue(invitation());
    await deliver();
    await office.makeDue();
    await deliver();
    expect(ids).toEqual([expect.stringMatching(/^<[0-9a-f-]{36}@example\.org>$/), ids[0]]);
    expect(server.messages()).toHaveLength(1);
  });

  it('waits longer after each try', async () => {
    await server.stop();
    await office.queue(invitation());
    const waits: number[] = [];
    for (let tries = 1; tries <= 4; tries += 1) {
      await office.makeDue();
      await deliver();
      const { rows } = await office.pool.query<{ wait: number }>(
        'SELECT extract(epoch FROM run_at - now())::float AS wait FROM graphile_worker.jobs',
      );
      waits.push(rows[0]?.wait ?? 0);
    }
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits.at(-1)).toBeGreaterThan(10 * (waits[0] ?? 0));
    server = await startMailServer();
  });

  it('is dropped after the last try, with a line in the log', async () => {
    await server.stop();
    await office.queue(invitation());
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      await office.makeDue();
      await deliver();
    }
    expect(await office.rows()).toEqual([]);
    expect(events()).toEqual([
      ...Array.from({ length: MAX_TRIES - 1 }, () => 'mail_delayed ESOCKET'),
      'mail_given_up ESOCKET',
    ]);
    server = await startMailServer();
  });

  it('is not tried again once the server has refused it for good', async () => {
    await server.stop();
    const refusal = Object.assign(new Error('No such mailbox'), { responseCode: 550 });
    server = await startMailServer({ refuse: () => refusal });
    await office.queue(invitation());
    await deliver();
    expect(await office.rows()).toEqual([]);
    expect(events()).toEqual(['mail_given_up EMESSAGE 550']);
    await server.stop();
    server = await startMailServer();
  });

  it('leaves no address in the log or the database when the server quotes it', async () => {
    await server.stop();
    server = await startMailServer({
      refuse: ({ to }) => new Error(`No such mailbox: ${to.join()}`),
    });
    await office.queue(invitation());
    await deliver();
    expect(events()).toEqual(['mail_delayed EMESSAGE 450']);
    expect([...log, ...(await office.rows())].join('\n')).not.toContain('anna');
  });

  it('is not sent when its link has expired meanwhile', async () => {
    await office.queue(invitation({ expiresAt: new Date(Date.now() - 1) }));
    await deliver();
    expect(server.messages()).toEqual([]);
    expect(await office.rows()).toEqual([]);
    expect(events()).toEqual(['mail_expired']);
  });

  it('is tried again by an instance that has the key, after one that has another', async () => {
    await office.queue(invitation());
    await office.deliver(settingsFor(server.url), () => Promise.resolve(new Uint8Array(32)));
    expect(events()).toEqual(['mail_delayed bad_ciphertext']);
    await office.makeDue();
    await deliver();
    expect(server.messages()).toHaveLength(1);
  });
});

describe('mail of an instance that was killed while it delivered', () => {
  const hold = (since: string, attempts = 1) =>
    office.pool.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'killed', attempts = $2,
         locked_at = now() - $1::interval`,
      [since, attempts],
    );

  it('is left alone as long as it may still be on its way', async () => {
    await office.queue(invitation());
    await hold('9 minutes');
    await tidyMailQueue(office.client);
    await deliver();
    expect(server.messages()).toEqual([]);
  });

  it('is delivered by another', async () => {
    await office.queue(invitation());
    await hold('11 minutes');
    await sweepOnce();
    await deliver();
    expect(server.messages()).toHaveLength(1);
  });

  it('is dropped if that was the last try', async () => {
    await office.queue(invitation());
    await hold('11 minutes', MAX_TRIES);
    await tidyMailQueue(office.client);
    expect(await office.rows()).toEqual([]);
    expect(events()).toEqual(['mail_given_up abandoned']);
  });
});
