import { requireNodeVersion } from './setup/node-version.mjs';

/*
 * `npm start` and `npm run dev`. Until the packages are there, only what Node brings is imported.
 */

requireNodeVersion();
const { runCommand } = await import('./setup/plain-problem.mjs');
await runCommand(async () => {
  const { ROOT } = await import('./setup/paths.mjs');
  const { prepareCheckout } = await import('./setup/checkout.mjs');
  const dev = process.argv.includes('--dev');
  process.chdir(ROOT);
  await prepareCheckout({ withBuild: !dev });

  Object.assign(process.env, {
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  await import('./register-typescript.mjs');
  const { serve } = await import('./serve/serve');
  await serve({ dev });
});
