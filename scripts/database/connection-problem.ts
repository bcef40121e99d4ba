import pg from 'pg';
import { PlainProblem } from '../setup/plain-problem.mjs';

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be resolved now',
  ETIMEDOUT: 'it does not answer',
  ERR_INVALID_URL: 'it is not a valid address',
  '28P01': 'user or password is wrong',
  '28000': 'the server refuses this user or connection',
  '3D000': 'there is no database of that name',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting up or shutting down',
};

/** Says in one line, without user or password, why the database of DATABASE_URL can't be used. */
export function connectionProblem(databaseUrl: string, error: unknown): PlainProblem {
  return new PlainProblem(
    `DATABASE_URL does not lead to a usable PostgreSQL at ${placeOf(databaseUrl)}: ${reasonOf(error)}.`,
  );
}

function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname || 'localhost'}:${port || '5432'}${pathname}`;
}

function reasonOf(error: unknown): string {
  // Both address families of a name failed: the first failure tells enough.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return 'unknown error';
  const code = 'code' in first ? String(first.code) : '';
  const sentence = SENTENCES[code];
  if (sentence !== undefined) return sentence;
  if (first.message.includes('timeout')) return 'it does not answer';
  if (first.message.includes('password must be a string')) return 'it needs a password';
  if (first.message.includes('not support SSL')) return 'it has no TLS, which sslmode asks for';
  return first instanceof pg.DatabaseError
    ? `it says ${code}`
    : code || 'it does not speak PostgreSQL';
}
