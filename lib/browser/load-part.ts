import { BrowserTrouble } from './browser-trouble';

/**
 * Loads a part of the app's own code when it is needed.
 *
 * @throws BrowserTrouble 'no_answer' if it can't be had now: offline, or replaced by a newer deployment
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new BrowserTrouble('no_answer', { cause });
  }
}
