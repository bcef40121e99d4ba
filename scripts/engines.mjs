import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm run test:engines`: the whole product in the engines that the browser tests don't know. What
 * is not installed is said in one line and left out.
 */

requireNodeVersion();
const { runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  await prepareCheckout({ withTools: true });
  await import('./register-typescript.mjs');
  const { runEngines } = await import('../tests/engines/run');
  process.exitCode = (await runEngines()) ? 0 : 1;
});
