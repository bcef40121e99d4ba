import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorded {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  /** Everything that was sent: the request line, headers and body. */
  readonly bytes: Buffer;
}

export interface Wire {
  /** The app under an address of its own, at which all that browsers send is written down. */
  readonly origin: string;
  readonly recorded: readonly Recorded[];
  /** The address behind the wire of a link that the app made. */
  through(link: string): string;
  close(): Promise<void>;
}

/**
 * Stands between browsers and the app, and keeps every request whole: also those of workers,
 * beacons and forms, which no script of the page would see. The app takes it for itself.
 */
export async function layWire(appOrigin: string): Promise<Wire> {
  const app = new URL(appOrigin);
  const recorded: Recorded[] = [];
  const server = createServer((request, response) => {
    void pass(request, response, app, recorded);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://${app.hostname}:${String(port)}`;
  return {
    origin,
    recorded,
    through: (link) => link.replace(appOrigin, origin),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  app: URL,
  recorded: Recorded[],
): Promise<void> {
  const { method = '', url = '' } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const head = `${method} ${url}\n${request.rawHeaders.join('\n')}\n\n`;
  recorded.push({ method, url, bytes: Buffer.concat([Buffer.from(head), body]) });

  const headers = { ...request.headers, host: app.host };
  if (headers.origin !== undefined && headers.origin !== 'null') headers.origin = app.origin;
  const onward = forward(
    { host: app.hostname, port: app.port, method, path: url, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  onward.end(body);
}
