import { setTimeout as delay } from 'node:timers/promises';
import { buildApp, buildIsCurrent } from './app-build.mjs';
import { installPackages, packagesAreCurrent } from './packages.mjs';
import { inCheckout } from './paths.mjs';
import { PlainProblem } from './plain-problem.mjs';
import { linkPostgresLibraries } from './postgres-libraries.mjs';
import { generatePrismaClient, prismaClientIsCurrent } from './prisma-client.mjs';
import { takeProcessLock } from './process-lock.mjs';

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
