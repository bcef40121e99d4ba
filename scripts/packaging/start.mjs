import { requireNodeVersion } from '../setup/node-version.mjs';

/* The start of an unpacked archive: nothing to install, generate or build. */

requireNodeVersion();
const { runCommand } = await import('../setup/plain-problem.mjs');
await runCommand(async () => {
  const { ROOT } = await import('../setup/paths.mjs');
  process.chdir(ROOT);
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const { serve } = await import('../serve/serve');
  await serve({ dev: false });
});
