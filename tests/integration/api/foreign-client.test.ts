import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inCheckout } from '@/scripts/setup/paths.mjs';
import { givenInterface } from './live';

const live = givenInterface();

interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

/** Runs the client of docs/, which knows the documents alone. */
function run(args: readonly string[], input: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const client = spawn('python3', [inCheckout('docs', 'client.py'), ...args]);
    let [said, complained] = ['', ''];
    client.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    client.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
    client.on('error', reject);
    client.on('close', (code) => {
      resolve({ code, said, complained });
    });
    client.stdin.end(input);
  });
}

/** Python with the one package that the client needs. `.ci/run` asks for it; elsewhere it may be missing. */
async function findPython(): Promise<boolean> {
  const found = await new Promise<boolean>((resolve) => {
    const python = spawn('python3', ['-c', 'import cryptography']);
    python.on('error', () => {
      resolve(false);
    });
    python.on('close', (code) => {
      resolve(code === 0);
    });
  });
  if (!found) console.warn('NOT RUN: docs/client.py needs python3 with the package cryptography.');
  return found;
}

const isThere = process.env['FOREIGN_CLIENT'] === 'required' || (await findPython());

describe.skipIf(!isThere)('a client in another language, written from the documents', () => {
  it.each(['a secret', 'ä€🗝\r\n\0', 'x'.repeat(253), 'x'.repeat(1_048_576)])(
    'sends a secret and opens it, once (%#)',
    async (secret) => {
      const sent = await run(['send', live.origin], secret);
      expect(sent.complained).toBe('');
      const [link = '', statusLink = ''] = sent.said.split('\n');
      const token = statusLink.split('/s/')[1];
      const status = () => live.post('/api/v1/secrets/status', { token });
      expect((await status()).json).toMatchObject({ seal: 'browser', ending: null });
      const opened = await run(['open'], link);
      expect([opened.code, opened.said === secret, opened.complained]).toEqual([0, true, '']);
      expect((await status()).json).toMatchObject({ ending: { kind: 'opened' } });
      const again = await run(['open'], link);
      expect([again.code, again.said]).toEqual([1, '']);
      expect(again.complained).toContain('ended');
    },
  );
});
