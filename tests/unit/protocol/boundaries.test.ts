import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint, Linter } from 'eslint';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { ARGUMENTS_BEFORE_RANDOMNESS, freshRandomness } from '@/eslint.fresh-randomness.mjs';
import { decodeBase64url, type EncapsulationRandomness, type Iv } from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';

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

/** An exported function whose last parameter is an IV or the randomness of an encapsulation. */
const TAKES_RANDOMNESS =
  /export async function (\w+)(?:(?!\): Promise)[^])*?\b(?:iv|randomness)\??: (?:Iv|EncapsulationRandomness)\b/g;

const eslint = new ESLint({ cwd: ROOT });

/** How often lint complains of code in a file that is neither the protocol's nor a vector's. */
function complaints(code: string): number {
  return new Linter().verify(code, [freshRandomness], { filename: 'lib/sealed/open.ts' }).length;
}

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
    const forMessages = ['ciphertext', 'envelope', 'keys', 'link', 'passphrase', 'tokens'];
    for (const name of [...forMessages, 'at-rest', 'codes', 'primitives', 'request']) {
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

  describe('lets test vectors alone choose an IV or the randomness of an encapsulation', () => {
    it.each([
      "import { toIv } from '@/lib/protocol/bytes';",
      "import { toIv as bytesOf } from '@/lib/protocol/bytes';",
      'bytes.toEncapsulationRandomness(drawn);',
      "bytes['toIv'](drawn);",
      'const { toIv: name } = bytes;',
      'sealMessage(message, iv);',
      'protocol.sealHpke(message, randomness);',
      "wrapAtRest('reply', key, sealed, binding, iv);",
    ])('and not %s', (code) => {
      expect(complaints(code)).toBeGreaterThan(0);
    });

    it('while it lets every file seal', () => {
      expect(complaints("sealMessage(message); wrapAtRest('reply', key, m, binding);")).toBe(0);
    });

    it('in every function that takes one', () => {
      const takers = sourcesUnder('lib/protocol').flatMap((path) =>
        Array.from(
          readFileSync(join(ROOT, path), 'utf8').matchAll(TAKES_RANDOMNESS),
          ([, name]) => name,
        ),
      );
      expect(takers.sort()).toEqual(Object.keys(ARGUMENTS_BEFORE_RANDOMNESS).sort());
    });

    it.each([
      ['middleware.ts', true],
      ['app/page.tsx', true],
      ['lib/sealed/open.ts', true],
      ['lib/server/settings.ts', true],
      ['scripts/start.mjs', true],
      ['tests/integration/desk.ts', true],
      ['lib/protocol/reply.ts', false],
      ['tests/vectors/checks/hpke-checks.ts', false],
    ])('in %s: %s', async (path, isHeld) => {
      const config: unknown = await eslint.calculateConfigForFile(join(ROOT, path));
      const { rules } = z.object({ rules: z.record(z.string(), z.unknown()) }).parse(config);
      expect(JSON.stringify(rules['no-restricted-syntax'] ?? '').includes('toIv')).toBe(isHeld);
    });

    it('by their types, too: bytes without the name are none', () => {
      expectTypeOf<Uint8Array<ArrayBuffer>>().not.toExtend<Iv>();
      expectTypeOf<Uint8Array<ArrayBuffer>>().not.toExtend<EncapsulationRandomness>();
    });
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
