/** Forgets what this process holds, as if it began anew. */
export function forgetRuntime(): void {
  Reflect.deleteProperty(globalThis, Symbol.for('sealpost.runtime'));
}
