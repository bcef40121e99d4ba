import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fingerprint, readIfPresent } from './fingerprint.mjs';
import { inCheckout } from './paths.mjs';
import { PlainProblem } from './plain-problem.mjs';
import { runProgram } from './run-program.mjs';
import { withSignOfLife } from './sign-of-life.mjs';

const STAMP = inCheckout('node_modules', '.sealpost-lock');

/**
 * @param {{ withTools: boolean }} needed whether the packages for tests and checks are needed too
 * @returns {boolean} whether node_modules is what the lockfile says, for this kind of machine
 */
export function packagesAreCurrent({ withTools }) {
  return readIfPresent(STAMP) === stamp() && (!withTools || toolsAreThere());
}

/** Remembers for which lockfile node_modules was made. */
export function markPackagesCurrent() {
  mkdirSync(inCheckout('node_modules'), { recursive: true });
  writeFileSync(STAMP, stamp());
}

/**
 * Installs what the lockfile says, no more and no less.
 *
 * @param {{ withTools: boolean }} needed
 */
export async function installPackages({ withTools }) {
  console.log('Installing the packages of the lockfile (a minute or two) …');
  const include = withTools ? ['--include=dev'] : [];
  const code = await withSignOfLife('installing', () =>
    runProgram('npm', ['ci', '--include=optional', ...include]),
  );
  if (code !== 0) throw new PlainProblem('The packages could not be installed: see npm above.');
  markPackagesCurrent();
}

function stamp() {
  return `${fingerprint(['package-lock.json'])} ${process.platform}-${process.arch}\n`;
}

function toolsAreThere() {
  const { devDependencies } = /** @type {{ devDependencies: Record<string, string> }} */ (
    JSON.parse(readFileSync(inCheckout('package.json'), 'utf8'))
  );
  return Object.keys(devDependencies).every((name) => existsSync(inCheckout('node_modules', name)));
}
