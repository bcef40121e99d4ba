import type { BrowserContext, ConsoleMessage, Request, Response } from '@playwright/test';

/** Chromium repeats the status of an answer as an error; answers are watched themselves. */
const STATUS_MESSAGE = /^Failed to load resource: the server responded with a status of \d+/;

/** The page was left while the answer was under way. */
const LEFT = 'net::ERR_ABORTED';

/**
 * Notices what no page may do in any flow: messages in the console (a breach of the content
 * security policy and a failed hydration are among them), uncaught errors, failed requests,
 * requests to other hosts, and answers that are errors unless a test said it expects them.
 */
export class PageWatch {
  readonly problems: string[] = [];
  readonly #allowed: RegExp[] = [];
  readonly #statuses = new Set<number>();
  readonly #origins: readonly string[];
  readonly #hasScripts: boolean;

  constructor(origin: string, { hasScripts = true } = {}) {
    this.#origins = [origin];
    this.#hasScripts = hasScripts;
  }

  /** Problems that this test brings about on purpose. */
  allow(...problems: RegExp[]): void {
    this.#allowed.push(...problems);
  }

  /** Statuses of 400 and above that this test brings about on purpose. */
  allowStatus(...statuses: number[]): void {
    for (const status of statuses) this.#statuses.add(status);
  }

  /** Watches every page of `context`, also those still to come. */
  attach(
    context: BrowserContext,
    {
      moreOrigins = [],
      hasScripts = this.#hasScripts,
    }: { moreOrigins?: readonly string[]; hasScripts?: boolean } = {},
  ): void {
    const origins = [...this.#origins, ...moreOrigins];
    context.on('console', (message) => {
      this.#onConsole(message);
    });
    context.on('weberror', (error) => {
      this.#note(`uncaught: ${String(error.error())}`);
    });
    context.on('request', (request) => {
      this.#onRequest(request, origins);
    });
    context.on('requestfailed', (request) => {
      this.#onFailed(request, hasScripts);
    });
    context.on('response', (response) => {
      this.#onResponse(response);
    });
  }

  #onConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (STATUS_MESSAGE.test(message.text())) return;
    this.#note(`console ${message.type()}: ${message.text()}`);
  }

  #onRequest(request: Request, origins: readonly string[]): void {
    const url = new URL(request.url());
    const isOurs = origins.includes(url.origin) || url.protocol === 'data:';
    const isOwnFile = url.protocol === 'blob:' && origins.includes(new URL(url.pathname).origin);
    if (!isOurs && !isOwnFile) this.#note(`another host: ${request.url()}`);
  }

  #onFailed(request: Request, hasScripts: boolean): void {
    const reason = request.failure()?.errorText ?? '';
    // A browser without scripts does not fetch them, and says so in these words.
    if (!hasScripts && request.resourceType() === 'script' && reason === 'csp') return;
    if (reason !== LEFT) this.#note(`failed: ${request.method()} ${request.url()} ${reason}`);
  }

  #onResponse(response: Response): void {
    const status = response.status();
    if (status < 400 || this.#statuses.has(status)) return;
    this.#note(`status ${String(status)}: ${response.request().method()} ${response.url()}`);
  }

  #note(problem: string): void {
    if (!this.#allowed.some((allowed) => allowed.test(problem))) this.problems.push(problem);
  }
}
