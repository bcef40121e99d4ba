import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inCheckout } from '../setup/paths.mjs';
import { runNode } from '../setup/run-program.mjs';

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
 * @returns {import('./runners.mjs').TestCount}
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
 * @returns {import('./runners.mjs').TestCount}
 */
function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/** @typedef {{ passed: number, failed: number, skipped: number }} TestCount */

/** @param {TestCount[]} counts @returns {TestCount} */
export function addCounts(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** @param {TestCount} count @returns {string} the line that closes a run */
export function closingLine({ passed, failed, skipped }) {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}

/**
 * @template Report
 * Counts what a runner reported. A runner that failed without a failed test (a file that does not
 * load, a set-up that breaks, no report at all) counts as one failure.
 *
 * @param {string} file its JSON report, which is used up
 * @param {number} exitCode the runner's
 * @param {(report: Report) => TestCount} read
 * @returns {TestCount}
 */
export function countTests(file, exitCode, read) {
  /** @type {TestCount} */
  let count = { passed: 0, failed: 0, skipped: 0 };
  try {
    count = read(/** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    exitCode ||= 1;
  }
  rmSync(file, { force: true });
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
