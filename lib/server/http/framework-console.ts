/**
 * Keeps the framework's own words out of the log. It prints errors as they are,
 * and an error may quote what was posted: a JSON parser does. What is left of
 * such a line is that it was there, and the error's kind.
 */
import { log } from '../log';

/** Replaces `console.error` and `console.warn` for the rest of the process. */
export function silenceFrameworkConsole(): void {
  Object.assign(console, {
    error: (...words: unknown[]) => {
      log.error('request_failed', { at: 'framework', code: kindOf(words) });
    },
    warn: (...words: unknown[]) => {
      log.warn('request_refused', { at: 'framework', code: kindOf(words) });
    },
  });
}

/** Leaves out what the framework tells of its own settings while it gets ready: news to nobody. */
export async function withoutFrameworkNews(work: () => Promise<void>): Promise<void> {
  const { log: write } = console;
  Object.assign(console, {
    log: (...words: unknown[]) => {
      if (!words.some((word) => String(word).includes('Running next.config'))) write(...words);
    },
  });
  try {
    await work();
  } finally {
    Object.assign(console, { log: write });
  }
}

function kindOf(words: readonly unknown[]): string {
  const error = words.find((word) => word instanceof Error);
  return error === undefined ? 'message' : error.constructor.name;
}
