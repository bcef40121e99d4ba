import { mkdirSync } from 'node:fs';
import { inCheckout } from '../setup/paths.mjs';
import { runNode } from '../setup/run-program.mjs';
import { countTests } from './test-count.mjs';

const RESULTS = inCheckout('test-results');

/**
 * @param {string[]} projects of vitest.config.ts
 * @param {string[]} filters parts of file names
 */
export async function runVitest(projects, filters) {
  mkdirSync(RESULTS, { recursive: true });
  const report = `${RESULTS}/vitest.json`;
  const code = await runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  return countTests(report, code, countVitest);
}

/** @param {string[]} filters parts of file names */
export async function runPlaywright(filters) {
  const report = `${RESULTS}/e2e.json`;
  const code = await runNode(['node_modules/@playwright/test/cli.js', 'test', ...filters]);
  return countTests(report, code, countPlaywright);
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} report
 * @returns {import('./test-count.mjs').TestCount}
 */
function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

/**
 * @param {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number }, errors: unknown[] }} report
 * @returns {import('./test-count.mjs').TestCount}
 */
function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}
