/**
 * SMTP_URL and MAIL_FROM, read once at the start. Nothing but what is named
 * here can be said in the URL: options of the mail library in its query, such
 * as one that turns certificates off, are refused.
 */
import { isIP } from 'node:net';
import { readEmailAddress } from '@/lib/accounts/email-address';
import 'server-only';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps); otherwise STARTTLS where the server has it. */
  readonly isSecure: boolean;
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

export interface MailSender {
  /** Shown as the sender; empty for the address alone. */
  readonly name: string;
  readonly address: string;
}

export interface MailSettings {
  readonly server: SmtpServer;
  readonly sender: MailSender;
}

export const SMTP_URL_FORM = 'an address like smtps://user:password@mail.example.org:465';
export const MAIL_FROM_FORM =
  'an address like sealpost@example.org or Sealpost <sealpost@example.org>';

const DEFAULT_PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;
const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const MAX_NAME_LENGTH = 100;

/** @returns null for what is not an SMTP URL */
export function readSmtpUrl(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const { protocol, hostname, port, username, password, pathname, search, hash } = url;
  if (protocol !== 'smtp:' && protocol !== 'smtps:') return null;
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 && !HOST_NAME.test(host)) return null;
  const credentials = readCredentials(username, password);
  if (credentials === undefined) return null;
  return {
    host,
    port: port === '' ? DEFAULT_PORTS[protocol] : Number(port),
    isSecure: protocol === 'smtps:',
    credentials,
  };
}

/**
 * @param text an address, or `Name <address>`, the name in double quotes or not
 * @returns null for what is neither
 */
export function readMailFrom(text: string): MailSender | null {
  const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
  const address = readEmailAddress(named?.[2] ?? text.trim());
  const name = (named?.[1] ?? '').trim().replace(/^"([^"]*)"$/, '$1');
  if (address === null || name.length > MAX_NAME_LENGTH) return null;
  return /[\p{Cc}\p{Cf}"\\]|=\?/u.test(name) ? null : { name, address };
}

/** undefined when one of the two is missing, or they are not percent-encoded as a URL has it. */
function readCredentials(
  username: string,
  password: string,
): SmtpServer['credentials'] | undefined {
  if (username === '' && password === '') return null;
  if (username === '' || password === '') return undefined;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}
