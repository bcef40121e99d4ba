/**
 * What runs beside the requests and has to be stopped before the process ends.
 * The HTTP server and the application are bundled apart, so they meet at one
 * global name instead of a module.
 */
import { log } from './log';
import 'server-only';

type Stop = () => Promise<void>;

declare global {
  var sealpostBackgroundWork: Set<Stop> | undefined;
}

function running(): Set<Stop> {
  return (globalThis.sealpostBackgroundWork ??= new Set<Stop>());
}

/** Tells how to stop something that was just started. */
export function addBackgroundWork(stop: Stop): void {
  running().add(stop);
}

/** Stops everything at once. What fails to stop holds nothing else up. */
export async function stopBackgroundWork(): Promise<void> {
  const stops = [...running()];
  running().clear();
  for (const { status } of await Promise.allSettled(stops.map((stop) => stop()))) {
    if (status === 'rejected') log.error('request_failed', { at: 'shutdown' });
  }
}
