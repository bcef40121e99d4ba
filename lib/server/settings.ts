import { BlockList, isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { readDatabaseAddress } from './database-address';
import {
  MAIL_FROM_FORM,
  readMailFrom,
  readSmtpUrl,
  SMTP_URL_FORM,
  type MailSettings,
} from './mail/mail-settings';
import { once } from './runtime';
import 'server-only';

/*
 * Everything that the environment decides, read once. A wrong setting stops the start with its
 * name and what it should be; its value is not repeated, since some of them hold a password.
 */

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Origin only. Every link is built from it, never from a request. */
  readonly appUrl: URL;
  /** Absolute path. */
  readonly dataDir: string;
  /** An external PostgreSQL; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** Absolute path. */
  readonly keyringFile: string;
  /** How long the first opener may ask again, in seconds; 0 turns leases off. */
  readonly leaseSeconds: number;
  /** Addresses whose X-Forwarded-* headers count. */
  readonly trustedProxies: BlockList;
  /** Start on a PostgreSQL that may forget what it acknowledged. */
  readonly allowUnsafeDatabase: boolean;
  /** The owner's decision about messages of a database that was restored from an older copy. */
  readonly restoredDatabase: 'open' | 'discard' | null;
  /** How mail is sent; null for an instance that sends none. */
  readonly mail: MailSettings | null;
}

export interface SettingProblem {
  readonly name: string;
  readonly shouldBe: string;
}

export type ParsedSettings =
  { ok: true; settings: Settings } | { ok: false; problems: SettingProblem[] };

type Environment = Readonly<Record<string, string | undefined>>;

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

const variables = z.object({
  PORT: wholeNumber(1, 65_535).default(3000),
  HOST: text(
    'an IP address or a host name',
    (value) => isIP(value) > 0 || HOST_NAME.test(value),
  ).default('127.0.0.1'),
  APP_URL: text('an address like https://secrets.example.org, without a path', isOrigin).optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .superRefine((value, context) => {
      const read = readDatabaseAddress(value);
      if (!read.ok) context.addIssue({ code: 'custom', message: read.problem });
    })
    .optional(),
  KEYRING_FILE: z.string().optional(),
  LEASE_SECONDS: wholeNumber(0, 3600).default(120),
  TRUSTED_PROXIES: text(
    'IP addresses or networks like 10.0.0.0/8, separated by commas',
    (value) => parseProxies(value) !== null,
  ).optional(),
  RESTORED_DATABASE: z.enum(['open', 'discard'], 'open, discard, or not set').optional(),
  ALLOW_UNSAFE_DATABASE: text('1, or not set', (value) => value === '1').optional(),
  SMTP_URL: text(SMTP_URL_FORM, (value) => readSmtpUrl(value) !== null).optional(),
  MAIL_FROM: text(MAIL_FROM_FORM, (value) => readMailFrom(value) !== null).optional(),
});

const environment = variables.refine(
  ({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined,
  { path: ['MAIL_FROM'], message: `${MAIL_FROM_FORM} where SMTP_URL is set` },
);

/** Reads the settings from an environment; an empty variable counts as not set. */
export function parseSettings(env: Environment): ParsedSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      name: path.join('.'),
      shouldBe: message,
    }));
    return { ok: false, problems };
  }
  const { PORT, HOST, DATA_DIR, APP_URL, DATABASE_URL, KEYRING_FILE, ...rest } = parsed.data;
  const dataDir = resolve(DATA_DIR);
  return {
    ok: true,
    settings: {
      port: PORT,
      host: HOST,
      appUrl: new URL(APP_URL ?? `http://localhost:${String(PORT)}`),
      dataDir,
      databaseUrl: DATABASE_URL ?? null,
      keyringFile:
        KEYRING_FILE === undefined ? join(dataDir, 'keyring.json') : resolve(KEYRING_FILE),
      leaseSeconds: rest.LEASE_SECONDS,
      trustedProxies: parseProxies(rest.TRUSTED_PROXIES ?? '') ?? new BlockList(),
      restoredDatabase: rest.RESTORED_DATABASE ?? null,
      allowUnsafeDatabase: rest.ALLOW_UNSAFE_DATABASE === '1',
      mail: readMailSettings(rest.SMTP_URL, rest.MAIL_FROM),
    },
  };
}

/** The settings of this process. The start has checked them; a wrong one here is a defect. */
export const settings = once('settings', (): Settings => {
  const parsed = parseSettings(process.env);
  if (!parsed.ok) throw new Error(parsed.problems.map(describeSettingProblem).join(' '));
  return parsed.settings;
});

/** One line for the person who starts the app. */
export function describeSettingProblem({ name, shouldBe }: SettingProblem): string {
  return `${name} should be ${shouldBe}.`;
}

/**
 * Whether what people send to the site's address can be read on the way: it is plain http, and leads
 * past this machine. A network of one's own is a way, too.
 */
export function isReadableOnTheWay({ protocol, hostname }: Settings['appUrl']): boolean {
  return (
    protocol === 'http:' && !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  );
}

function readMailSettings(smtpUrl = '', mailFrom = ''): MailSettings | null {
  const server = readSmtpUrl(smtpUrl);
  const sender = readMailFrom(mailFrom);
  return server === null || sender === null ? null : { server, sender };
}

function text(shouldBe: string, accepts: (value: string) => boolean) {
  return z.string().refine(accepts, shouldBe);
}

function wholeNumber(from: number, to: number) {
  return text(`a whole number from ${String(from)} to ${String(to)}`, (value) => {
    return /^\d{1,6}$/.test(value) && Number(value) >= from && Number(value) <= to;
  }).transform(Number);
}

function isOrigin(value: string): boolean {
  const url = parseUrl(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.href === `${url.origin}/` && /^https?:\/\/[^/?#]+\/?$/i.test(value);
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

/** null when an entry is neither an address nor a network. */
function parseProxies(value: string): BlockList | null {
  const list = new BlockList();
  for (const entry of value.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', prefix, more] = entry.split('/');
    const version = isIP(address);
    const longest = version === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : 999;
    if (version === 0 || more !== undefined || length > longest) return null;
    list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
