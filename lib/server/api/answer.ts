/**
 * Answers the public interface. What arrives here has passed the gate, as every request has: size, host,
 * origin, client address. No cookie is read, so a page of another site could ask nothing in the name of
 * who is signed in here; and since no answer allows another origin, its scripts read nothing either.
 */
import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { paddedLength } from '../http/answer-body';
import type { PlainStatus, Said } from '../http/plain-answer';
import { pathOf } from '../http/request-gate';
import { requestContexts } from '../request-context';
import { settings } from '../settings';
import { openApiDocument } from './document';
import { isRandomKey, answeredOnce } from './idempotency';
import { readJsonObject, type JsonObject } from './json';
import type { Answer, Mounted } from './mount';
import {
  problemDetails,
  retryAfterOf,
  statusOfProblem,
  type Problem,
  type ProblemCode,
} from './problem';
import { routeAt, type Route } from './routes';

const ROOT = '/api/v1';
const DOCUMENT = `${ROOT}/openapi.json`;

export function isOfInterface(url: string): boolean {
  const path = pathOf(url);
  return path === ROOT || path.startsWith(`${ROOT}/`);
}

function allowedAt(url: string): readonly string[] {
  return pathOf(url) === DOCUMENT ? ['GET', 'HEAD'] : ['POST'];
}

export async function answerInterface(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request.url ?? '');
  const route = routeAt(path);
  if (route === undefined && path !== DOCUMENT) {
    tell(response, { code: 'address_unknown' });
  } else if (!allowedAt(path).includes(request.method ?? '')) {
    tell(response, { code: 'method_not_allowed' });
  } else if (route === undefined) {
    write(response, 200, json(openApiDocument()));
  } else {
    const answer = await answerRoute(route, request, response);
    if (answer !== null) send(response, route, answer);
  }
}

/** null where there is nobody to answer, or who sent too much has been answered. */
async function answerRoute(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | null> {
  const { headers } = request;
  if (!isJson(headers['content-type']) || headers['content-encoding'] !== undefined) {
    return { problem: { code: 'content_type_unsupported' } };
  }
  const key = route.isRepeatable === true ? headers['idempotency-key'] : undefined;
  if (key !== undefined && !isRandomKey(key)) return { problem: { code: 'idempotency_key_weak' } };
  const body = await readBody(request);
  if (body === null || response.headersSent) return null;
  const input = readJsonObject(body);
  if (input === null) return { problem: { code: 'body_malformed' } };
  return mountedFor(route, input).ask(
    { input, bytes: body.length },
    key === undefined
      ? null
      : (context, answer) => answeredOnce(context, { key, path: route.path, body }, answer),
  );
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType ?? '');
}

/** The body, whose length is bounded as it arrives; null where it never came whole. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  } catch {
    return null;
  }
  return Buffer.concat(pieces);
}

/** By the seal that the body names; where it names none that there is, the first refuses it. */
function mountedFor({ mounted }: Route, input: JsonObject): Mounted {
  return mounted.find(({ seal }) => seal === input['seal']) ?? mounted[0];
}

function send(response: ServerResponse, { answers }: Route, answer: Answer): void {
  if ('problem' in answer) {
    tell(response, answer.problem);
  } else if (answer.body === null) {
    response.writeHead(answers.status);
    response.end();
  } else {
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    const length = Buffer.byteLength(text);
    const filler = answer.isPadded === true ? ' '.repeat(paddedLength(length) - length) : '';
    write(response, answers.status, json(text + filler));
  }
}

function tell(response: ServerResponse, problem: Problem): void {
  write(response, statusOfProblem(problem.code), sayProblem(problem, response.req.url ?? ''));
}

function sayProblem(problem: Problem, url: string): Said {
  const seconds = retryAfterOf(problem.code);
  return {
    text: JSON.stringify(problemDetails(settings().appUrl.origin, problem)),
    headers: {
      'Content-Type': 'application/problem+json',
      ...(seconds !== null && { 'Retry-After': seconds }),
      ...(problem.code === 'method_not_allowed' && { Allow: allowedAt(url).join(', ') }),
    },
  };
}

/** What the server refuses by itself. */
const REFUSED: Readonly<Record<PlainStatus, ProblemCode>> = {
  400: 'request_malformed',
  403: 'foreign_request',
  404: 'address_unknown',
  405: 'method_not_allowed',
  413: 'body_too_large',
  421: 'misdirected',
  500: 'fault',
  503: 'unavailable',
};

/** What is said where the server refuses a request, or fails, before anything here is asked. */
export function refusalOfInterface(status: PlainStatus, url: string): Said {
  return sayProblem({ code: REFUSED[status] }, url);
}

function write(response: ServerResponse, status: number, { text, headers }: Said): void {
  const context = requestContexts().getStore();
  // Without a word of its own a server error on a post would count as a form that nobody could read.
  if (context !== undefined) context.status = status;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

function json(text: string): Said {
  return { text, headers: { 'Content-Type': 'application/json' } };
}
