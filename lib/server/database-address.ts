/**
 * DATABASE_URL, read by one rule for pool, migrations and queue. Rules: `sslmode` and what belongs
 * to it mean what they mean to PostgreSQL's own clients; a parameter that is not honoured is
 * refused by its name, never passed over. The browser tests reach it without React's server bundle.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkServerIdentity, createSecureContext, type ConnectionOptions } from 'node:tls';

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type SslMode = (typeof SSL_MODES)[number];

/** What an address leads to; the fields of `pg`'s own settings. */
export interface DatabaseConnection {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl: false | ConnectionOptions;
}

/** `problem` ends the sentence "DATABASE_URL should be …"; it repeats no value. */
type ReadAddress = { ok: true; address: Address } | { ok: false; problem: string };

interface Address extends Omit<DatabaseConnection, 'ssl'> {
  /** Null where the address leaves it to the client, which then means `prefer`. */
  readonly sslMode: SslMode | null;
  readonly files: CertificateFiles;
}

interface CertificateFiles {
  /** Authorities; `system` for those that Node knows. */
  readonly sslrootcert?: string;
  readonly sslcert?: string;
  readonly sslkey?: string;
}

/**
 * What every session that asks for tables says first: which ones a bare name means would else be up
 * to the role and the database. A statement, since PgBouncer refuses it as a parameter.
 */
export const ONLY_OWN_TABLES = 'SET search_path = public';

/** A file that a parameter of DATABASE_URL names, and that is not what it should be. */
export class CertificateFileProblem extends Error {
  constructor(
    readonly parameter: keyof CertificateFiles,
    readonly isRead: boolean,
  ) {
    super(
      `the file of ${parameter} ${isRead ? 'is none in PEM form without a passphrase' : 'cannot be read'}`,
    );
  }
}

const FORM = 'an address like postgresql://user:password@host:5432/database';

/** What is not taken, with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  schema: 'the tables are in the schema public, so give Sealpost a database of its own',
  ssl: 'write sslmode=require, or better sslmode=verify-full',
  channel_binding: 'sslmode=verify-full proves the server',
  pgbouncer: 'a pooler has to lend whole sessions (pool_mode = session)',
};

/** Reads an address without looking at the files that it names. */
export function readDatabaseAddress(text: string): ReadAddress {
  // Where PostgreSQL's clients read on, an address of the web ends.
  if (text.includes('#')) return problem('with %23 in the place of #');
  const parsed = parseAddress(text);
  if (parsed === null) return problem(FORM);
  const { url, parameters } = parsed;
  const given: Record<string, string | undefined> = Object.fromEntries(parameters);
  const { host, port, user, password, dbname, sslmode, sslrootcert, sslcert, sslkey, ...rest } =
    given;
  // The library's word for the meanings that are kept here anyway, and Prisma's for the only schema.
  if (rest['uselibpqcompat'] === 'true') delete rest['uselibpqcompat'];
  if (rest['schema'] === 'public') delete rest['schema'];

  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return refused(unknown);
  if (new Set(parameters.map(([name]) => name)).size < parameters.length) {
    return problem('without a parameter that is given twice');
  }
  const sslMode = SSL_MODES.find((mode) => mode === sslmode) ?? null;
  if (sslmode !== undefined && sslMode === null) {
    return problem(`with an sslmode out of ${SSL_MODES.join(', ')}`);
  }
  const empty = Object.keys(given).find((name) => given[name] === '');
  if (empty !== undefined) return problem(`with a value for ${empty}, or without it`);
  if (sslMode === 'verify-ca' && (sslrootcert ?? 'system') === 'system') {
    return problem(
      'with sslrootcert=FILE, the authority that sslmode=verify-ca checks (or sslmode=verify-full)',
    );
  }
  if (sslrootcert === 'system' && sslMode !== 'verify-full') {
    return problem('with sslmode=verify-full where sslrootcert is system');
  }
  if ((sslcert === undefined) !== (sslkey === undefined)) {
    return problem('with both sslcert and sslkey, or neither');
  }
  const address = {
    ...only({
      host: host ?? decoded(url.hostname.replace(/^\[(.+)\]$/, '$1')),
      user: user ?? decoded(url.username),
      password: password ?? decoded(url.password),
      database: dbname ?? decoded(url.pathname.slice(1)),
    }),
    ...((port ?? url.port) ? { port: Number(port ?? url.port) } : {}),
  };
  if (address.host?.includes(',') === true) return problem('with one host');
  if (address.port !== undefined && !(address.port > 0 && address.port < 65_536)) {
    return problem('with a port from 1 to 65535');
  }
  const files = only({ sslrootcert, sslcert, sslkey });
  return { ok: true, address: { ...address, sslMode, files } };
}

/**
 * Settings of a connection, for `pg`.
 *
 * @throws CertificateFileProblem
 */
export function connectionOf(databaseUrl: string): DatabaseConnection {
  const { sslMode, files, ...place } = addressOf(databaseUrl);
  // A socket's file is on this machine: nothing can listen on the way, and nobody speaks TLS.
  const isSocket = place.host?.startsWith('/') === true;
  const hasTls = sslMode !== null && !['disable', 'allow', 'prefer'].includes(sslMode);
  return { ...place, ssl: hasTls && !isSocket ? tlsOf(sslMode, files, place.host) : false };
}

/**
 * The addresses to try, in order, each with an `sslmode` that leaves nothing open: `prefer`, which
 * is what no word means, takes TLS where the server has it.
 */
export function settledAddresses(databaseUrl: string): string[] {
  const { sslMode, host } = addressOf(databaseUrl);
  if (host?.startsWith('/') === true) return [databaseUrl];
  if (sslMode === 'allow') return ['disable', 'require'].map((mode) => withMode(databaseUrl, mode));
  if (sslMode !== null && sslMode !== 'prefer') return [databaseUrl];
  return ['require', 'disable'].map((mode) => withMode(databaseUrl, mode));
}

/** Where the server is, for a person: no user, no password. */
export function placeOf(databaseUrl: string): string {
  const { host = 'localhost', port = 5432, database = '' } = addressOf(databaseUrl);
  return host.startsWith('/')
    ? `${host}/.s.PGSQL.${String(port)}, database ${database}`
    : `${host}:${String(port)}/${database}`;
}

function addressOf(databaseUrl: string): Address {
  const read = readDatabaseAddress(databaseUrl);
  if (read.ok) return read.address;
  throw new Error(`DATABASE_URL should be ${read.problem}.`);
}

/** `require` encrypts, and checks an authority where one is named; `verify-full` the name, too. */
function tlsOf(mode: SslMode, files: CertificateFiles, host = 'localhost'): ConnectionOptions {
  const authority = pem('sslrootcert', files, (text) => new X509Certificate(text));
  const identity = {
    ...only({
      cert: pem('sslcert', files, (text) => new X509Certificate(text)),
      key: pem('sslkey', files, createPrivateKey),
    }),
  };
  if (identity.cert !== undefined) pem('sslkey', files, () => createSecureContext(identity));
  return {
    ...only({ ca: authority }),
    ...identity,
    rejectUnauthorized: mode !== 'require' || authority !== undefined,
    // Always by the host of the address, and for the one mode that looks at names.
    checkServerIdentity: (_name, certificate) =>
      mode === 'verify-full' ? checkServerIdentity(host, certificate) : undefined,
  };
}

function pem(
  parameter: keyof CertificateFiles,
  files: CertificateFiles,
  check: (text: string) => unknown,
): string | undefined {
  const path = files[parameter];
  if (path === undefined || (parameter === 'sslrootcert' && path === 'system')) return undefined;
  let text: string | undefined;
  try {
    text = readFileSync(path, 'utf8');
    check(text);
    return text;
  } catch {
    throw new CertificateFileProblem(parameter, text !== undefined);
  }
}

function withMode(databaseUrl: string, mode: string): string {
  const [before, query] = partsOf(databaseUrl);
  const others = pairsOf(query).filter((pair) => parameterOf(pair)[0] !== 'sslmode');
  return `${before}?${[...others, `sslmode=${mode}`].join('&')}`;
}

type Parameter = readonly [name: string, value: string];

function parseAddress(text: string): { url: URL; parameters: Parameter[] } | null {
  const [before, query] = partsOf(text);
  // A user and no host: what is meant stands behind the "?", or is this machine.
  const whole = before.replace(/^(postgres(?:ql)?:\/\/[^/]*@)(?=[:/]|$)/i, '$1localhost');
  if (!/^postgres(ql)?:\/\//i.test(whole) || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  try {
    for (const part of [url.hostname, url.username, url.password, url.pathname]) decoded(part);
    return { url, parameters: pairsOf(query).map(parameterOf) };
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** At the first question mark: a value may hold others. */
function partsOf(text: string): readonly [before: string, query: string] {
  const at = text.indexOf('?');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function pairsOf(query: string): string[] {
  return query.split('&').filter((pair) => pair !== '');
}

/** Unlike in a form of the web, a plus is a plus. */
function parameterOf(pair: string): Parameter {
  const [name = '', ...rest] = pair.split('=');
  return [decoded(name), decoded(rest.join('='))];
}

function decoded(part: string): string {
  return decodeURIComponent(part);
}

function only<Key extends string>(
  values: Record<Key, string | undefined>,
): Partial<Record<Key, string>> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<Record<Key, string>>;
}

function refused(parameter: string): ReadAddress {
  const name = /^\w{1,40}$/.test(parameter) ? parameter : 'that it has';
  const instead = Object.hasOwn(REFUSED, parameter) ? REFUSED[parameter] : undefined;
  return problem(`without the parameter ${name}: ${instead ?? 'it would not be honoured'}`);
}

function problem(text: string): ReadAddress {
  return { ok: false, problem: text };
}
