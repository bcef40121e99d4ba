import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { inCheckout, ROOT } from './paths.mjs';

/** As deep as the folders of the sources, which find package.json and migrations from where they are. */
export const BUNDLE = 'scripts/bundle';

/** Writes the project's own scripts as plain JavaScript into BUNDLE; packages stay what they are. */
export async function bundleScripts() {
  rmSync(inCheckout(BUNDLE), { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      start: 'scripts/serve/start-built.mjs',
      accounts: 'scripts/accounts.ts',
      keys: 'scripts/keys.ts',
      migrate: 'scripts/migrate.ts',
    },
    outdir: inCheckout(BUNDLE),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins: [ownModules],
  });
}

/** @type {import('esbuild').Plugin} */
const ownModules = {
  name: 'own modules',
  setup(own) {
    own.onResolve({ filter: /^@\// }, ({ path, kind }) =>
      own.resolve(`./${path.slice(2)}`, { resolveDir: ROOT, kind }),
    );
    // It guards modules against a browser bundle, and throws everywhere but in React's.
    own.onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'empty' }));
    own.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};
