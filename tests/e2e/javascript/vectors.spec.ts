import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { VectorResult } from '@/tests/vectors/check-vectors';
import { expect, test } from '../support/test';

const ENTRY = fileURLToPath(new URL('../../vectors/browser-entry.ts', import.meta.url));

test('the protocol gives the bytes of its vectors in a real browser', async ({ page, origin }) => {
  const bundle = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  // A page of its own on the app's origin: the app's policy would not run a script of a test.
  await page.route(`${origin}/vectors`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Vectors</title>' }),
  );
  await page.goto(`${origin}/vectors`);
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
  const results: VectorResult[] = await page.evaluate(() => globalThis.runVectorChecks());
  expect(results.length).toBeGreaterThan(100);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
});
