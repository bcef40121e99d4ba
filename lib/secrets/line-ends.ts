/**
 * Forms send line ends as CRLF, browsers' scripts see LF: the secret is the
 * same, so LF it is. A lone CR is a character like any other, for both seals.
 */
export function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
