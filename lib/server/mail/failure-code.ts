import { ProtocolError } from '@/lib/protocol/errors';
import 'server-only';

/**
 * What may be told of an error on the way of a mail: a code of ours, of PostgreSQL or of
 * nodemailer, with the server's number ('EENVELOPE 550'). The message may quote an address.
 */
export function failureCode(error: unknown): string {
  if (error instanceof ProtocolError) return error.code;
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const number = 'responseCode' in error ? error.responseCode : undefined;
  return typeof number === 'number' ? `${code} ${String(number)}` : code;
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
