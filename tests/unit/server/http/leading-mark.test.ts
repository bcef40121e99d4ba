import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { countDroppedMarks, keepLeadingMarks } from '@/lib/server/http/request-body';

const BOUNDARY = '----sealpost(1)';

function body(values: Readonly<Record<string, string>>, { also = '' } = {}): Buffer {
  const parts = Object.entries(values).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n${also}\r\n${value}\r\n`,
  );
  return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}

/** The form as `fetch` parses it, after it came in pieces of `size` bytes. */
async function parsed(bytes: Buffer, size: number): Promise<[string, unknown][]> {
  const request = new IncomingMessage(new Socket());
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  request.headers['content-type'] = type;
  keepLeadingMarks(request, await countDroppedMarks());
  for (let start = 0; start < bytes.length; start += size) {
    request.push(bytes.subarray(start, start + size));
  }
  request.push(null);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = new Response(Buffer.concat(chunks), {
    headers: { 'Content-Type': type },
  });
  return [...(await answer.formData())];
}

it.each([1, 2, 7, 64, 100_000])(
  'a U+FEFF that a value begins with is kept, and no other is added, in pieces of %i bytes',
  async (size) => {
    const values = {
      secret: '\uFEFFa\uFEFFb',
      passphrase: '\uFEFF\uFEFF',
      plain: 'without',
      // What looks like the head of a field and is not.
      note: 'x\r\n\r\n\uFEFFy\r\nContent-Disposition: form-data; name="z"\r\n\r\n\uFEFF',
      long: `${'a'.repeat(2000)}\uFEFF`,
      // A line like the one between fields, but for its letters' case.
      other: `x\r\n--${BOUNDARY.toUpperCase()}\r\nContent-Disposition: form-data; name="z"\r\n\r\n\uFEFF`,
    };
    for (const also of ['', 'Content-Type: text/plain; charset=utf-8\r\n']) {
      expect(await parsed(body(values, { also }), size)).toEqual(Object.entries(values));
    }
  },
);

it('a file keeps its bytes', async () => {
  const [head, value] = ['name="f"; filename="f.txt"', '\uFEFFbytes'];
  const file = `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n--${BOUNDARY}--\r\n`;
  const [entry] = await parsed(Buffer.from(file), 64);
  const bytes = entry?.[1] instanceof Blob ? await entry[1].arrayBuffer() : new ArrayBuffer(0);
  expect(Buffer.from(bytes).toString()).toBe(value);
});
