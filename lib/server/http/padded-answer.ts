/**
 * Hides the length of what an opened page contains (specification: How operations travel). The
 * answer is held until it is whole, and goes out in one piece of a length that many answers share.
 */
import type { ServerResponse } from 'node:http';

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
    pieces.push(bytesOf(piece, rest[0]));
    callbackOf(rest)?.();
    return true;
  };
  response.end = (...args: readonly unknown[]) => {
    const [piece, encoding] = args;
    if (piece !== undefined && piece !== null && typeof piece !== 'function') {
      pieces.push(bytesOf(piece, encoding));
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

function bytesOf(piece: unknown, encoding: unknown): Buffer {
  return typeof piece === 'string'
    ? Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.from(piece as Uint8Array);
}

function callbackOf(args: readonly unknown[]): (() => void) | undefined {
  return args.find((argument): argument is () => void => typeof argument === 'function');
}
