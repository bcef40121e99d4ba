import { requireNodeVersion } from './setup/node-version.mjs';

requireNodeVersion();
const { runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  await prepareCheckout();
});
