import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm run package`: one archive that a machine like this one unpacks and starts with Node alone,
 * without installing or building: see scripts/setup/archive.mjs.
 */

requireNodeVersion();
const { runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { ROOT } = await import('./setup/paths.mjs');
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  process.chdir(ROOT);
  await prepareCheckout();
  const { writeArchive } = await import('./setup/archive.mjs');
  await writeArchive(process.argv[2] ?? ROOT);
});
