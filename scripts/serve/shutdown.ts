/*
 * What was started is stopped in the reverse order, once, however often it is asked.
 */

export interface Shutdown {
  /** Whether a stop was asked for; a start looks at this between its steps. */
  isRequested(): boolean;
  /** Tells how to stop something that was just started. */
  add(stop: () => Promise<void> | void): void;
  /**
   * Runs a start. When it fails, what it had started is stopped before the error goes on; when
   * a stop is asked for meanwhile, it is stopped as soon as the start comes back.
   */
  whileStarting(start: () => Promise<void>): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C and its like stop everything in order and exit with 0; a second one does not wait. */
export function createShutdown(): Shutdown {
  const started: (() => Promise<void> | void)[] = [];
  let starting: Promise<void> = Promise.resolve();
  let requested = false;

  const stopAll = async (): Promise<void> => {
    for (let stop = started.pop(); stop !== undefined; stop = started.pop()) await stop();
  };
  const onRequest = async (): Promise<void> => {
    await starting.catch(() => {});
    await stopAll();
  };

  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (requested) process.exit(130);
      requested = true;
      console.log('Stopping …');
      onRequest().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }

  return {
    isRequested: () => requested,
    add(stop) {
      started.push(stop);
    },
    async whileStarting(start) {
      starting = start();
      try {
        await starting;
      } catch (error) {
        if (requested) return;
        await stopAll();
        throw error;
      }
    },
  };
}

/**
 * Goes on when nobody reads what this process prints any more: the collector of its log died, or
 * the pipe behind it was closed. What can't be written is dropped. Otherwise the failed write would
 * be an uncaught error, whose report is written to the same place, and fails, without an end.
 */
export function outliveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
