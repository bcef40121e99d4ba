import { readFileSync } from 'node:fs';
import { requireNodeVersion } from '../setup/node-version.mjs';

/* The start of what was built, in a checkout as in an unpacked archive: see scripts/setup/bundle.mjs. */

requireNodeVersion();
const { runCommand } = await import('../setup/plain-problem.mjs');
await runCommand(async () => {
  const { inCheckout, ROOT } = await import('../setup/paths.mjs');
  process.chdir(ROOT);
  const built = /** @type {{ config: unknown }} */ (
    JSON.parse(readFileSync(inCheckout('.next', 'required-server-files.json'), 'utf8'))
  );
  Object.assign(process.env, {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // As in the framework's own standalone server: the settings as built, without its builder.
    __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(built.config),
  });
  const { serve } = await import('./serve');
  await serve({ dev: false });
});
