/** Why something was refused or failed, as the public interface tells it: RFC 9457, problem details. */
import type { Ending } from '@/lib/sealed/outcomes';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals } from '@/messages/en/errors';
import { statusOf } from '../refusal-status';

interface OwnProblem {
  readonly status: number;
  readonly title: string;
}

/** What no form is told: of the request as such, and of what an answer of an operation says by itself. */
const OWN = {
  body_malformed: {
    status: 400,
    title:
      'The body is not one JSON object in UTF-8, of whole characters, each of whose names stands once.',
  },
  idempotency_key_weak: {
    status: 400,
    title: 'An Idempotency-Key has 22 to 255 visible ASCII characters, drawn at random.',
  },
  request_malformed: { status: 400, title: 'This request is malformed.' },
  foreign_request: {
    status: 403,
    title: 'A page of another site, or plain http, may not ask this. Nothing was done.',
  },
  unknown: {
    status: 404,
    title: 'There is nothing that this names and proves: never, or not any more.',
  },
  address_unknown: { status: 404, title: 'There is no such address. /docs/api names all of them.' },
  method_not_allowed: { status: 405, title: 'This address takes another method: see Allow.' },
  ended: { status: 410, title: 'This has ended: see `ending`.' },
  unreadable: {
    status: 410,
    title: 'What is stored was altered or damaged. Nothing was counted or used up.',
  },
  body_too_large: { status: 413, title: 'This is too large. Nothing was stored.' },
  content_type_unsupported: {
    status: 415,
    title: 'A body is application/json, as it is: without a content encoding.',
  },
  misdirected: { status: 421, title: 'This site does not answer under that name.' },
  idempotency_key_reused: {
    status: 422,
    title: 'Another body was sent with this Idempotency-Key. Nothing was done.',
  },
} as const satisfies Readonly<Record<string, OwnProblem>>;

type OwnCode = keyof typeof OWN;

export type ProblemCode = RefusalCode | OwnCode;

function isOwn(code: string): code is OwnCode {
  return Object.hasOwn(OWN, code);
}

/** Of the codes of forms those that an operation of the interface can be refused with. */
const OF_FORMS: readonly RefusalCode[] = [
  'input_malformed',
  'text_hidden',
  'secret_missing',
  'secret_too_large',
  'secret_too_large_for_all',
  'fields_missing',
  'too_many_fields',
  'field_label_missing',
  'field_label_too_long',
  'expiry_unknown',
  'expiry_not_allowed',
  'passphrase_required',
  'passphrase_too_long',
  'passphrase_control',
  'passphrase_space',
  'passphrase_too_new',
  'note_too_long',
  'recipient_too_long',
  'too_many_recipients',
  'sign_in_required',
  'passphrase_missing',
  'passphrase_wrong',
  'link_incomplete',
  'link_altered',
  'reply_missing',
  'reply_incomplete',
  'reply_empties_unconfirmed',
  'reply_too_large',
  'reply_taken_back',
  'replies_full',
  'request_closed',
  'request_expired',
  'too_many_requests',
  'busy',
  'unavailable',
  'look_failed',
  'fault',
  'fault_in_look',
  'database_restored',
];

/** Every code that there is. */
export const PROBLEM_CODES: readonly ProblemCode[] = [
  ...Object.keys(OWN).filter(isOwn),
  ...OF_FORMS,
];

/** Where the sentence of a page would not fit a program. */
const TITLES: Partial<Record<ProblemCode, string>> = {
  input_malformed: 'Something is missing, unknown here, or not of its form.',
  sign_in_required: 'This takes an account, and this interface knows none.',
};

export interface Problem {
  readonly code: ProblemCode;
  /** What of the body it is about. */
  readonly field?: string | null;
  readonly ending?: Ending;
  readonly triesLeft?: number | null;
}

export function statusOfProblem(code: ProblemCode): number {
  if (isOwn(code)) return OWN[code].status;
  const status = statusOf(code);
  // Nothing that could be sent along would help: no way of signing in is known here.
  return status === 401 ? 403 : status;
}

export function titleOfProblem(code: ProblemCode): string {
  return TITLES[code] ?? (isOwn(code) ? OWN[code].title : refusals[code]);
}

/** Seconds, at the most: limits are counted in windows. Behind a restored database an owner decides first. */
export function retryAfterOf(code: ProblemCode): number | null {
  if (code === 'database_restored') return 3_600;
  const status = statusOfProblem(code);
  return status === 429 ? 600 : status === 503 ? 5 : null;
}

/** @param origin of this instance, on which the codes are explained */
export function problemDetails(origin: string, { code, ...more }: Problem): object {
  return {
    type: `${origin}/docs/api#${code}`,
    title: titleOfProblem(code),
    status: statusOfProblem(code),
    code,
    ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null)),
  };
}
