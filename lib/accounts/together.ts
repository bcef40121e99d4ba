/**
 * An act on accounts: what it changes, the mail that tells of it and its count in the history hold
 * together, or nothing of it does.
 */
import 'server-only';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Context, Within } from '@/lib/server/context';
import { makeCounted } from '@/lib/server/history/counted-change';
import type { DoneResult, Refused } from './outcomes';

/**
 * Runs what changes a way in, queues the mail that tells of it, and counts it in the history unless it
 * is refused.
 *
 * @param work with the context to use meanwhile
 */
export function together<Outcome extends { readonly status: string }>(
  context: Context,
  work: (within: Within) => Promise<Outcome>,
): Promise<Outcome> {
  return makeCounted(
    context.database,
    context.history,
    (database) => work({ ...context, database }),
    ({ status }) => status !== 'refused',
  );
}

export const DONE: DoneResult = { status: 'done' };

/** @param field of the form; null for all of it */
export function refused(refusal: RefusalCode, field: string | null = null): Refused {
  return { status: 'refused', refusal, field };
}

/** What a statement came to, as an answer. */
export function doneOrRefused(outcome: 'done' | RefusalCode): DoneResult {
  return outcome === 'done' ? DONE : refused(outcome);
}
