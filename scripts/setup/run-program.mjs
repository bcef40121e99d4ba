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
