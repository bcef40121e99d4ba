/**
 * Calling a server action so that a lost answer is told from a refusal.
 *
 * The framework throws for both, so the kinds are read off what it throws: an
 * error that the app itself raised carries a `digest`; an action of another
 * deployment has its own class; everything else (a failed fetch, a cut stream,
 * a page of a proxy instead of an answer) means that no answer came.
 */
import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { BrowserTrouble, type TroubleCode } from './browser-trouble';

/** @throws BrowserTrouble if the action threw */
export async function askServer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    throw new BrowserTrouble(kindOf(cause), { cause });
  }
}

function kindOf(cause: unknown): TroubleCode {
  if (isUnrecognizedActionError(cause)) return 'page_outdated';
  return cause instanceof Error && 'digest' in cause ? 'server_failed' : 'no_answer';
}
