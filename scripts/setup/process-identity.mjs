import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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
