/**
 * The body of an answer on its way out.
 *
 * Marked: some proxies put the scripts of a page off, or load them by a script of their own, which our
 * policy refuses, so that the page stays empty. `no-transform` forbids it by the standard (RFC 9111,
 * 5.2.2.6), and the mark on each script by the word that the common one knows. What the framework has
 * compressed can't be marked, so that is done here.
 *
 * Padded: the length of an opened page tells that of what it contains (specification: How operations
 * travel). Such an answer is held until it is whole, and goes out in one piece of a length that many
 * answers share.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';
import { beforeHead } from './headers';

const MARK = ' data-cfasync="false"';
/** In a page nothing else can begin so: text and the framework's data have their "<" spelled out. */
const SCRIPT = '<script';
/** What stands behind the name of an element. */
const AFTER_NAME = ' \t\n\f\r/>';

/** To be called after whatever holds or pads the answer. Leaves all but HTML alone. */
export function markScripts(request: IncomingMessage, response: ServerResponse): void {
  const sendPiece: (piece: Buffer) => boolean = response.write.bind(response);
  const finish = response.end.bind(response) as (callback?: () => void) => ServerResponse;
  const accepts = /(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))/i;
  const acceptsGzip = accepts.test(request.headers['accept-encoding'] ?? '');
  delete request.headers['accept-encoding'];
  let pass: Pass | null = null;

  // The framework speaks of the status, or lets the first piece do it; either way before the body.
  beforeHead(response, (status) => {
    if (pass === null && isPage(response)) {
      response.removeHeader('Content-Length');
      if (acceptsGzip) {
        response.setHeader('Content-Encoding', 'gzip');
        response.appendHeader('Vary', 'Accept-Encoding');
      }
      pass = acceptsGzip ? throughGzip(sendPiece, finish) : { write: sendPiece, end: finish };
    }
    return status;
  });

  let held = Buffer.alloc(0);
  const mark = (piece: Uint8Array, isLast: boolean): Buffer => {
    const bytes = Buffer.concat([held, piece]);
    const end = bytes.length - (isLast ? 0 : lengthOfBegun(bytes));
    held = bytes.subarray(end);
    return withMarks(bytes.subarray(0, end));
  };

  response.write = ((...args: readonly unknown[]) => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    if (pass === null) return (sendPiece as (...all: readonly unknown[]) => boolean)(...args);
    const piece = mark(bytesOf(args[0], args[1]), false);
    if (piece.length > 0) pass.write(piece);
    callbackOf(args)?.();
    return true;
  }) as ServerResponse['write'];

  response.end = ((...args: readonly unknown[]) => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    if (pass === null) return (finish as (...all: readonly unknown[]) => ServerResponse)(...args);
    const [last] = args;
    const isBody = last !== undefined && last !== null && typeof last !== 'function';
    const piece = mark(isBody ? bytesOf(last, args[1]) : Buffer.alloc(0), true);
    if (piece.length > 0) pass.write(piece);
    pass.end(callbackOf(args));
    return response;
  }) as ServerResponse['end'];

  function isPage(answer: ServerResponse): boolean {
    return (
      request.method !== 'HEAD' &&
      String(answer.getHeader('Content-Type')).startsWith('text/html') &&
      !answer.hasHeader('Content-Encoding')
    );
  }
}

interface Pass {
  write(piece: Buffer): unknown;
  end(callback?: () => void): unknown;
}

/** Each piece goes out when it is there: what a page streams must not wait for its end. */
function throughGzip(send: Pass['write'], finish: Pass['end']): Pass {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  let told: (() => void) | undefined;
  gzip.on('data', send);
  gzip.on('end', () => finish(told));
  return {
    write: (piece) => gzip.write(piece),
    end: (callback) => {
      told = callback;
      gzip.end();
    },
  };
}

/**
 * By bytes and not by a regular expression: the engine keeps the last text that one has matched, and
 * with it an opened secret.
 */
function withMarks(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(SCRIPT); at !== -1; at = bytes.indexOf(SCRIPT, from)) {
    const end = at + SCRIPT.length;
    pieces.push(bytes.subarray(from, end));
    if (AFTER_NAME.includes(String.fromCharCode(bytes[end] ?? 0))) pieces.push(Buffer.from(MARK));
    from = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}

/** How many bytes at the end may be the beginning of a script: what comes next decides. */
function lengthOfBegun(bytes: Buffer): number {
  for (let length = Math.min(SCRIPT.length, bytes.length); length > 0; length -= 1) {
    if (bytes.toString('latin1', bytes.length - length) === SCRIPT.slice(0, length)) return length;
  }
  return 0;
}

function bytesOf(piece: unknown, encoding: unknown): Uint8Array {
  return typeof piece === 'string'
    ? Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : (piece as Uint8Array);
}

function callbackOf(args: readonly unknown[]): (() => void) | undefined {
  return args.find((argument): argument is () => void => typeof argument === 'function');
}

/** Bytes: most secrets fit, with the page around them. */
const SHORTEST = 64 * 1024;

/** The next power of two. Its steps are wide, since a page spells some characters in several. */
export function paddedLength(length: number): number {
  return Math.max(SHORTEST, 2 ** Math.ceil(Math.log2(length)));
}

/** By the type of an answer, what may follow it and means nothing: `before`, spaces, `after`. */
const FILLERS: readonly (readonly [type: string, before: string, after: string])[] = [
  ['text/html', '\n', '\n'],
  // A row of its own to which no other refers.
  ['text/x-component', '7fffffff:"', '"\n'],
];

export function padAnswer(response: ServerResponse): void {
  const end = response.end.bind(response);
  const pieces: Buffer[] = [];

  response.write = (...[piece, ...rest]: readonly unknown[]) => {
    pieces.push(Buffer.from(bytesOf(piece, rest[0])));
    callbackOf(rest)?.();
    return true;
  };
  response.end = (...args: readonly unknown[]) => {
    const [piece, encoding] = args;
    if (piece !== undefined && piece !== null && typeof piece !== 'function') {
      pieces.push(Buffer.from(bytesOf(piece, encoding)));
    }
    const whole = Buffer.concat(pieces.splice(0));
    return end(padded(whole, String(response.getHeader('Content-Type'))), callbackOf(args));
  };
}

function padded(whole: Buffer, contentType: string): Buffer {
  const filler = FILLERS.find(([type]) => contentType.startsWith(type));
  if (filler === undefined) return whole;
  const [, before, after] = filler;
  const length = whole.length + before.length + after.length;
  const spaces = ' '.repeat(paddedLength(length) - length);
  return Buffer.concat([whole, Buffer.from(before + spaces + after)]);
}
