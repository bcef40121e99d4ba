import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/**
 * Runs a program in the checkout with this terminal as its own.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {Record<string, string>} [env] what to add to the environment
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function runProgram(file, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** @param {string[]} args arguments for `node` @param {Record<string, string>} [env] */
export function runNode(args, env) {
  return runProgram(process.execPath, args, env);
}

/**
 * The same, with what it prints kept for the caller.
 *
 * @param {string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNodeQuietly(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    /** @type {Buffer[]} */
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => printed.push(chunk));
    }
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(printed).toString() }),
    );
  });
}

const PROGRESS_MS = 10_000;

/**
 * Says every ten seconds that `work` still goes on, and for how long it has.
 *
 * @template Result
 * @param {string} doing what it does, as "installing"
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withSignOfLife(doing, work) {
  const begun = Date.now();
  const progress = setInterval(() => {
    console.log(`  … still ${doing}, ${String(Math.round((Date.now() - begun) / 1000))} s`);
  }, PROGRESS_MS);
  try {
    return await work();
  } finally {
    clearInterval(progress);
  }
}
