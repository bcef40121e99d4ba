import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm run check`: everything that can be said about the sources without running the app.
 */

requireNodeVersion();
const { PlainProblem, runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  const { runNode } = await import('./setup/run-program.mjs');

  const typescript = ['--import', './scripts/register-typescript.mjs'];
  /** @type {Record<string, string[]>} */
  const checks = {
    'types Next derives from the pages': ['node_modules/next/dist/bin/next', 'typegen'],
    types: ['node_modules/typescript/bin/tsc', '--noEmit'],
    'lint and import directions': ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
    format: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
    'schema against migrations': [...typescript, 'scripts/migrate.ts', 'check'],
    'unused files, exports and packages': ['node_modules/knip/bin/knip.js'],
  };

  await prepareCheckout({ withTools: true, withBuild: false });
  const failed = [];
  for (const [name, args] of Object.entries(checks)) {
    const began = Date.now();
    const code = await runNode(args, { NEXT_TELEMETRY_DISABLED: '1' });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) throw new PlainProblem(`Failed: ${failed.join(', ')}.`);
  console.log('Everything is in order.');
});
