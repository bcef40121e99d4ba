import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

/** A memory cgroup of one's own: what runs in it has no more, its children included. */
export interface MemoryGroup {
  /** For `sh -c`: puts the shell, and what it becomes, into the group. */
  readonly enter: string;
  /** Bytes that were ever in use at once. */
  peak(): number;
  remove(): void;
}

const PLACES = [
  {
    root: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
  },
  { root: '/sys/fs/cgroup', limit: 'memory.max', peak: 'memory.peak' },
] as const;

/** null where none can be made: not as root, or in a container that may not. */
export function makeMemoryGroup(bytes: number): MemoryGroup | null {
  for (const { root, limit, peak } of PLACES) {
    const group = `${root}/sealpost-test-${String(process.pid)}`;
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    try {
      writeFileSync(`${group}/${limit}`, String(bytes));
      return {
        enter: `echo $$ > ${group}/cgroup.procs`,
        peak: () => Number(readFileSync(`${group}/${peak}`, 'utf8')),
        remove: () => {
          rmdirSync(group);
        },
      };
    } catch {
      rmdirSync(group);
    }
  }
  return null;
}
