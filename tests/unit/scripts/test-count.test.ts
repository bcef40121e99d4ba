import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addCounts, closingLine, countTests } from '@/scripts/testing/runners.mjs';

const directory = mkdtempSync(join(tmpdir(), 'sealpost-count-'));
const file = join(directory, 'report.json');
const asItIs = (report: { passed: number; failed: number; skipped: number }) => report;

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('the count of a test run', () => {
  it('is what the runner reports', () => {
    writeFileSync(file, '{"passed":3,"failed":1,"skipped":2}');
    expect(countTests(file, 1, asItIs)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('has a failure when the runner failed without a failed test, or reported nothing', () => {
    writeFileSync(file, '{"passed":3,"failed":0,"skipped":0}');
    expect(countTests(file, 1, asItIs)).toMatchObject({ passed: 3, failed: 1 });
    expect(countTests(file, 0, asItIs)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('is told in one line, which names skipped tests only if there are any', () => {
    const total = addCounts([
      { passed: 3, failed: 1, skipped: 0 },
      { passed: 4, failed: 0, skipped: 0 },
    ]);
    expect(closingLine(total)).toBe('7 passed, 1 failed');
    expect(closingLine({ ...total, skipped: 2 })).toBe('7 passed, 1 failed, 2 skipped');
  });
});
