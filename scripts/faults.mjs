import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm run test:faults [-- --minutes N] [--seed S]`: random faults against two instances, three
 * minutes unless told otherwise. The last line is the count of the invariants.
 */

requireNodeVersion();
const { PlainProblem, runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { parseArgs } = await import('node:util');
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '3' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
    throw new PlainProblem('npm run test:faults [-- --minutes N] [--seed S]');
  }
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  await prepareCheckout({ withTools: true });
  await import('./register-typescript.mjs');
  const { runFaults } = await import('../tests/faults/run');
  process.exitCode = (await runFaults({ minutes, seed })) ? 0 : 1;
});
