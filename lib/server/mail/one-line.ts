import 'server-only';

/** Characters of what people named or noted that a mail quotes. */
const MAX_LENGTH = 120;

/**
 * What somebody typed, made fit for a line of a mail: without line ends and other controls, which
 * could begin a header, without `=?`, which begins the encoded form of such (RFC 2047), and without
 * the invisible marks that turn the direction of what follows. An address of the web in it stays
 * text: mail programs would make a link of it, in the name of this site.
 */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return withoutLinks(
    characters.length <= MAX_LENGTH ? line : `${characters.slice(0, MAX_LENGTH - 1).join('')}…`,
  );
}

/**
 * A word joiner, which shows nothing, where the programs would see a host, a scheme or an address.
 * They differ in what a host may hold (emoji, marks, underscores), so within a word it stands behind
 * every sign that one of them goes by.
 */
function withoutLinks(line: string): string {
  return line.replace(/(?<=\S)[.@:。．｡․＠：](?=\S)/gu, '$&\u2060');
}
