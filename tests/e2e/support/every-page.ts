import { sealInBrowser, sealOnServer } from './seal-over-http';

/** A page of every kind, with the status that asking for it must give. */
export async function everyPage(origin: string): Promise<Readonly<Record<string, number>>> {
  const [server, browser] = await Promise.all([
    sealOnServer(origin, { secret: 'never shown' }),
    sealInBrowser(origin, { secret: 'never shown' }),
  ]);
  return {
    [`${origin}/`]: 200,
    [`${origin}/docs/api`]: 200,
    [`${origin}/how-it-works`]: 200,
    [server.link]: 200,
    [browser.link]: 200,
    [server.statusLink]: 200,
    [`${origin}/m/nothing`]: 404,
    [`${origin}/m/${'A'.repeat(55)}`]: 404,
    [`${origin}/s/${'A'.repeat(34)}`]: 404,
    [`${origin}/nothing`]: 404,
    [`${origin}/m`]: 404,
    [`${origin}/settings/nothing`]: 404,
  };
}
