/**
 * The way to the SMTP server. What a mail can be is fixed here: one recipient,
 * a text and an HTML part, no file and no address to fetch from.
 */
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { MailSettings, SmtpServer } from './mail-settings';
import 'server-only';

/** Milliseconds. A try ends within a minute or two, whatever the server does; the queue tries again. */
const CONNECT_TIMEOUT = 10_000;
const SILENCE_TIMEOUT = 20_000;
const MAX_CONNECTIONS = 2;

export interface OutgoingMail {
  /** UUID: the same at every try, so that a mail that arrives twice shows once. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailTransport {
  /** Resolves once the server has taken the mail. @throws Error with a code of nodemailer */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** @param ownName host name of this instance, as it introduces itself to the server */
export function createMailTransport(
  { server, sender }: MailSettings,
  ownName: string,
): MailTransport {
  // The published types lack `maxRequeues`.
  const options: SMTPPool.Options & { maxRequeues: number } = {
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    // The queue in the database is the only one that tries again.
    maxRequeues: 0,
    host: server.host,
    port: server.port,
    name: ownName,
    ...protection(server),
    ...(server.credentials === null
      ? {}
      : { auth: { user: server.credentials.user, pass: server.credentials.password } }),
    dnsTimeout: CONNECT_TIMEOUT,
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    socketTimeout: SILENCE_TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transport = createTransport(options);
  const domain = sender.address.slice(sender.address.indexOf('@') + 1);
  return {
    send: async ({ id, to, subject, text, html }) => {
      await transport.sendMail({
        from: { name: sender.name, address: sender.address },
        to: { name: '', address: to },
        messageId: `<${id}@${domain}>`,
        // RFC 3834: no program is to answer it, so no loop begins.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        subject,
        text,
        html,
      });
    },
    close: () => {
      transport.close();
    },
  };
}

/**
 * Certificates are verified, and a password is sent through TLS or not at all. On this machine
 * nobody stands between, and a relay there often has a certificate of its own making.
 */
function protection({ host, isSecure, credentials }: SmtpServer) {
  const isLocal = isLoopback(host);
  return {
    secure: isSecure,
    requireTLS: !isSecure && !isLocal && credentials !== null,
    tls: { rejectUnauthorized: !isLocal, minVersion: 'TLSv1.2' as const },
  };
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host.toLowerCase() === 'localhost';
}
