/**
 * A path of this site to go on to; null for anything that leads elsewhere, so
 * that nobody can be sent off from the sign-in page by a link to it.
 */
export function ownPath(path: string | null): string | null {
  if (path === null || !URL.canParse(path, location.origin)) return null;
  const url = new URL(path, location.origin);
  return url.origin === location.origin ? `${url.pathname}${url.search}` : null;
}
