import { ProtocolError } from '@/lib/protocol/errors';
import 'server-only';

/**
 * What may be told of an error on the way of a mail: a code of ours, of PostgreSQL or of
 * nodemailer, with the server's number ('EENVELOPE 550'). The message may quote an address.
 */
export function failureCode(error: unknown): string {
  if (error instanceof ProtocolError) return error.code;
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : wordOf(error);
  const number = 'responseCode' in error ? error.responseCode : undefined;
  return typeof number === 'number' ? `${code} ${String(number)}` : code;
}

/** Errors of the pool carry no code; their messages are fixed texts of the driver, and told by these. */
const WORDS: readonly (readonly [message: RegExp, word: string])[] = [
  [/^(timeout (exceeded|expired)|.*due to connection timeout)/i, 'no_connection_in_time'],
  [/^query read timeout/i, 'no_answer_in_time'],
  [/^(connection terminated|client has encountered a connection error)/i, 'connection_lost'],
];

function wordOf({ message, name }: Error): string {
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? name;
}

/**
 * Whether the server said for good that it takes no such mail to this recipient (RFC 5321, 4.2.1: 5yz).
 * What it says to a sign-in or a greeting is about its settings, which somebody may mend.
 */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  const isAboutMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return isAboutMail && typeof error.responseCode === 'number' && error.responseCode >= 500;
}
