import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm test`: everything, with what it needs. `npm test -- unit|integration|e2e [part of a file
 * name]` runs a part. The last line is the count.
 */

requireNodeVersion();
const { PlainProblem, runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const [part = 'all', ...filters] = process.argv.slice(2);
  if (!['all', 'unit', 'integration', 'e2e'].includes(part)) {
    throw new PlainProblem('npm test [-- unit|integration|e2e [part of a file name]]');
  }
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  const { provideBrowser } = await import('./testing/browser.mjs');
  const { runPlaywright, runVitest } = await import('./testing/runners.mjs');
  const { addCounts, closingLine } = await import('./testing/runners.mjs');

  await prepareCheckout({ withTools: true, withBuild: part !== 'unit' });
  const inBrowser = part === 'all' || part === 'e2e';
  if (inBrowser) await provideBrowser();

  const counts = [];
  if (part !== 'e2e') {
    const projects = part === 'all' ? ['unit', 'integration'] : [part];
    counts.push(await runVitest(projects, filters));
  }
  if (inBrowser) counts.push(await runPlaywright(filters));

  const total = addCounts(counts);
  console.log(`\n${closingLine(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
});
