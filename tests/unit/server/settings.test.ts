import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  describeSettingProblem,
  isReadableOnTheWay,
  parseSettings,
  type Settings,
} from '@/lib/server/settings';

function settingsOf(env: Record<string, string>): Settings {
  const parsed = parseSettings(env);
  if (!parsed.ok) throw new Error(parsed.problems.map(describeSettingProblem).join(' '));
  return parsed.settings;
}

function wrongNames(env: Record<string, string>): string[] {
  const parsed = parseSettings(env);
  return parsed.ok ? [] : parsed.problems.map(({ name }) => name);
}

describe('settings that nobody gave', () => {
  it('have the documented defaults', () => {
    expect(settingsOf({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      appUrl: new URL('http://localhost:3000'),
      dataDir: join(process.cwd(), '.data'),
      databaseUrl: null,
      keyringFile: join(process.cwd(), '.data', 'keyring.json'),
      leaseSeconds: 120,
      allowUnsafeDatabase: false,
      mail: null,
    });
    expect(settingsOf({}).trustedProxies.rules).toEqual([]);
  });

  it('follow the ones that were given', () => {
    const settings = settingsOf({ PORT: '8080', DATA_DIR: '/srv/sealpost' });
    expect(settings.appUrl.origin).toBe('http://localhost:8080');
    expect(settings.keyringFile).toBe('/srv/sealpost/keyring.json');
  });

  it('count as not given when they are empty', () => {
    expect(settingsOf({ PORT: '', DATABASE_URL: '', APP_URL: '' }).port).toBe(3000);
  });
});

describe('a wrong setting', () => {
  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'abc'],
    ['PORT', ' 80'],
    ['HOST', 'a host'],
    ['HOST', 'http://localhost'],
    ['APP_URL', 'secrets.example.org'],
    ['APP_URL', 'https://example.org/sealpost'],
    ['APP_URL', 'https://example.org?a=b'],
    ['APP_URL', 'https://example.org#a'],
    ['APP_URL', 'https://user:password@example.org'],
    ['APP_URL', 'ftp://example.org'],
    ['DATABASE_URL', 'mysql://localhost/sealpost'],
    ['DATABASE_URL', 'localhost'],
    ['LEASE_SECONDS', '-1'],
    ['LEASE_SECONDS', '3601'],
    ['LEASE_SECONDS', '1e3'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0'],
    ['TRUSTED_PROXIES', '10.0.0.1/8/8'],
    ['TRUSTED_PROXIES', '::1/129'],
    ['TRUSTED_PROXIES', 'proxy.example.org'],
    ['ALLOW_UNSAFE_DATABASE', 'yes'],
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://mail.example.org:99999'],
    ['SMTP_URL', 'smtp://mail.example.org/queue'],
    ['SMTP_URL', 'smtps://mail.example.org?tls.rejectUnauthorized=false'],
    ['SMTP_URL', 'smtps://mail.example.org#x'],
    ['SMTP_URL', 'smtps://user@mail.example.org'],
    ['SMTP_URL', 'smtps://:password@mail.example.org'],
    ['SMTP_URL', 'smtps://user:%ff@mail.example.org'],
    ['SMTP_URL', 'smtps://mail%0d%0a.example.org'],
    ['MAIL_FROM', 'sealpost'],
    ['MAIL_FROM', 'a@example.org, b@example.org'],
    ['MAIL_FROM', 'Sealpost <a@example.org> <b@example.org>'],
    ['MAIL_FROM', 'Sealpost\r\nBcc: eve@example.org <a@example.org>'],
    ['MAIL_FROM', 'Seal"post <a@example.org>'],
  ])('is named: %s=%s', (name, value) => {
    expect(wrongNames({ MAIL_FROM: 'a@example.org', [name]: value })).toEqual([name]);
  });

  it('is named beside the others, each in a line that does not repeat it', () => {
    const parsed = parseSettings({ PORT: 'x', DATABASE_URL: 'http://user:password@host/' });
    const lines = parsed.ok ? [] : parsed.problems.map(describeSettingProblem);
    expect(lines).toEqual([
      'PORT should be a whole number from 1 to 65535.',
      'DATABASE_URL should be an address like postgresql://user:password@host:5432/database.',
    ]);
  });
});

describe('settings of mail', () => {
  const env = { SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'Sealpost@Example.org' };

  it('are missing a sender when there is only a server', () => {
    const parsed = parseSettings({ SMTP_URL: env.SMTP_URL });
    expect(parsed.ok ? [] : parsed.problems.map(describeSettingProblem)).toEqual([
      'MAIL_FROM should be an address like sealpost@example.org or Sealpost <sealpost@example.org> where SMTP_URL is set.',
    ]);
  });

  it('send nothing when there is only a sender', () => {
    expect(settingsOf({ MAIL_FROM: env.MAIL_FROM }).mail).toBeNull();
  });

  it('never have a password in what is said about them', () => {
    const parsed = parseSettings({
      ...env,
      SMTP_URL: 'smtps://user:a-password@mail.example.org/x',
    });
    const lines = parsed.ok ? [] : parsed.problems.map(describeSettingProblem);
    expect(lines).toEqual([
      'SMTP_URL should be an address like smtps://user:password@mail.example.org:465.',
    ]);
  });

  it.each([
    ['smtp://mail.example.org', ['mail.example.org', 587, false, null]],
    ['smtps://mail.example.org/', ['mail.example.org', 465, true, null]],
    ['smtp://localhost:1025', ['localhost', 1025, false, null]],
    ['smtp://[::1]:25', ['::1', 25, false, null]],
    [
      'smtps://anna%40example.org:p%3Aa%2Fss@192.0.2.7:2465',
      ['192.0.2.7', 2465, true, { user: 'anna@example.org', password: 'p:a/ss' }],
    ],
  ])('take a server, with TLS or without, with a user or without: %s', (url, expected) => {
    const server = settingsOf({ ...env, SMTP_URL: url }).mail?.server;
    expect([server?.host, server?.port, server?.isSecure, server?.credentials]).toEqual(expected);
  });

  it.each([
    ['Sealpost@Example.org', '', 'sealpost@example.org'],
    ['<a@example.org>', '', 'a@example.org'],
    ['Müller & Söhne <a@example.org>', 'Müller & Söhne', 'a@example.org'],
    ['"Berg, Tal" <a@example.org>', 'Berg, Tal', 'a@example.org'],
    ['Berg, Tal <a@example.org>', 'Berg, Tal', 'a@example.org'],
  ])('take a sender with a name or without: %s', (from, name, address) => {
    expect(settingsOf({ ...env, MAIL_FROM: from }).mail?.sender).toEqual({ name, address });
  });
});

describe('a right setting', () => {
  it('of APP_URL is taken as an origin, with or without the slash at its end', () => {
    for (const given of ['https://Secrets.example.org', 'https://secrets.example.org/']) {
      expect(settingsOf({ APP_URL: given }).appUrl.href).toBe('https://secrets.example.org/');
    }
  });

  it('of TRUSTED_PROXIES covers addresses and networks of both families', () => {
    const { trustedProxies } = settingsOf({ TRUSTED_PROXIES: '10.0.0.0/8, ::1 192.0.2.7' });
    expect(trustedProxies.check('10.200.3.4', 'ipv4')).toBe(true);
    expect(trustedProxies.check('192.0.2.7', 'ipv4')).toBe(true);
    expect(trustedProxies.check('192.0.2.8', 'ipv4')).toBe(false);
    expect(trustedProxies.check('::1', 'ipv6')).toBe(true);
    expect(trustedProxies.check('::2', 'ipv6')).toBe(false);
  });
});

it.each([
  ['http://secrets.example.org', true],
  ['http://192.168.1.2:3000', true],
  ['http://localhost.example.org', true],
  ['http://[fd00::1]', true],
  ['https://secrets.example.org', false],
  ['http://localhost:3000', false],
  ['http://app.localhost', false],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
])('what is sent to %s can be read on the way: %s', (appUrl, isReadable) => {
  expect(isReadableOnTheWay(new URL(appUrl))).toBe(isReadable);
});
