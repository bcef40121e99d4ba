/** What a page or action may know and say about the HTTP request it answers. */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { once } from './runtime';

export interface RequestContext {
  /** The client's address, from trusted proxies only. */
  readonly clientAddress: string;
  /** Nobody waits for the answer any more. */
  readonly hasLeft: () => boolean;
  /** Whether a cookie counts. The public interface knows no session, so no other site can use one. */
  readonly takesCookies: boolean;
  /** Calls once the answer is out, or nobody waits for it any more. */
  readonly onceAnswered: (call: () => void) => void;
  /** The status that the answer gets in place of 200; null while nobody has said. */
  status: number | null;
}

export const requestContexts = once(
  'request contexts',
  () => new AsyncLocalStorage<RequestContext>(),
);

/**
 * The answer's status. The first to say it counts: after an action the page is
 * rendered around its outcome, and what the page then sees is not the answer.
 */
export function answerWith(status: 200 | 400 | 401 | 403 | 404 | 410 | 429 | 500 | 503): void {
  const context = requestContexts().getStore();
  if (context !== undefined) context.status ??= status;
}

/**
 * The client's address for limits. Without a context (a bug in the set-up)
 * everybody shares one address, so that limits get stricter, not looser.
 */
export function clientAddress(): string {
  return requestContexts().getStore()?.clientAddress ?? 'unknown';
}

/** Whether the client closed the connection: what it asked for would be done for nobody. */
export function clientHasLeft(): boolean {
  return requestContexts().getStore()?.hasLeft() ?? false;
}

export function takesCookies(): boolean {
  return requestContexts().getStore()?.takesCookies ?? true;
}

const outside = once('outside of requests', () => new AsyncResource('sealpost'));

/**
 * Runs work whose timers outlive the request that caused it. A timer keeps the whole context in which
 * it was set: the framework's too, and with it what was posted. So such work is done outside of every
 * request. The first call, before there is one, decides what outside is.
 */
export function outsideRequests<Result>(work: () => Result): Result {
  return outside().runInAsyncScope(work);
}
