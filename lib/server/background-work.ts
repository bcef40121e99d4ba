/** What runs beside the requests and has to be stopped before the process ends. */
import { log } from './log';
import { once } from './runtime';
import 'server-only';

type Stop = () => Promise<void>;

const running = once('background work', () => new Set<Stop>());

/** Tells how to stop something that was just started. */
export function addBackgroundWork(stop: Stop): void {
  running().add(stop);
}

/** Has work that ends by itself waited for. It never fails. */
export function addTask(task: Promise<void>): void {
  const wait = () => task;
  running().add(wait);
  void task.then(() => running().delete(wait));
}

/** Stops everything at once. What fails to stop holds nothing else up. */
export async function stopBackgroundWork(): Promise<void> {
  const stops = [...running()];
  running().clear();
  for (const { status } of await Promise.allSettled(stops.map((stop) => stop()))) {
    if (status === 'rejected') log.error('request_failed', { at: 'shutdown' });
  }
}
