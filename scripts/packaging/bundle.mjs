import { build } from 'esbuild';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/** As deep as the folders of the sources, which find package.json and migrations from where they are. */
export const BUNDLE = 'scripts/bundle';

/**
 * The project's own scripts as plain JavaScript; packages stay what they are.
 *
 * @param {string} folder where the archive is put together
 * @returns {Promise<string[]>} what was written, relative to `folder`
 */
export async function bundleScripts(folder) {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { start: 'scripts/packaging/start.mjs', keys: 'scripts/keys.ts' },
    outdir: join(folder, BUNDLE),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    metafile: true,
    logLevel: 'error',
    plugins: [ownModules],
  });
  return Object.keys(metafile.outputs).map((path) => `${BUNDLE}/${path.split('/').at(-1) ?? ''}`);
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
