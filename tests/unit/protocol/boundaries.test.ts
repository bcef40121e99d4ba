import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ProtocolError } from '@/lib/protocol/errors';
import { decodeBase64url } from '@/lib/protocol/base64url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NOT_OURS = new Set(['node_modules', '.git', '.next', '.data', 'prisma-client']);

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : sourcesUnder(path);
    return /\.(ts|tsx|mjs|js)$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const specifiers = source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
  return Array.from(specifiers, ([, specifier]) => specifier ?? '');
}

/** Every file of the protocol that a module reaches, itself included. */
function reachedFrom(path: string, reached = new Set<string>()): Set<string> {
  if (reached.has(path)) return reached;
  reached.add(path);
  for (const specifier of importsOf(path)) {
    if (specifier.startsWith('./')) reachedFrom(`lib/protocol/${specifier.slice(2)}.ts`, reached);
  }
  return reached;
}

const AUDITED =
  /^(\.\/[a-z0-9-]+|@noble\/ciphers\/aes\.js|@hpke\/(common|core|dhkem-x25519|hybridkem-x-wing))$/;

describe('the protocol folder', () => {
  it('imports nothing but itself and the audited libraries', () => {
    const foreign = sourcesUnder('lib/protocol').flatMap((path) =>
      importsOf(path)
        .filter((specifier) => !AUDITED.test(specifier))
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });

  it('costs pages about messages, and reading a link, nothing of HPKE', () => {
    const loadsHpke = (path: string) =>
      Array.from(reachedFrom(path)).some((file) =>
        importsOf(file).some((specifier) => specifier.startsWith('@hpke/')),
      );
    const forMessages = ['ciphertext', 'envelope', 'link', 'message-keys', 'passphrase', 'tokens'];
    for (const name of [...forMessages, 'account-keys', 'recovery-code', 'at-rest', 'verifiers']) {
      expect(`${name}: ${loadsHpke(`lib/protocol/${name}.ts`)}`).toBe(`${name}: false`);
    }
    expect(loadsHpke('lib/protocol/reply.ts')).toBe(true);
  });

  it('reads no environment and no clock, and draws only from the system generator', () => {
    for (const path of sourcesUnder('lib/protocol')) {
      const source = readFileSync(join(ROOT, path), 'utf8');
      expect(source).not.toMatch(/process\.|Date\.|new Date|performance\.|Math\.random|require\(/);
    }
  });

  it('lets nobody else choose an IV or the randomness of an encapsulation', () => {
    const importers = sourcesUnder('.').filter((path) =>
      importsOf(path).some((specifier) => /-with-(iv|randomness)$/.test(specifier)),
    );
    const strangers = importers.filter(
      (path) => !/^(lib\/protocol|tests\/vectors|tests\/unit\/protocol)\//.test(path),
    );
    expect(importers).toContain(join('lib', 'protocol', 'ciphertext.ts'));
    expect(importers).toContain(join('lib', 'protocol', 'reply.ts'));
    expect(strangers).toEqual([]);
  });

  it('says the same sentence whatever it refuses', () => {
    const messages = new Set(
      (['bad_token', 'bad_commitment', 'bad_ciphertext', 'too_large'] as const).map((code) =>
        String(new ProtocolError(code)),
      ),
    );
    expect(messages.size).toBe(1);
    const secret = 'c2VjcmV0IQ==';
    expect(() => decodeBase64url(secret)).toThrow(expect.not.stringContaining(secret));
  });
});
