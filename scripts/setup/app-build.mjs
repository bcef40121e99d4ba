import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fingerprint, readIfPresent } from './fingerprint.mjs';
import { memoryHere, requireMemoryToBuild } from './memory.mjs';
import { inCheckout } from './paths.mjs';
import { PlainProblem } from './plain-problem.mjs';
import { runNodeQuietly } from './run-program.mjs';
import { withSignOfLife } from './sign-of-life.mjs';

const STAMP = inCheckout('.next', 'built-from');
const SOURCES = [
  'app',
  'components',
  'instrumentation.ts',
  'lib',
  'messages',
  'middleware.ts',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma/schema.prisma',
  'public',
  'scripts',
  'tsconfig.json',
];

/** Whether .next was built from the sources as they are. */
export function buildIsCurrent() {
  return readIfPresent(STAMP) === sources();
}

/** Builds the app for production. */
export async function buildApp() {
  requireMemoryToBuild(memoryHere());
  console.log('Building the app (half a minute, or some on a small machine) …');
  const before = sources();
  rmSync(STAMP, { force: true });
  const { code, output } = await withSignOfLife('building', () =>
    runNodeQuietly(['node_modules/next/dist/bin/next', 'build'], {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    }),
  );
  if (code !== 0) throw new PlainProblem(`${output}\nThe app could not be built: see above.`);
  // Only now: it is one of the packages, which may just have been installed.
  const { bundleScripts } = await import('./bundle.mjs');
  await bundleScripts();
  mkdirSync(inCheckout('.next'), { recursive: true });
  writeFileSync(STAMP, before);
}

/** The generated client follows from the schema, and editors leave files that are no source. */
function sources() {
  return fingerprint(SOURCES, (path) =>
    ['lib/server/prisma-client/', 'scripts/bundle/'].some((folder) => path.startsWith(folder)),
  );
}
