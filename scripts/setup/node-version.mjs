import { readFileSync } from 'node:fs';

/** Says so in one line, and ends, when this Node is older than package.json asks for. */
export function requireNodeVersion() {
  const { engines } = /** @type {{ engines: { node: string } }} */ (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  );
  const needed = engines.node.replace('>=', '');
  const [major = 0, minor = 0] = needed.split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  console.error(`Sealpost needs Node ${needed} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
