import 'server-only';
import { processContext, type Context } from './context';
import { withinLimit, type Limit } from './limits';
import { logFailure, REFUSALS_OF_FAILURE } from './log-failure';
import { statusOf, type RefusalStatus } from './refusal-status';
import { answerWith, clientAddress } from './request-context';

/** Why a page has nothing to show just now. */
export type PageRefusal = 'too_many_requests' | 'look_failed' | 'fault_in_look';

export type PageReading<Value> = { readonly value: Value } | { readonly refusal: PageRefusal };

/**
 * What a page reads when it is shown, within the limit of its address. A database that is away, and a
 * bug, each become a calm page that says so with its status, not an error.
 */
export async function readForPage<Value>(
  at: string,
  read: () => Promise<Value>,
  limit: Limit = 'ask',
): Promise<PageReading<Value>> {
  try {
    if (await withinLimit(limit, clientAddress())) return { value: await read() };
    return refuse('too_many_requests');
  } catch (error) {
    return refuse(REFUSALS_OF_FAILURE.look[logFailure(at, error)]);
  }
}

function refuse(refusal: PageRefusal): { readonly refusal: PageRefusal } {
  answerWith(statusOf(refusal));
  return { refusal };
}

/** The statuses of pages of links that show something else than what was sent or asked for. */
const STATUS_OF: Partial<Record<string, RefusalStatus>> = {
  unknown: 404,
  ended: 410,
  unreadable: 410,
  full: 410,
  closed: 410,
  expired: 410,
};

/**
 * What the page of a link shows, with its status.
 *
 * @param statuses where what is found is not all that the page may show
 */
export async function lookForPage<Look extends { readonly status: string }>(
  at: string,
  look: (context: Context) => Promise<Look>,
  statuses = STATUS_OF,
): Promise<Look | { readonly status: 'refused'; readonly refusal: PageRefusal }> {
  const found = await readForPage(at, () => look(processContext()));
  if ('refusal' in found) return { status: 'refused', refusal: found.refusal };
  const status = statuses[found.value.status];
  if (status !== undefined) answerWith(status);
  return found.value;
}
