/**
 * What every public server action does before and after its use case, so that
 * none can forget: it takes forms of plain strings only, holds the address to
 * its limit, checks the fields against a schema, turns a database that is away
 * into an answer, and gives the response its status. Nothing that was posted
 * is logged or returned.
 */
import 'server-only';
import type { z } from 'zod';
import type { RefusalCode } from '@/lib/messages/outcomes';
import { DatabaseAway, DatabaseFault } from './database-errors';
import { withinLimit, type Limit } from './limits';
import { log } from './log';
import { formSize, readForm } from './read-form';
import { answerWith, clientAddress } from './request-context';

/** Why a form was refused: a code, and the field it belongs to (null for the form as a whole). */
export interface Refusal {
  readonly field: string | null;
  readonly code: RefusalCode;
}

export interface PublicAction<Schema extends z.ZodType, Outcome> {
  /** Its name in the log. */
  readonly name: string;
  readonly limit: Limit;
  readonly schema: Schema;
  readonly run: (input: z.output<Schema>) => Promise<Outcome>;
  /** Maps refusals, at least one, to what the form shows. */
  readonly refuse: (
    refusals: readonly [Refusal, ...Refusal[]],
    fields: Readonly<Record<string, string>>,
  ) => Outcome;
}

const STATUS_OF: Partial<Record<RefusalCode, 429 | 503>> = {
  too_many_requests: 429,
  busy: 503,
  database_rewound: 503,
  unavailable: 503,
};

export function publicAction<Schema extends z.ZodType, Outcome extends { readonly status: string }>(
  action: PublicAction<Schema, Outcome>,
): (posted: unknown) => Promise<Outcome> {
  return async (posted) => {
    const fields = readForm(posted);
    const refuse = (refusals: readonly [Refusal, ...Refusal[]]) => {
      answerWith(STATUS_OF[refusals[0].code] ?? 400);
      return action.refuse(refusals, fields ?? {});
    };
    if (fields === null) return refuse([{ field: null, code: 'input_malformed' }]);
    try {
      if (!(await isWithinLimits(action.limit, fields))) {
        return refuse([{ field: null, code: 'too_many_requests' }]);
      }
      const parsed = action.schema.safeParse(fields);
      if (!parsed.success) return refuse(refusalsOf(parsed.error));
      const outcome = await action.run(parsed.data);
      reflectOutcome(outcome);
      return outcome;
    } catch (error) {
      logFailure(action.name, error);
      return refuse([{ field: null, code: 'unavailable' }]);
    }
  };
}

async function isWithinLimits(
  limit: Limit,
  fields: Readonly<Record<string, string>>,
): Promise<boolean> {
  const address = clientAddress();
  if (!(await withinLimit(limit, address))) return false;
  return (
    limit !== 'create' ||
    withinLimit('createKilobytes', address, Math.ceil(formSize(fields) / 1024))
  );
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

const REFUSAL_CODES: Record<RefusalCode, true> = {
  secret_missing: true,
  secret_too_large: true,
  expiry_unknown: true,
  passphrase_too_long: true,
  passphrase_missing: true,
  passphrase_wrong: true,
  note_too_long: true,
  show_unconfirmed: true,
  link_incomplete: true,
  input_malformed: true,
  too_many_requests: true,
  busy: true,
  database_rewound: true,
  unavailable: true,
};

function isRefusalCode(message: string): message is RefusalCode {
  return Object.hasOwn(REFUSAL_CODES, message);
}

/** Gives the response of an action the status of what it says. */
function reflectOutcome(outcome: { readonly status: string; readonly refusal?: unknown }): void {
  if (outcome.status === 'unknown') answerWith(404);
  else if (typeof outcome.refusal === 'string' && isRefusalCode(outcome.refusal)) {
    answerWith(STATUS_OF[outcome.refusal] ?? 400);
  } else answerWith(200);
}

/** A database that is away is told as such; anything else is a bug, told by the code it has. */
export function logFailure(at: string, error: unknown): void {
  if (error instanceof DatabaseAway) {
    log.warn('database_away', { at });
    return;
  }
  const name = error instanceof Error ? error.name : 'unknown';
  const code = error instanceof DatabaseFault ? error.code : name;
  log.error('request_failed', { at, code });
}
