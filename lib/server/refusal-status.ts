import type { RefusalCode } from '@/lib/refusal-code';

export type RefusalStatus = 200 | 400 | 401 | 403 | 404 | 410 | 429 | 500 | 503;

/** By kinds: refusals of one kind have one status, by whichever door they come. */
const STATUS_OF: Partial<Record<RefusalCode, RefusalStatus>> = {
  // A question, and no error.
  destroy_unconfirmed: 200,
  // Who it is has not been shown, or not enough.
  sign_in_required: 401,
  sign_in_wrong: 401,
  password_wrong: 401,
  second_factor_needed: 401,
  second_factor_wrong: 401,
  second_factor_used: 401,
  // Not theirs to do.
  not_allowed: 403,
  invitation_needed: 403,
  // What it names is not there (any more).
  invitation_unknown: 404,
  recovery_unknown: 404,
  member_unknown: 404,
  reader_unknown: 404,
  // It was there, and has ended.
  reply_taken_back: 410,
  replies_full: 410,
  request_closed: 410,
  request_expired: 410,
  // Later.
  too_many_requests: 429,
  hand_over_asked: 429,
  sign_in_slowed: 429,
  password_slowed: 429,
  code_slowed: 429,
  first_code_slowed: 429,
  // The server's own trouble.
  busy: 503,
  database_restored: 503,
  unavailable: 503,
  look_failed: 503,
  // A bug of ours: the same again would come to the same.
  fault: 500,
  fault_in_look: 500,
};

/** The status of an answer that refuses. What is not named is a mistake in what was sent. */
export function statusOf(refusal: RefusalCode): RefusalStatus {
  return STATUS_OF[refusal] ?? 400;
}
