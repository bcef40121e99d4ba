import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { importDirections } from '@/eslint.import-directions.mjs';

function complaints(file: string, imported: string): number {
  const code = `import ${JSON.stringify(imported)};`;
  return new Linter().verify(code, importDirections, { filename: file }).length;
}

describe('imports against the arrows', () => {
  it.each([
    ['lib/protocol/tokens.ts', '@/lib/messages/policy'],
    ['lib/protocol/tokens.ts', 'zod'],
    ['lib/protocol/tokens.ts', 'node:crypto'],
    ['lib/protocol/tokens.ts', '../server/settings'],
    ['lib/messages/knock.ts', '@/lib/server/database'],
    ['lib/messages/knock.ts', 'next/headers'],
    ['lib/accounts/email-address.ts', '@/lib/server/settings'],
    ['lib/browser/ask-server.ts', '@/lib/server/settings'],
    ['lib/browser/ask-server.ts', '@/lib/messages/knock'],
    ['lib/server/desk.ts', '@/components/ui/button'],
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
    ['lib/messages/knock.ts', '@/lib/protocol/tokens'],
    ['lib/server/message-store/row.ts', '../database'],
    ['lib/browser/ask-server.ts', '@/lib/messages/outcomes'],
    ['components/secret/compose-form.tsx', '@/messages/en/compose'],
    ['app/page.tsx', '@/lib/server/desk'],
  ])('%s may import %s', (file, imported) => {
    expect(complaints(file, imported)).toBe(0);
  });
});
