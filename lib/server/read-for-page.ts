import 'server-only';
import { withinLimit, type Limit } from './limits';
import { logFailure } from './log-failure';
import { answerWith, clientAddress } from './request-context';

export type PageReading<Value> =
  { readonly value: Value } | { readonly refusal: 'too_many_requests' | 'look_failed' };

/**
 * What a page reads when it is shown, within the limit of its address. A
 * database that is away becomes a calm page with its status, not an error.
 */
export async function readForPage<Value>(
  at: string,
  read: () => Promise<Value>,
  limit: Limit = 'ask',
): Promise<PageReading<Value>> {
  try {
    if (!(await withinLimit(limit, clientAddress()))) {
      answerWith(429);
      return { refusal: 'too_many_requests' };
    }
    return { value: await read() };
  } catch (error) {
    logFailure(at, error);
    answerWith(503);
    return { refusal: 'look_failed' };
  }
}
