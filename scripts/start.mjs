import { pathToFileURL } from 'node:url';
import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm start` and `npm run dev`. Until the packages are there, only what Node brings is imported.
 */

requireNodeVersion();
const { runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { inCheckout, ROOT } = await import('./setup/paths.mjs');
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  const dev = process.argv.includes('--dev');
  process.chdir(ROOT);
  await prepareCheckout({ withBuild: !dev });

  if (!dev) {
    await import(pathToFileURL(inCheckout('scripts/bundle/start.js')).href);
    return;
  }
  Object.assign(process.env, { NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' });
  await import('./register-typescript.mjs');
  const { serve } = await import('./serve/serve');
  await serve({ dev });
});
