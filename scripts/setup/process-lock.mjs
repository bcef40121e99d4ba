import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/*
 * One process at a time, told by a file that names its holder (pid and start time). A holder that
 * was killed leaves the file; the next process sees that its owner is gone and takes over.
 * The file appears with its content in one step (link), so nobody reads half a lock.
 */

/**
 * @param {string} file path of the lock file, in an existing directory
 * @returns {{ release: () => void } | { holder: number }} the lock, or the pid of the process that has it
 * @throws the file system's error when the directory cannot be written
 */
export function takeProcessLock(file) {
  const content = JSON.stringify({ pid: process.pid, started: processStartTime(process.pid) });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    for (;;) {
      if (linkUnlessTaken(draft, file)) return { release: () => releaseOwn(file, content) };
      const found = readIfPresent(file);
      if (found === null) continue;
      const holder = livingHolder(found);
      if (holder !== null) return { holder };
      removeExactly(file, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} draft @param {string} file */
function linkUnlessTaken(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} content @returns {number | null} */
function livingHolder(content) {
  try {
    const { pid, started } = /** @type {{ pid: number, started: string }} */ (JSON.parse(content));
    return processStartTime(pid) === started ? pid : null;
  } catch {
    return null;
  }
}

/**
 * Two starters may both see the same dead holder: the slower one must not remove the lock that
 * the faster one has just taken. So the file is moved aside first and looked at there.
 *
 * @param {string} file @param {string} expected
 */
function removeExactly(file, expected) {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readIfPresent(aside) !== expected) linkUnlessTaken(aside, file);
  rmSync(aside, { force: true });
}

/** @param {string} file @param {string} content */
function releaseOwn(file, content) {
  if (readIfPresent(file) === content) rmSync(file, { force: true });
}

/** @param {string} file */
function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/*
 * A pid alone does not name a process: after a reboot, or after enough other processes, it names
 * a stranger. A pid with its start time does. Linux tells both in /proc (a slim container has no
 * `ps`), macOS through `ps`.
 */

/**
 * @param {number} pid
 * @returns {string | null} what tells this process from any other of that pid; null when none runs
 */
export function processStartTime(pid) {
  if (!Number.isInteger(pid) || pid < 1) return null;
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], quiet).trim() || null;
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses and may hold spaces: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${bootId}:${fields[19]}`;
  } catch {
    return null;
  }
}

/**
 * @param {number} pid
 * @returns {string} its command line, arguments separated by spaces; empty when none runs
 */
export function processCommand(pid) {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], quiet).trim();
    }
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** @type {{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }} */
const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
