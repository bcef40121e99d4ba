/**
 * What every server action does before and after its use case, so that none
 * can forget: it takes forms of plain strings only, holds the address to its
 * limit, asks who is calling, checks the fields against a schema, turns a
 * database that is away into an answer, and gives the response its status.
 * Nothing that was posted is logged or returned. Actions are made by
 * `publicAction` and `staffAction`, which say who may call.
 */
import 'server-only';
import type { z } from 'zod';
import { isRefusalCode, type RefusalCode } from '@/lib/refusal-code';
import { signInParty } from './accounts/known-browser';
import { withinLimit, type Limit } from './limits';
import { logFailure } from './log-failure';
import { formSize, readForm } from './read-form';
import { statusOf } from './refusal-status';
import { answerWith, clientAddress } from './request-context';

/** Why a form was refused: a code, and the field it belongs to (null for the form as a whole). */
export interface Refusal {
  readonly field: string | null;
  readonly code: RefusalCode;
}

export interface FormAction<Schema extends z.ZodType, Caller, Outcome> {
  /** Its name in the log. */
  readonly name: string;
  readonly limit: Limit;
  /** Whether it changes nothing: then a database that is away has cost nothing. As in `lost-answer.ts`. */
  readonly isLook?: boolean;
  /** Who is calling, or why they may not. */
  readonly authorise: () => Promise<Caller | { readonly refusal: RefusalCode }>;
  readonly schema: Schema;
  /** What no schema can know: whether this caller may have this now. */
  readonly check?: (input: z.output<Schema>, caller: Caller) => Promise<Refusal | null>;
  readonly run: (input: z.output<Schema>, caller: Caller) => Promise<Outcome>;
  /** Maps refusals, at least one, to what the form shows. */
  readonly refuse: (
    refusals: readonly [Refusal, ...Refusal[]],
    fields: Readonly<Record<string, string>>,
  ) => Outcome;
}

/** What stores something is limited by its kilobytes, too. */
const LIMIT_BY_SIZE: Partial<Record<Limit, Limit>> = {
  create: 'createKilobytes',
  reply: 'replyKilobytes',
};

export function formAction<
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
>(action: FormAction<Schema, Caller, Outcome>): (posted: unknown) => Promise<Outcome> {
  return async (posted) => {
    const fields = readForm(posted);
    const refuse = (refusals: readonly [Refusal, ...Refusal[]]) => {
      answerWith(statusOf(refusals[0].code));
      return action.refuse(refusals, fields ?? {});
    };
    if (fields === null) return refuse([{ field: null, code: 'input_malformed' }]);
    try {
      if (!(await isWithinLimits(action.limit, fields))) {
        return refuse([{ field: null, code: 'too_many_requests' }]);
      }
      const caller = await action.authorise();
      if ('refusal' in caller) return refuse([{ field: null, code: caller.refusal }]);
      const parsed = action.schema.safeParse(fields);
      if (!parsed.success) return refuse(refusalsOf(parsed.error));
      const refusal = (await action.check?.(parsed.data, caller)) ?? null;
      if (refusal !== null) return refuse([refusal]);
      const outcome = await action.run(parsed.data, caller);
      reflectOutcome(outcome);
      return outcome;
    } catch (error) {
      logFailure(action.name, error);
      return refuse([
        { field: null, code: action.isLook === true ? 'look_failed' : 'unavailable' },
      ]);
    }
  };
}

async function isWithinLimits(
  limit: Limit,
  fields: Readonly<Record<string, string>>,
): Promise<boolean> {
  const address = limit === 'signIn' ? await signInParty() : clientAddress();
  const bySize = LIMIT_BY_SIZE[limit];
  const kilobytes = Math.ceil(formSize(fields) / 1024);
  const held = await Promise.all([
    withinLimit(limit, address),
    bySize === undefined || withinLimit(bySize, address, kilobytes),
  ]);
  return held.every(Boolean);
}

/** One refusal a field, in the order of the form. */
function refusalsOf(error: z.ZodError): [Refusal, ...Refusal[]] {
  const refusals = new Map<string | null, Refusal>();
  for (const issue of error.issues) {
    const field = typeof issue.path[0] === 'string' ? issue.path[0] : null;
    // A message of a schema is a code by construction (see lib/messages/schema.ts).
    const code = isRefusalCode(issue.message) ? issue.message : 'input_malformed';
    if (!refusals.has(field)) refusals.set(field, { field, code });
  }
  const [first, ...rest] = refusals.values();
  return first === undefined ? [{ field: null, code: 'input_malformed' }] : [first, ...rest];
}

interface Answer {
  readonly status: string;
  /** Why it was refused, where that is one thing … */
  readonly refusal?: unknown;
  /** … or one for each field. */
  readonly errors?: unknown;
}

/** Gives the response of an action the status of what it says. */
function reflectOutcome({ status, refusal, errors }: Answer): void {
  if (status === 'unknown') {
    answerWith(404);
    return;
  }
  const ofFields: unknown[] = isObject(errors) ? Object.values(errors) : [];
  const reasons = [refusal, ...ofFields];
  const reason = reasons.find((one) => typeof one === 'string' && isRefusalCode(one));
  answerWith(reason === undefined ? 200 : statusOf(reason));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
