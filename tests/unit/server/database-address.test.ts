import { describe, expect, it } from 'vitest';
import {
  connectionOf,
  placeOf,
  readDatabaseAddress,
  settledAddresses,
} from '@/lib/server/database-address';

function problemOf(url: string): string | null {
  const read = readDatabaseAddress(url);
  return read.ok ? null : read.problem;
}

describe('the address of a database', () => {
  it.each([
    ['postgresql://u:p%40ss@h:5433/d', { host: 'h', port: 5433, user: 'u', password: 'p@ss' }],
    ['postgres://u@[::1]:5432/d', { host: '::1', port: 5432, user: 'u' }],
    ['postgresql:///d', {}],
    ['postgresql://u@/d', { user: 'u', host: 'localhost' }],
    [
      'postgresql:///d?host=h&port=5433&user=u&password=p',
      { host: 'h', port: 5433, user: 'u', password: 'p' },
    ],
    ['postgresql://h/ignored?dbname=d', { host: 'h' }],
    ['postgresql://h/d?password=a?b+c%26d==', { host: 'h', password: 'a?b+c&d==' }],
    ['postgresql://u@?host=h&dbname=d', { host: 'h', user: 'u' }],
  ])('is read as PostgreSQL’s own clients read it: %s', (url, connection) => {
    expect(connectionOf(url)).toEqual({ database: 'd', ssl: false, ...connection });
  });

  it.each([
    'postgresql:///d?host=/run/postgresql',
    'postgresql://u:p@/d?host=/run/postgresql',
    'postgresql://%2Frun%2Fpostgresql/d',
    'postgresql:///d?host=/run/postgresql&sslmode=require',
  ])('may name the directory of a socket, which has no TLS: %s', (url) => {
    expect(connectionOf(url)).toMatchObject({ host: '/run/postgresql', database: 'd', ssl: false });
    expect(placeOf(url)).toBe('/run/postgresql/.s.PGSQL.5432, database d');
  });

  it.each([
    ['schema=sealpost', 'schema'],
    ['ssl=true', 'ssl'],
    ['connection_limit=5', 'connection_limit'],
    ['options=-csearch_path%3Dx', 'options'],
    ['channel_binding=require', 'channel_binding'],
    ['application_name=x', 'application_name'],
    ['sslcrl=x', 'sslcrl'],
    ['sslmode=no-verify', 'an sslmode out of disable, allow, prefer, require'],
    ['sslmode=', 'an sslmode out of'],
    ['sslmode=require&sslmode=disable', 'given twice'],
    ['sslmode=verify-ca', 'sslrootcert'],
    ['sslmode=verify-ca&sslrootcert=', 'a value for sslrootcert'],
    ['sslmode=verify-full&sslrootcert', 'a value for sslrootcert'],
    ['host=', 'a value for host'],
    ['constructor=1', 'constructor: it would not be honoured'],
    ['__proto__=1', '__proto__: it would not be honoured'],
    ['password=%zz', 'an address like'],
    ['user=u#x', '%23'],
    ['sslmode=require&sslrootcert=system', 'verify-full'],
    ['sslmode=require&sslcert=x', 'both sslcert and sslkey'],
    ['port=0', 'port'],
    ['host=a,b', 'one host'],
  ])('with what would not be honoured is refused by name: %s', (parameters, name) => {
    expect(problemOf(`postgresql://h/d?${parameters}`)).toContain(name);
  });

  it.each(['uselibpqcompat=true&sslmode=require', 'schema=public'])(
    'may say what is so anyway: %s',
    (parameters) => {
      expect(problemOf(`postgresql://h/d?${parameters}`)).toBeNull();
    },
  );

  it.each(['mysql://h/d', 'postgresql:d', 'h', 'postgresql://h:port/d', 'postgresql://%zz/d'])(
    'that is none is refused: %s',
    (url) => {
      expect(problemOf(url)).toContain('an address like');
    },
  );

  it.each([
    'postgresql://u@h/d?password=a?b+c&user=u%26v',
    'postgresql://u@h/d?sslmode=prefer&password=a?b+c&user=u%26v',
  ])('is tried with TLS and without, and nothing else of it changes: %s', (url) => {
    const [first = '', second = '', ...more] = settledAddresses(url);
    const place = { host: 'h', database: 'd', user: 'u&v', password: 'a?b+c' };
    expect(connectionOf(first)).toMatchObject({ ...place, ssl: { rejectUnauthorized: false } });
    expect(connectionOf(second)).toEqual({ ...place, ssl: false });
    expect(more).toEqual([]);
  });

  it('never has its values in a refusal', () => {
    expect(problemOf('postgresql://u:a-password@h/d?a-password%20=1')).not.toContain('a-password');
  });
});
