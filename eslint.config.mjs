import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { freshRandomness } from './eslint.fresh-randomness.mjs';
import { importDirections } from './eslint.import-directions.mjs';

export default defineConfig(
  {
    ignores: [
      'scripts/bundle/',
      '.next/',
      'node_modules/',
      'lib/server/prisma-client/',
      'next-env.d.ts',
      'test-results/',
    ],
  },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // Served to browsers as it is, and so no part of the program that tsc checks.
        projectService: { allowDefaultProject: ['public/*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A number in a sentence reads as it is.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => doThis()` is how callbacks are written; a void result is not mistaken for a value.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-empty-function': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['{app,components,lib}/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  {
    // They talk to a person at a terminal.
    files: ['scripts/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // JavaScript has no cast that lint sees: what JSON.parse and require give has its type in
    // JSDoc, and tsc holds it to that.
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  freshRandomness,
  ...importDirections,
);
