import type { IncomingMessage } from 'node:http';

/** Bytes. The head of a field in a form: a boundary has up to 70, and our names are short. */
const MAX_HEAD = 512;

/** U+FEFF in UTF-8, one character for each byte. */
const MARK = '\xEF\xBB\xBF';

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
  const head = new RegExp(
    `--${escaped(boundary)}\r\ncontent-disposition: form-data; name="[^"\r\n]*"\r\n\r\n${MARK}`,
    'gi',
  );
  const push = request.push.bind(request);
  let before = '';
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) return push(chunk, encoding);
    const text = before + chunk.toString('latin1');
    const ends = [...text.matchAll(head)]
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
