import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSettingProblem, parseSettings, type Settings } from '@/lib/server/settings';

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
  ])('is named: %s=%s', (name, value) => {
    expect(wrongNames({ [name]: value })).toEqual([name]);
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
