/**
 * Forms send line ends as CRLF, browsers' scripts see LF: the secret is the
 * same, so LF it is.
 */
export function withUnixLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
