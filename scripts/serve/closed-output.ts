/**
 * Goes on when nobody reads what this process prints any more: the collector of its log died, or
 * the pipe behind it was closed. What can't be written is dropped. Otherwise the failed write would
 * be an uncaught error, whose report is written to the same place, and fails, without an end.
 */
export function outliveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
