import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { PlainProblem } from './plain-problem.mjs';

/** Bytes that the builder comes to at its peak. */
const BUILDING_TAKES = 1.7e9;

/** Bytes that this process and its children may use together: the machine's, or its container's. */
export function memoryHere() {
  return memoryWithin(totalmem() + swap(), process.constrainedMemory());
}

/**
 * @param {number} machine
 * @param {number} limit of the container; 0, or more than any machine has, where there is none
 */
export function memoryWithin(machine, limit) {
  return limit > 0 && limit < machine ? limit : machine;
}

/**
 * With too little the builder neither ends nor says anything.
 *
 * @param {number} available
 */
export function requireMemoryToBuild(available) {
  if (available >= BUILDING_TAKES) return;
  throw new PlainProblem(
    `Building the app takes ${gigabytes(BUILDING_TAKES)} of memory, and there are ${gigabytes(available)} here: add swap, or build on another machine with "npm run package" and bring the archive (docs/deployment.md, A small server).`,
  );
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Linux alone tells; elsewhere a machine with too little is none that servers are. */
function swap() {
  try {
    const kilobytes = /^SwapTotal:\s*(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'));
    return Number(kilobytes?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
