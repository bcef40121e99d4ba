/** The schemes that may become a link. Others can run code or reach into the reader's device. */
const SCHEMES: readonly string[] = ['http:', 'https:'];

/** Where a link to `value` leads; null if it is no address of the web, so that it stays text. */
export function webAddress(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const { protocol, href } = new URL(value);
  return SCHEMES.includes(protocol) ? href : null;
}
