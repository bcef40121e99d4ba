import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bytes. A megabyte of line ends doubles in a form; base64url adds a third. */
export const MAX_BODY_BYTES = 3 * 1024 * 1024;

/**
 * Counts a body as it arrives, whether its length was said before or not, and whether anybody reads
 * it or not. What goes over the limit is dropped, so it never waits in memory for a reader.
 *
 * @param refuse called once, when the limit is passed
 */
export function boundBody(
  request: IncomingMessage,
  response: ServerResponse,
  refuse: () => void,
): void {
  const push = request.push.bind(request);
  let arrived = 0;
  // A client may send every byte in a chunk of its own, and each that is passed on costs as much as a
  // large one: what comes in one go is passed on in one piece.
  let held: Buffer[] = [];
  const passOn = () => {
    const pieces = held;
    held = [];
    return pieces.length === 0 || push(Buffer.concat(pieces));
  };
  // Every byte of a body passes here on its way from the parser of HTTP to whoever reads.
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) {
      passOn();
      return push(null, encoding);
    }
    const before = arrived;
    arrived += chunk.length;
    if (arrived <= MAX_BODY_BYTES) {
      held.push(chunk);
      if (held.length === 1) setImmediate(passOn);
      return true;
    }
    held = [];
    if (before <= MAX_BODY_BYTES) refuse();
    return false;
  };
  response.prependOnceListener('finish', () => {
    if (request.complete) return;
    // What comes after the answer would be thrown away uncounted, had nobody begun to read it.
    request.read(0);
    request.resume();
  });
}
