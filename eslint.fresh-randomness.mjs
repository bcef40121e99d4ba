/*
 * Sealing draws its own IV and its own randomness for an encapsulation: a repeated one gives both
 * plaintexts away. The functions of lib/protocol take them as an optional last parameter, so that
 * test vectors can name them. Nothing else may: the types that the parameters have can't be named,
 * nor can an argument be passed where they stand.
 */

/** How many arguments a caller may pass, by function: all but the last parameter. */
export const ARGUMENTS_BEFORE_RANDOMNESS = {
  encryptGcm: 2,
  sealHpke: 1,
  sealMessage: 1,
  sealOwnSeed: 3,
  sealReply: 2,
  sealSharedSeed: 3,
  wrapAtRest: 4,
  wrapVaultSeed: 4,
};

const NAMES = '/^(Iv|toIv|EncapsulationRandomness|toEncapsulationRandomness)$/';

const message = 'Only test vectors choose an IV or the randomness of an encapsulation.';

/** @type {import('eslint').Linter.Config} */
export const freshRandomness = {
  files: ['**/*.{ts,tsx,js,mjs}'],
  ignores: ['lib/protocol/**', 'tests/unit/protocol/**', 'tests/vectors/**'],
  rules: {
    'no-restricted-syntax': [
      'error',
      { selector: `Identifier[name=${NAMES}]`, message },
      { selector: `Literal[value=${NAMES}]`, message },
      ...Object.entries(ARGUMENTS_BEFORE_RANDOMNESS).flatMap(([name, count]) => [
        { selector: `CallExpression[callee.name="${name}"][arguments.length>${count}]`, message },
        {
          selector: `CallExpression[callee.property.name="${name}"][arguments.length>${count}]`,
          message,
        },
      ]),
    ],
  },
};
