/**
 * What can be asked of Sealpost. An operation is declared once, beside what it does: its name, who
 * may call it, its limit and its schema; and mounted where it is called from (`action.ts`). A mount
 * can forget none of what stands here: it holds the client's address to its limit, asks who
 * is calling, checks the fields against the schema, and turns a database that is away into an answer,
 * and a bug into another. Nothing that was sent is logged or returned.
 */
import 'server-only';
import type { z } from 'zod';
import { isRefusalCode, type RefusalCode } from '@/lib/refusal-code';
import { signInParty } from './accounts/known-browser';
import { processContext, type Context } from './context';
import { withinLimit, type Limit } from './limits';
import { logFailure, REFUSALS_OF_FAILURE } from './log-failure';
import { clientAddress } from './request-context';

/** Why something was refused: a code, and the field it belongs to (null for the whole). */
export interface Refusal {
  readonly field: string | null;
  readonly code: RefusalCode;
}

/** At least one, in the order of the form. */
export type Refusals = readonly [Refusal, ...Refusal[]];

/** @typeParam Works what `run` works with: `Within`, where it may be part of a transaction */
export interface Operation<Schema extends z.ZodType, Caller, Outcome, Works = Context> {
  /** Its name in the log. */
  readonly name: string;
  /** Who is calling, or why they may not: `anyone`, `member`, `owner` or `sender`. */
  readonly who: () => Promise<Caller | { readonly refusal: RefusalCode }>;
  readonly limit: Limit;
  /** Whether it changes nothing: then what fails has cost nothing. As in `LOST_ANSWERS`. */
  readonly isLook?: boolean;
  readonly schema: Schema;
  /** What no schema can know: whether this caller may have this now. */
  readonly check?: (input: z.output<Schema>, caller: Caller) => Promise<Refusal | null>;
  readonly run: (context: Works, input: z.output<Schema>, caller: Caller) => Promise<Outcome>;
  /** Maps refusals to what the caller is shown, which may take another look. */
  readonly refuse: (
    refusals: Refusals,
    fields: Readonly<Record<string, string>>,
    context: Context,
  ) => Outcome | Promise<Outcome>;
}

/** Declares an operation. */
export function operation<
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
  Works = Context,
>(declared: Operation<Schema, Caller, Outcome, Works>): Operation<Schema, Caller, Outcome, Works> {
  return declared;
}

const ANYONE = {};

/** For what no account is needed: sealing, opening, replying, signing in. */
export function anyone(): Promise<object> {
  return Promise.resolve(ANYONE);
}

/** The first refusal, as most callers are told it. */
export function byCode([{ code }]: Refusals): {
  readonly status: 'refused';
  readonly refusal: RefusalCode;
} {
  return { status: 'refused', refusal: code };
}

/** The first refusal, and the field it stands beside. */
export function byField([{ code, field }]: Refusals): {
  readonly status: 'refused';
  readonly refusal: RefusalCode;
  readonly field: string | null;
} {
  return { status: 'refused', refusal: code, field };
}

/** What stores something is limited by its kilobytes, too. */
const LIMIT_BY_SIZE: Partial<Record<Limit, Limit>> = {
  create: 'createKilobytes',
  reply: 'replyKilobytes',
};

export interface Performed<Outcome> {
  readonly outcome: Outcome;
  /** Why it was refused before it ran, or broke off; null where the outcome says all there is. */
  readonly refusal: RefusalCode | null;
}

/** What was sent, as the schema reads it, and how long it was. */
interface Sent {
  readonly input: unknown;
  readonly bytes: number;
}

/**
 * @param fields as they were sent; null for what is no form of single strings
 * @param sent where it is something else than a form
 */
export async function perform<
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
>(
  operation: Operation<Schema, Caller, Outcome>,
  fields: Readonly<Record<string, string>> | null,
  sent: Sent = { input: fields, bytes: formSize(fields ?? {}) },
): Promise<Performed<Outcome>> {
  const context = processContext();
  const refuse = async (...refusals: Refusals) => ({
    outcome: await operation.refuse(refusals, fields ?? {}, context),
    refusal: refusals[0].code,
  });
  if (fields === null) return refuse({ field: null, code: 'input_malformed' });
  try {
    if (!(await isWithinLimits(operation.limit, sent.bytes))) {
      return await refuse({ field: null, code: 'too_many_requests' });
    }
    const caller = await operation.who();
    if ('refusal' in caller) return await refuse({ field: null, code: caller.refusal });
    const parsed = operation.schema.safeParse(sent.input);
    if (!parsed.success) return await refuse(...refusalsOf(parsed.error));
    const refusal = (await operation.check?.(parsed.data, caller)) ?? null;
    if (refusal !== null) return await refuse(refusal);
    return { outcome: await operation.run(context, parsed.data, caller), refusal: null };
  } catch (error) {
    const failure = logFailure(operation.name, error);
    const codes = REFUSALS_OF_FAILURE[operation.isLook === true ? 'look' : 'act'];
    return refuse({ field: null, code: codes[failure] });
  }
}

async function isWithinLimits(limit: Limit, bytes: number): Promise<boolean> {
  const party = limit === 'signIn' ? await signInParty() : clientAddress();
  const bySize = LIMIT_BY_SIZE[limit];
  const held = await Promise.all([
    withinLimit(limit, party),
    bySize === undefined || withinLimit(bySize, party, Math.ceil(bytes / 1024)),
  ]);
  return held.every(Boolean);
}

/** Bytes of text in a form, for the limit on what may be stored. */
export function formSize(fields: Readonly<Record<string, string>>): number {
  return Object.values(fields).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}

/** One refusal a field. */
function refusalsOf(error: z.ZodError): Refusals {
  const refusals = new Map<string | null, Refusal>();
  for (const issue of error.issues) {
    const field = typeof issue.path[0] === 'string' ? issue.path[0] : null;
    // A message of a schema is a code by construction (see lib/sealed/schema.ts).
    const code = isRefusalCode(issue.message) ? issue.message : 'input_malformed';
    if (!refusals.has(field)) refusals.set(field, { field, code });
  }
  const [first, ...rest] = refusals.values();
  return first === undefined ? [{ field: null, code: 'input_malformed' }] : [first, ...rest];
}
