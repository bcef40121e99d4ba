import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { allVectors } from '@/tests/vectors/all-vectors';
import { checkVectors } from '@/tests/vectors/check-vectors';
import { makeAllVectors } from '@/tests/vectors/make/all-vectors';
import { stretchWithArgon2 } from '@/tests/vectors/stretch-with-argon2';
import { stretchWithHashWasm } from '@/tests/vectors/stretch-with-hash-wasm';

// Argon2id at 64 MiB, more than a dozen times in each test.
vi.setConfig({ testTimeout: 120_000 });

const VECTOR_FILES = {
  'account-keys': allVectors.accountKeys,
  'at-rest': allVectors.atRest,
  base64url: allVectors.base64url,
  ciphertext: allVectors.ciphertext,
  envelope: allVectors.envelope,
  hpke: allVectors.hpke,
  'key-schedule': allVectors.keySchedule,
  links: allVectors.links,
  messages: allVectors.messages,
  padding: allVectors.padding,
  passphrase: allVectors.passphrase,
  'recovery-codes': allVectors.recoveryCodes,
  replies: allVectors.replies,
  'reply-at-rest': allVectors.replyAtRest,
  'request-links': allVectors.requestLinks,
  'request-seeds': allVectors.requestSeeds,
  requests: allVectors.requests,
  tokens: allVectors.tokens,
  vaults: allVectors.vaults,
  verifiers: allVectors.verifiers,
  'word-passphrases': allVectors.wordPassphrases,
};

describe('test vectors', () => {
  it.each([
    ['the Argon2id of the server', stretchWithArgon2],
    ['the Argon2id of the browser', stretchWithHashWasm],
  ])('are met, with the error each refusal must give, with %s', async (_name, stretch) => {
    const results = await checkVectors(allVectors, stretch);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results.length).toBeGreaterThan(450);
  });

  it('are what a second implementation on node:crypto computes', async () => {
    expect(VECTOR_FILES).toEqual(await makeAllVectors());
  });

  it('are all read: no file lies there unchecked', () => {
    const files = readdirSync(new URL('../../vectors', import.meta.url));
    const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
    expect(names.sort()).toEqual(Object.keys(VECTOR_FILES).sort());
  });

  it('fail a check when one value of theirs is altered', async () => {
    const [first, ...others] = allVectors.messages.cases;
    if (first === undefined) throw new Error('no message vectors');
    const altered = { ...first, ciphertext: `00${first.ciphertext.slice(2)}` };
    const results = await checkVectors(
      {
        ...allVectors,
        passphrase: { ...allVectors.passphrase, cases: [] },
        wordPassphrases: { ...allVectors.wordPassphrases, cases: [] },
        messages: { cases: [altered, ...others.filter(({ lock }) => lock === null)] },
      },
      stretchWithArgon2,
    );
    expect(results.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
      `message, ${first.name}: M1`,
      `message, ${first.name}: at rest`,
    ]);
  });
});
