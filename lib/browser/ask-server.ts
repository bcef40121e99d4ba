/**
 * Calling a server action so that a lost answer is told from a refusal, and asking again where that
 * can do no harm. An answer that the database is away is as good as lost: it may have gone away once
 * the act was done. A bug of the server may have broken it off as late; but it is never asked again by
 * itself, since the same would come of it.
 *
 * The framework throws for all of these, so the kinds are read off what it throws: an
 * error that the app itself raised carries a `digest`; an action of another
 * deployment has its own class; everything else (a failed fetch, a cut stream,
 * a page of a proxy instead of an answer) means that no answer came.
 */
import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import {
  BrowserTrouble,
  faultIn,
  LOST_ANSWERS,
  type Act,
  type TroubleCode,
} from './browser-trouble';

/** The parts of an action's answer that say why it was refused. */
export interface Answer {
  readonly status: string;
  readonly refusal?: string | null;
  readonly errors?: Readonly<Partial<Record<string, string>>>;
}

/**
 * @throws BrowserTrouble if the action threw, or can't say what came of it; it may have been done all
 * the same (`LOST_ANSWERS`)
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
  const refusals = refusalsOf(answer);
  if (refusals.includes('fault')) throw new BrowserTrouble(faultIn(act));
  if (refusals.includes('unavailable')) throw new BrowserTrouble(LOST_ANSWERS[act]);
  return answer;
}

function refusalsOf({ refusal, errors }: Answer): readonly unknown[] {
  return [refusal, ...Object.values(errors ?? {})];
}

/** Whether what `askServer` threw means that no answer came, or none that says what came of it. */
function wasCut(act: Act, error: unknown): boolean {
  return error instanceof BrowserTrouble && error.code === LOST_ANSWERS[act];
}

function troubleOf(act: Act, cause: unknown): TroubleCode {
  if (isUnrecognizedActionError(cause)) return 'page_outdated';
  // What failed afterwards, when the page was to be rendered again, was done as well.
  const hasFailed = cause instanceof Error && 'digest' in cause;
  return hasFailed ? faultIn(act) : LOST_ANSWERS[act];
}

/** Milliseconds before the second, third and fourth try. */
const WAITS = [600, 1800, 4500] as const;

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Asks a few times where the answer was lost or the database is away, with
 * growing waits. Only for what may be asked twice: looking, and claiming by
 * one and the same nonce.
 *
 * @throws BrowserTrouble if no answer came to the last try, or at once for a bug or any other failure
 */
export async function askAgain<Result extends Answer>(
  act: Act,
  ask: () => Promise<Result>,
  waits: readonly number[] = WAITS,
): Promise<Result> {
  for (const wait of waits) {
    try {
      const answer = await askServer(act, ask);
      if (!refusalsOf(answer).includes('look_failed')) return answer;
    } catch (error) {
      if (!wasCut(act, error)) throw error;
    }
    await pause(wait);
  }
  return askServer(act, ask);
}

/**
 * Claims by one nonce. With a passphrase it asks once only: a wrong one may be
 * counted each time it arrives, and a person should decide to spend a try.
 *
 * @throws BrowserTrouble
 */
export function askToClaim<Result extends Answer>(
  act: Act,
  ask: () => Promise<Result>,
  hasPassphrase: boolean,
): Promise<Result> {
  return askAgain(act, ask, hasPassphrase ? [] : WAITS);
}

/** Milliseconds; after these the lease ends by itself anyway. */
const LEASE_WAITS = [1000, 3000, 8000, 20_000] as const;

/**
 * Tells the server that the secret has been shown, so that the ciphertext goes
 * now and not when the lease ends. No page waits for it, and none says
 * that it failed: then the lease does the same a little later.
 *
 * @param claim what it was claimed by, as the fields of the action
 */
export async function acknowledgeQuietly(
  ask: (form: FormData) => Promise<{ readonly status: 'done' | 'refused' }>,
  claim: Readonly<Record<string, string>>,
): Promise<void> {
  const form = new FormData();
  for (const [field, value] of Object.entries(claim)) form.set(field, value);
  try {
    await askAgain('acknowledge', () => ask(form), LEASE_WAITS);
  } catch {
    // The lease ends the claim.
  }
}

/** The form that an action takes. */
export function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
