/** Whether this process is on its way out. The database goes last then, and that it goes is no news for the log. */
import { once } from './runtime';

const stopping = once('stopping', () => ({ hasBegun: false }));

export function beginStopping(): void {
  stopping().hasBegun = true;
}

export function isStopping(): boolean {
  return stopping().hasBegun;
}
