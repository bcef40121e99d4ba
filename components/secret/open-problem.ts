import type { ShownTrouble } from '@/components/secret/use-work';
import { troubleCodeOf } from '@/lib/browser/browser-trouble';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals, troubles } from '@/messages/en/errors';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

export type OpenStep = keyof typeof open.waiting.steps;

/** Why a secret was not opened, where to say so, and what helps. */
export interface OpenProblem {
  readonly field: 'passphrase' | 'form';
  readonly text: string;
  readonly remedy: 'retry' | 'reload' | null;
}

export function problemOfTrouble(code: ShownTrouble): OpenProblem {
  const remedy = code === 'page_outdated' ? 'reload' : 'retry';
  return { field: 'form', text: troubles[code], remedy };
}

/** The problem that an error makes; a cancelled work made none. */
export function problemOfThrown(error: unknown): OpenProblem | null {
  const code = troubleCodeOf(error);
  return code === 'cancelled' ? null : problemOfTrouble(code);
}

/** @param triesLeft how many more passphrases may be wrong; null if unknown or none is needed */
export function problemOfRefusal(code: RefusalCode, triesLeft: number | null): OpenProblem {
  switch (code) {
    case 'passphrase_wrong':
      return { field: 'passphrase', text: wrongPassphrase(triesLeft), remedy: null };
    case 'passphrase_missing':
      return { field: 'passphrase', text: open.waiting.passphrase.missing, remedy: null };
    case 'passphrase_too_long':
      return { field: 'passphrase', text: refusals[code], remedy: null };
    case 'too_many_requests':
    case 'busy':
    case 'unavailable':
    case 'look_failed':
      return { field: 'form', text: refusals[code], remedy: 'retry' };
    case 'input_malformed':
      return { field: 'form', text: refusals[code], remedy: 'reload' };
    default:
      return { field: 'form', text: refusals[code], remedy: null };
  }
}

function wrongPassphrase(triesLeft: number | null): string {
  if (triesLeft === null) return refusals.passphrase_wrong;
  return triesLeft === 1
    ? open.waiting.lastTry
    : fill(open.waiting.wrongPassphrase, { count: triesLeft });
}

/** A script submitted the form, or nothing tells that a person did. */
export const PRESS_YOURSELF: OpenProblem = {
  field: 'form',
  text: open.waiting.pressYourself,
  remedy: null,
};
