import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const NOT_FOUND_PAGE = '/_not-found';

/** The inline scripts of the pages that were rendered at build time, as CSP source expressions. */
export interface PrerenderedScripts {
  /** The hashes for a path; those of the not-found page for a path that has no page. */
  of(path: string): readonly string[];
}

/** Reads the prerendered pages of a build. Their scripts are fixed, so hashes will do instead of nonces. */
export async function readPrerenderedScripts(buildDirectory: string): Promise<PrerenderedScripts> {
  const root = join(buildDirectory, 'server', 'app');
  const hashes = new Map<string, readonly string[]>();
  for (const entry of await readdir(root, { recursive: true })) {
    if (!entry.endsWith('.html')) continue;
    const page = `/${entry.slice(0, -'.html'.length).replaceAll('\\', '/')}`;
    const html = await readFile(join(root, entry), 'utf8');
    hashes.set(page === '/index' ? '/' : page, hashesOf(html));
  }
  return { of: (path) => hashes.get(path) ?? hashes.get(NOT_FOUND_PAGE) ?? [] };
}

function hashesOf(html: string): readonly string[] {
  const sources = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`,
  );
  return [...new Set(sources)];
}
