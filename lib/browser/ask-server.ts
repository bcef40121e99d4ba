/**
 * Calling a server action so that a lost answer is told from a refusal. An answer that the database is
 * away is as good as lost: it may have gone away once the act was done.
 *
 * The framework throws for both, so the kinds are read off what it throws: an
 * error that the app itself raised carries a `digest`; an action of another
 * deployment has its own class; everything else (a failed fetch, a cut stream,
 * a page of a proxy instead of an answer) means that no answer came.
 */
import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { BrowserTrouble, type TroubleCode } from './browser-trouble';
import { LOST_ANSWERS, type Act } from './lost-answer';

/** The parts of an action's answer that say why it was refused. */
export interface Answer {
  readonly status: string;
  readonly refusal?: string | null;
  readonly errors?: Readonly<Partial<Record<string, string>>>;
}

/**
 * @throws BrowserTrouble if the action threw, or can't say what came of it; it may have been done all
 * the same (`lost-answer.ts`)
 */
export async function askServer<Result extends Answer>(
  act: Act,
  ask: () => Promise<Result>,
): Promise<Result> {
  let answer: Result;
  try {
    answer = await ask();
  } catch (cause) {
    throw new BrowserTrouble(troubleOf(act, cause), { cause });
  }
  if (isAway(answer) && !isLook(act)) throw new BrowserTrouble(LOST_ANSWERS[act]);
  return answer;
}

/** Whether an action was refused since the database is away. */
export function isAway({ refusal, errors }: Answer): boolean {
  const refusals = [refusal, ...Object.values(errors ?? {})];
  return refusals.includes('unavailable') || refusals.includes('look_failed');
}

/** Whether what `askServer` threw means that no answer came, or none that says what came of it. */
export function wasCut(error: unknown): error is BrowserTrouble {
  return error instanceof BrowserTrouble && kindOf(error.cause) === 'cut';
}

function troubleOf(act: Act, cause: unknown): TroubleCode {
  const kind = kindOf(cause);
  if (kind === 'outdated') return 'page_outdated';
  // What failed afterwards, when the page was to be rendered again, was done as well.
  return kind === 'failed' && isLook(act) ? 'server_failed' : LOST_ANSWERS[act];
}

function isLook(act: Act): boolean {
  return LOST_ANSWERS[act] === 'no_answer';
}

function kindOf(cause: unknown): 'outdated' | 'failed' | 'cut' {
  if (isUnrecognizedActionError(cause)) return 'outdated';
  return cause instanceof Error && 'digest' in cause ? 'failed' : 'cut';
}
