import '@/lib/server/runtime';

/** Forgets what this process holds, as if it began anew. */
export function forgetRuntime(): void {
  globalThis.sealpostRuntime = undefined;
}
