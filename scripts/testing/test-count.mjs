import { readFileSync, rmSync } from 'node:fs';

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
