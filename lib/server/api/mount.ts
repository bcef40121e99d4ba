/**
 * Mounts operations as routes of the public interface. Who may call, the limit, the schema and what is
 * done are the operation's, as where a form calls it; a route says the JSON that becomes its fields,
 * and the answer that its outcome becomes.
 */
import 'server-only';
import { z } from 'zod';
import type { Ending, Seal } from '@/lib/sealed/outcomes';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Context, Within } from '../context';
import { perform, type Operation } from '../operation';
import type { JsonObject } from './json';
import type { Problem } from './problem';

export type Answer =
  | { readonly body: object | string | null; readonly isPadded?: boolean }
  | { readonly problem: Problem };

/** Gives one answer for all that repeat a request. */
export type Repeatably = (
  context: Context,
  answer: (within: Within) => Promise<Answer>,
) => Promise<Answer>;

export interface Mounted {
  /** Which the body names, where an address takes both. */
  readonly seal: Seal | undefined;
  readonly body: z.ZodObject;
  /** @param repeatably where it is one of those that are made once, and the client said which */
  readonly ask: (
    sent: { readonly input: JsonObject; readonly bytes: number },
    repeatably: Repeatably | null,
  ) => Promise<Answer>;
}

interface Answered {
  readonly status: 'answered';
  readonly answer: Answer;
}

interface Mounting<Body extends z.ZodObject, Schema extends z.ZodType, Outcome> {
  readonly seal?: Seal;
  readonly body: Body;
  /** The fields as the operation's own schema reads them. */
  readonly fields: (body: z.output<Body>) => z.input<Schema>;
  readonly answer: (outcome: Outcome) => Answer;
}

/** Mounts what is done as often as it is asked. */
export function mount<
  Body extends z.ZodObject,
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
>(
  operation: Operation<Schema, Caller, Outcome>,
  mounting: Mounting<Body, Schema, Outcome>,
): Mounted {
  const mounted = answering(operation, mounting);
  return {
    seal: mounting.seal,
    body: mounting.body,
    ask: async (sent) => (await perform(mounted, NO_FORM, sent)).outcome.answer,
  };
}

/** Mounts what makes something: once, where the client says that it repeats itself. */
export function mountRepeatable<
  Body extends z.ZodObject,
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
>(
  operation: Operation<Schema, Caller, Outcome, Within>,
  mounting: Mounting<Body, Schema, Outcome>,
): Mounted {
  const mounted = answering(operation, mounting);
  return {
    seal: mounting.seal,
    body: mounting.body,
    ask: async (sent, repeatably) => {
      const asked: Operation<z.ZodType<z.output<Schema>>, Caller, Answered> = repeatably === null
        ? mounted
        : {
            ...mounted,
            run: async (context, input, caller) => ({
              status: 'answered',
              answer: await repeatably(
                context,
                async (within) => (await mounted.run(within, input, caller)).answer,
              ),
            }),
          };
      return (await perform(asked, NO_FORM, sent)).outcome.answer;
    },
  };
}

const NO_FORM = {};

function answering<
  Body extends z.ZodObject,
  Schema extends z.ZodType,
  Caller extends object,
  Outcome extends { readonly status: string },
  Works,
>(
  operation: Operation<Schema, Caller, Outcome, Works>,
  { body, fields, answer }: Mounting<Body, Schema, Outcome>,
): Operation<z.ZodType<z.output<Schema>>, Caller, Answered, Works> {
  return {
    ...operation,
    schema: z.preprocess((sent, context) => {
      const read = body.safeParse(sent);
      if (read.success) return fields(read.data);
      for (const issue of read.error.issues) {
        context.addIssue({ code: 'custom', path: placeOf(issue), message: issue.message });
      }
      return z.NEVER;
    }, operation.schema),
    run: async (context, input, caller) => ({
      status: 'answered',
      answer: answer(await operation.run(context, input, caller)),
    }),
    refuse: ([refusal]) => ({ status: 'answered', answer: { problem: refusal } }),
  };
}

/** Where it is wrong: a name too many stands beside the place where it is. */
function placeOf(issue: z.core.$ZodIssue): PropertyKey[] {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return unknown === undefined ? issue.path : [...issue.path, unknown];
}

/** Outcomes that are no answer to what was asked, whatever it was. */
type Failure =
  | { readonly status: 'unknown' | 'unreadable' }
  | { readonly status: 'ended'; readonly ending: Ending }
  | { readonly status: 'refused'; readonly refusal: RefusalCode };

export function failure(outcome: Failure): Answer {
  switch (outcome.status) {
    case 'ended':
      return { problem: { code: 'ended', ending: outcome.ending } };
    case 'refused':
      return { problem: { code: outcome.refusal } };
    default:
      return { problem: { code: outcome.status } };
  }
}
