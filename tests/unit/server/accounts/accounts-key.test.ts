import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccountsKey, type AccountsKeyPurpose } from '@/lib/server/accounts/accounts-key';
import { KeyringError } from '@/lib/server/keyring/private-file';
import { ROOT } from '@/scripts/setup/paths.mjs';

const PATIENCE = 60_000;
const PURPOSES: AccountsKeyPurpose[] = [
  'decoy salt',
  'totp',
  'second factor code',
  'next-auth',
  'mail',
  'limits',
  'guesses',
  'known browser',
];

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-accounts-key-'));
  file = join(directory, 'keyring.json.accounts');
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the accounts key', () => {
  it('is made at first use, in a file that its owner alone may read', async () => {
    await createAccountsKey(file)('mail');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['keyring.json.accounts']);
  });

  it('gives every purpose 32 bytes of its own', async () => {
    const keys = await Promise.all(PURPOSES.map(createAccountsKey(file)));
    expect(keys.map(({ length }) => length)).toEqual(PURPOSES.map(() => 32));
    expect(new Set(keys.map(hex)).size).toBe(PURPOSES.length);
  });

  it('derives with HKDF-SHA-256 and the label of the purpose', async () => {
    const key = Buffer.alloc(32, 7);
    await writeFile(file, JSON.stringify({ version: 1, key: key.toString('base64url') }), {
      mode: 0o600,
    });
    const { hkdfSync } = await import('node:crypto');
    const expected = hkdfSync('sha256', key, '', 'sealpost v1 accounts totp', 32);
    expect(hex(await createAccountsKey(file)('totp'))).toBe(hex(new Uint8Array(expected)));
  });

  it('is one and the same for instances that come first at once', async () => {
    const keys = await Promise.all(
      Array.from({ length: 8 }, () => createAccountsKey(file)('mail')),
    );
    expect(new Set(keys.map(hex)).size).toBe(1);
  });

  it(
    'is one and the same for processes that come first at once',
    async () => {
      const node = promisify(execFile);
      const module = `
        const { createAccountsKey } = await import('./lib/server/accounts/accounts-key.ts');
        const key = await createAccountsKey(process.env.FILE)('mail');
        console.log(Buffer.from(key).toString('hex'));`;
      const options = ['--import', './scripts/register-typescript.mjs', '--input-type=module'];
      const run = () =>
        node(process.execPath, [...options, '--eval', module], {
          cwd: ROOT,
          env: { ...process.env, FILE: file },
        });
      const outputs = await Promise.all([run(), run(), run()]);
      const made = hex(await createAccountsKey(file)('mail'));
      expect(outputs.map(({ stdout }) => stdout.trim())).toEqual([made, made, made]);
    },
    PATIENCE,
  );

  it('is looked for again after a file that could not be read was mended', async () => {
    await createAccountsKey(file)('mail');
    await chmod(file, 0o640);
    const key = createAccountsKey(file);
    await expect(key('mail')).rejects.toThrow(/chmod 600/);
    await chmod(file, 0o600);
    expect(await key('mail')).toHaveLength(32);
  });
});

describe('a file of the accounts key that cannot be right', () => {
  const key = Buffer.alloc(32, 7).toString('base64url');

  it.each([
    ['empty', ''],
    ['cut off', JSON.stringify({ version: 1, key }).slice(0, -3)],
    ['of another version', JSON.stringify({ version: 2, key })],
    ['with a key that is too short', JSON.stringify({ version: 1, key: key.slice(2) })],
    ['with a key of spare bits', JSON.stringify({ version: 1, key: `${key.slice(0, -1)}d` })],
    ['with a field more', JSON.stringify({ version: 1, key, note: 'x' })],
  ])('is refused, left alone and not quoted: %s', async (_, content) => {
    await writeFile(file, content, { mode: 0o600 });
    const error: unknown = await createAccountsKey(file)('mail').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(KeyringError);
    expect(JSON.stringify([String(error), error])).not.toContain(key.slice(0, 8));
    expect(await readFile(file, 'utf8')).toBe(content);
  });
});
