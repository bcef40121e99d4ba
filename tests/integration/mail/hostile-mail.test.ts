import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mail } from '@/lib/server/mail/mail';
import { startMailServer, type MailServer, type ReceivedMail } from '@/tests/support/mail-server';
import { invitation, givenPostOffice, settingsFor } from './post-office';

const office = givenPostOffice();
let server: MailServer;

beforeEach(async () => {
  await office.pool.query('DELETE FROM graphile_worker._private_jobs');
  server = await startMailServer();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

const HOSTILE = [
  'Jo\r\nBcc: eve@evil.example',
  'Jo\nBcc: eve@evil.example\n\n<b>other body</b>',
  'Jo\u2028Bcc: eve@evil.example',
  'Jo\0" <eve@evil.example>, "',
  '=?utf-8?Q?Jo=0D=0ABcc=3A_eve=40evil.example?=',
  `<img src="https://evil.example/p.png" onerror="alert(1)"><a href='https://evil.example'>`,
  '\u202eoJ',
];

async function deliverOne(mail: Mail): Promise<ReceivedMail> {
  await office.queue(mail);
  await office.deliver(settingsFor(server.url));
  const [received, ...more] = server.messages();
  if (received === undefined || more.length > 0) throw new Error('Not exactly one mail arrived.');
  return received;
}

const USUAL_HEADERS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
];

describe('what somebody named or noted', () => {
  it.each(HOSTILE)('adds no header, recipient or markup to a mail: %j', async (name) => {
    const mail = await deliverOne(invitation({ inviterName: name }));
    expect(mail.to).toEqual(['anna@example.org']);
    expect(mail.headers.map((header) => header.name).sort()).toEqual(USUAL_HEADERS);
    const { value } = mail.headers.find((header) => header.name === 'to') ?? {};
    expect(value).toBe('anna@example.org');
    expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(mail.html).not.toMatch(/<(img|b)\b|<a [^>]*evil/);
    expect(mail.html.match(/<a /g)).toHaveLength(2);
  });

  it('is cut where it would fill the mail', async () => {
    const question = 'What? '.repeat(1000);
    const mail = await deliverOne({
      template: 'replyArrived',
      to: 'anna@example.org',
      name: 'Anna',
      question,
      waiting: 1,
      dashboardLink: 'https://secrets.example.org/dashboard',
    });
    expect(mail.subject.length).toBeLessThan(200);
    expect(mail.html).not.toContain(question.slice(0, 300));
  });
});

describe('a mail', () => {
  it('says that a program sent it, so that no answering program begins a loop', async () => {
    const { headers } = await deliverOne(invitation());
    expect(headers).toContainEqual({ name: 'auto-submitted', value: 'auto-generated' });
  });

  it('has one sender, also with a comma in its name', async () => {
    await office.queue(invitation());
    await office.deliver(settingsFor(server.url, '"Berg, Tal" <a@example.org>'));
    const [mail] = server.messages();
    expect(mail?.from).toBe('a@example.org');
    expect(mail?.headers).toContainEqual({ name: 'from', value: '"Berg, Tal" <a@example.org>' });
  });
});

describe('a mail that may not be is not queued, and its refusal quotes nothing', () => {
  const dashboard = (dashboardLink: string): Mail => ({
    template: 'passwordChanged',
    to: 'anna@example.org',
    name: 'Anna',
    dashboardLink,
  });

  it.each<[string, Mail]>([
    ['to two', invitation({ to: 'anna@example.org,eve@evil.example' })],
    ['to a name', invitation({ to: 'Eve <eve@evil.example>' })],
    ['with a header', invitation({ to: 'anna@example.org\r\nBcc: eve@evil.example' })],
    ['not in its one spelling', invitation({ to: 'Anna@example.org' })],
    ['with a link elsewhere', invitation({ link: 'https://evil.example/invitation/x' })],
    ['with a link to a user', invitation({ link: 'https://secrets.example.org@evil.example/' })],
    ['with a script for a link', invitation({ link: 'javascript:alert(1)' })],
    ['with a path for a link', invitation({ link: '/invitation/x' })],
    ['with a dashboard elsewhere', dashboard('https://evil.example/')],
    ['with a notice of more than the dashboard', dashboard('https://secrets.example.org/r/x')],
    ['with a key behind the dashboard', dashboard('https://secrets.example.org/dashboard#key')],
  ])('%s', async (_, mail) => {
    const refusal: unknown = await office.queue(mail).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect(String(refusal)).not.toMatch(/evil|anna|eve|key$/i);
    expect(await office.rows()).toEqual([]);
  });
});
