import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived: what the server was told, and what another implementation reads in it. */
export interface ReceivedMail {
  /** Of the envelope, as are the recipients. */
  readonly from: string;
  readonly to: readonly string[];
  /** Who signed in to send it; null when nobody did. */
  readonly user: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names in lower case; of one that came twice, both. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly raw: string;
}

export interface MailServer {
  /** For SMTP_URL. */
  readonly url: string;
  readonly port: number;
  messages(): readonly ReceivedMail[];
  /** The first mail that the predicate holds for, whether it is here or comes. */
  waitFor(predicate: (mail: ReceivedMail) => boolean): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

export interface MailServerOptions {
  /** To come back where one was before; without it, a free one. */
  readonly port?: number;
  /** What the server says to a mail that it has read, in place of taking it; undefined takes it. */
  readonly refuse?: (mail: ReceivedMail) => Error | undefined;
  /** Offers no STARTTLS; otherwise it does, with a certificate that nobody vouches for. */
  readonly withoutTls?: boolean;
}

const PATIENCE_MS = 30_000;

/** A real SMTP server on this machine that takes every mail and delivers none. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const listeners = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth({ username }, _session, callback) {
      callback(null, { user: username ?? '' });
    },
    // Nobody needs the name of this machine, and asking for it may take long.
    disableReverseLookup: true,
    // No word that its certificate is known to everybody: it is, and nothing here is secret.
    logger: false,
    hideSTARTTLS: options.withoutTls ?? false,
    onData(stream, { envelope, user }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const heard = {
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          user: typeof user === 'string' && user !== '' ? user : null,
        };
        parse(Buffer.concat(chunks)).then((content) => {
          const mail = { ...heard, ...content };
          const refusal = options.refuse?.(mail);
          if (refusal === undefined) received.push(mail);
          for (const listener of listeners) listener();
          callback(refusal);
        }, callback);
      });
    },
  });
  // A client that was killed resets its connection, which is no failure of the server.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    port,
    messages: () => received,
    waitFor: (predicate) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = received.find(predicate);
          if (found === undefined) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          const subjects = received.map(({ subject }) => subject).join('; ');
          reject(new Error(`The mail never came. There were ${received.length}: ${subjects}`));
        }, PATIENCE_MS);
        listeners.add(look);
        look();
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

async function parse(raw: Buffer): Promise<Omit<ReceivedMail, 'from' | 'to' | 'user'>> {
  const { subject = '', text = '', html = '', headers } = await PostalMime.parse(raw);
  return {
    subject,
    text,
    html,
    headers: headers.map(({ key, value }) => ({ name: key, value })),
    raw: raw.toString('utf8'),
  };
}
