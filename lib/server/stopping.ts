/**
 * Whether this process is on its way out. The database goes last then, and that
 * it goes is no news for the log. The HTTP server and the application are
 * bundled apart, so they meet at one global name instead of a module.
 */
declare global {
  var sealpostIsStopping: boolean | undefined;
}

export function beginStopping(): void {
  globalThis.sealpostIsStopping = true;
}

export function isStopping(): boolean {
  return globalThis.sealpostIsStopping === true;
}
