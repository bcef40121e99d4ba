import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { inCheckout } from './paths.mjs';

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
