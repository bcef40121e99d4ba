/** The body of a request on its way to its reader: how long it may be, and what may not get lost of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bytes. A megabyte of line ends doubles in a form; base64url adds a third. */
export const MAX_BODY_BYTES = 3 * 1024 * 1024;

/**
 * Counts a body as it arrives, whether its length was said before or not, and whether anybody reads
 * it or not. What goes over the limit is dropped, so it never waits in memory for a reader.
 *
 * @param refuse called once, when the limit is passed
 */
export function boundBody(
  request: IncomingMessage,
  response: ServerResponse,
  refuse: () => void,
): void {
  const push = request.push.bind(request);
  let arrived = 0;
  // A client may send every byte in a chunk of its own, and each that is passed on costs as much as a
  // large one: what comes in one go is passed on in one piece.
  let held: Buffer[] = [];
  const passOn = () => {
    const pieces = held;
    held = [];
    return pieces.length === 0 || push(Buffer.concat(pieces));
  };
  // Every byte of a body passes here on its way from the HTTP parser to its reader.
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) {
      passOn();
      return push(null, encoding);
    }
    const before = arrived;
    arrived += chunk.length;
    if (arrived <= MAX_BODY_BYTES) {
      held.push(chunk);
      if (held.length === 1) setImmediate(passOn);
      return true;
    }
    held = [];
    if (before <= MAX_BODY_BYTES) refuse();
    return false;
  };
  response.prependOnceListener('finish', () => {
    if (request.complete) return;
    // What comes after the answer would be thrown away uncounted, had nobody begun to read it.
    request.read(0);
    request.resume();
  });
}

/** Bytes. The head of a field in a form: a boundary of up to 70, and few, short lines. */
const MAX_HEAD = 1024;

/** U+FEFF in UTF-8, one character for each byte. */
const MARK = '\xEF\xBB\xBF';

/** In the head of a file, whose bytes no parser changes. */
const FILE = /^content-disposition:[^\r\n]*;\s*filename\*?=/im;

/**
 * How many U+FEFF at the start of a value the parser of forms takes away, against the standard. That
 * of Node.js 20 looks for one twice.
 */
export async function countDroppedMarks(): Promise<number> {
  const form = new FormData();
  form.set('value', '\uFEFF'.repeat(4));
  const parsed = (await new Response(form).formData()).get('value');
  return typeof parsed === 'string' ? 4 - parsed.length : 0;
}

/**
 * Keeps a U+FEFF with which the value of a form's field begins: it gets as many more as the parser
 * will take away.
 */
export function keepLeadingMarks(request: IncomingMessage, dropped: number): void {
  if (dropped === 0) return;
  const boundary = boundaryOf(request);
  if (boundary === null) return;
  const head = new RegExp(`--${escaped(boundary)}\r\n(?:[^\r\n]{1,200}\r\n){1,4}\r\n${MARK}`, 'g');
  const push = request.push.bind(request);
  let before = '';
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) return push(chunk, encoding);
    const text = before + chunk.toString('latin1');
    const ends = [...text.matchAll(head)]
      .filter(({ 0: found }) => !FILE.test(found))
      .map(({ index, 0: found }) => index + found.length - before.length)
      // Those that ended in an earlier chunk were seen then.
      .filter((end) => end > 0);
    before = text.slice(-MAX_HEAD);
    return push(ends.length === 0 ? chunk : withMarksAt(chunk, ends, dropped), encoding);
  };
}

function boundaryOf({ headers }: IncomingMessage): string | null {
  const type = headers['content-type'] ?? '';
  return /^multipart\/form-data;.*boundary="?([^";]{1,70})/i.exec(type)?.[1] ?? null;
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, String.raw`\$&`);
}

function withMarksAt(chunk: Buffer, ends: readonly number[], count: number): Buffer {
  const marks = Buffer.from(MARK.repeat(count), 'latin1');
  const pieces = ends.map((end, index) =>
    Buffer.concat([chunk.subarray(ends[index - 1] ?? 0, end), marks]),
  );
  return Buffer.concat([...pieces, chunk.subarray(ends.at(-1))]);
}
