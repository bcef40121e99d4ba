/**
 * Mounts operations as server actions, which is how forms call them: with and without JavaScript.
 * The response gets the status of what its outcome says.
 */
import 'server-only';
import type { z } from 'zod';
import { isRefusalCode } from '@/lib/refusal-code';
import { perform, type Operation } from './operation';
import { statusOf, type RefusalStatus } from './refusal-status';
import { answerWith } from './request-context';

/** An action that a script calls with a form. */
export function action<
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
>(operation: Operation<Schema, Caller, Outcome>): (form: FormData) => Promise<Outcome> {
  return async (form) => {
    const { outcome, refusal } = await perform(operation, readForm(form));
    answerWith(refusal === null ? statusOfOutcome(outcome) : statusOf(refusal));
    return outcome;
  };
}

/** An action that a form posts to by itself, and whose outcome is what the page then shows. */
export function formAction<
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
>(
  operation: Operation<Schema, Caller, Outcome>,
): (previous: unknown, form: FormData) => Promise<Outcome> {
  const act = action(operation);
  return (_previous, form) => act(form);
}

/** React's own fields, which carry the action's name and its previous state. */
const FRAMEWORK_FIELD = /^\$ACTION_|^\d+_\$ACTION_/;

/**
 * The fields of a form. null for anything but a form whose fields are single
 * strings: a file, a field given twice or an object posted by hand.
 */
export function readForm(posted: unknown): Record<string, string> | null {
  if (!(posted instanceof FormData)) return null;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of posted) {
    if (FRAMEWORK_FIELD.test(name)) continue;
    if (typeof value !== 'string' || name in fields) return null;
    fields[name] = value;
  }
  return fields;
}

interface Answer {
  readonly status: string;
  /** Why it was refused, where that is one thing … */
  readonly refusal?: unknown;
  /** … or one for each field. */
  readonly errors?: unknown;
}

function statusOfOutcome({ status, refusal, errors }: Answer): RefusalStatus {
  if (status === 'unknown') return 404;
  const ofFields: unknown[] =
    typeof errors === 'object' && errors !== null ? Object.values(errors) : [];
  const reason = [refusal, ...ofFields].find(
    (one) => typeof one === 'string' && isRefusalCode(one),
  );
  return reason === undefined ? 200 : statusOf(reason);
}
