/**
 * The address of a page of this site to go on to, whole; null for anything that leads elsewhere, so
 * that nobody can be sent off by a link, a cookie, a header or a form. What is given back is the
 * very address that was looked at: a part of it, taken alone, may be read as another one, as a path
 * that begins with `//` is.
 *
 * @param text as it came; relative to this site
 */
export function ownAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text, location.origin)) return null;
  const url = new URL(text, location.origin);
  // The address of a blob has the origin of the page that made it.
  const isOurs = url.origin === location.origin && url.protocol === location.protocol;
  const isPlain = url.username === '' && url.password === '' && !url.pathname.startsWith('//');
  return isOurs && isPlain ? url.href : null;
}
