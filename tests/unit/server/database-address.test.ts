import { describe, expect, it } from 'vitest';
import { connectionOf, placeOf, readDatabaseAddress } from '@/lib/server/database-address';

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

  it('never has its values in a refusal', () => {
    expect(problemOf('postgresql://u:a-password@h/d?a-password%20=1')).not.toContain('a-password');
  });
});
