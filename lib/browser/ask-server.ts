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
import { LOST_ANSWERS, type Act } from './lost-answer';

/** @throws BrowserTrouble if the action threw; it may have been done all the same (`lost-answer.ts`) */
export async function askServer<Answer>(act: Act, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    throw new BrowserTrouble(troubleOf(act, cause), { cause });
  }
}

/** Whether what `askServer` threw means that no answer came. */
export function wasCut(error: unknown): error is BrowserTrouble {
  return error instanceof BrowserTrouble && kindOf(error.cause) === 'cut';
}

function troubleOf(act: Act, cause: unknown): TroubleCode {
  const kind = kindOf(cause);
  if (kind === 'outdated') return 'page_outdated';
  // What failed afterwards, when the page was to be rendered again, was done as well.
  const isLook = LOST_ANSWERS[act] === 'no_answer';
  return kind === 'failed' && isLook ? 'server_failed' : LOST_ANSWERS[act];
}

function kindOf(cause: unknown): 'outdated' | 'failed' | 'cut' {
  if (isUnrecognizedActionError(cause)) return 'outdated';
  return cause instanceof Error && 'digest' in cause ? 'failed' : 'cut';
}
