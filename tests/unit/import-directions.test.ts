import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { importDirections } from '@/eslint.import-directions.mjs';

function complaints(file: string, imported: string): number {
  const code = `import ${JSON.stringify(imported)};`;
  return new Linter().verify(code, importDirections, { filename: file }).length;
}

describe('imports against the arrows', () => {
  it.each([
    ['lib/protocol/tokens.ts', '@/lib/sealed/policy'],
    ['lib/protocol/tokens.ts', 'zod'],
    ['lib/protocol/tokens.ts', 'node:crypto'],
    ['lib/protocol/tokens.ts', '../server/settings'],
    ['lib/sealed/outcomes.ts', '@/lib/server/database'],
    ['lib/sealed/outcomes.ts', 'next/headers'],
    ['lib/accounts/email-address.ts', '@/lib/server/settings'],
    ['lib/browser/ask-server.ts', '@/lib/server/settings'],
    ['lib/browser/ask-server.ts', '@/lib/sealed/open'],
    ['lib/server/context.ts', '@/components/ui/button'],
    ['components/secret/compose-form.tsx', '@/lib/server/settings'],
    ['components/secret/compose-form.tsx', '../../lib/server/settings'],
    ['components/secret/compose-form.tsx', '@prisma/client'],
    ['app/page.tsx', '@/tests/support/app'],
    ['app/page.tsx', '@/scripts/database/migrations'],
  ])('%s refuses %s', (file, imported) => {
    expect(complaints(file, imported)).toBe(1);
  });

  it.each([
    ['lib/protocol/tokens.ts', './bytes'],
    ['lib/protocol/tokens.ts', '@noble/ciphers/aes.js'],
    ['lib/sealed/open.ts', '@/lib/protocol/tokens'],
    ['lib/sealed/open.ts', '@/lib/server/context'],
    ['lib/browser/ask-server.ts', '@/lib/sealed/outcomes'],
    ['components/secret/compose-form.tsx', '@/messages/en/compose'],
    ['app/page.tsx', '@/lib/sealed/pages'],
  ])('%s may import %s', (file, imported) => {
    expect(complaints(file, imported)).toBe(0);
  });
});
