import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPrerenderedScripts, type PrerenderedScripts } from '@/lib/server/http/headers';

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

let directory: string;
let scripts: PrerenderedScripts;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-build-'));
  const app = join(directory, 'server', 'app');
  await mkdir(join(app, 'deep'), { recursive: true });
  await writeFile(
    join(app, 'index.html'),
    '<script>first()</script><script>first()</script><script async>second()</script>',
  );
  await writeFile(
    join(app, 'deep', 'page.html'),
    '<script src="/a.js"></script><script type="module">\n deep()\n</script>',
  );
  await writeFile(join(app, '_not-found.html'), '<script>none()</script>');
  await writeFile(join(app, 'index.rsc'), '<script>not a page</script>');
  scripts = await readPrerenderedScripts(directory);
});

afterAll(() => rm(directory, { recursive: true }));

describe('hashes of prerendered pages', () => {
  it('are those of the inline scripts, each once, and of no other page', () => {
    expect(scripts.of('/')).toEqual([hash('first()'), hash('second()')]);
  });

  it('cover white space exactly and leave out scripts that have an address', () => {
    expect(scripts.of('/deep/page')).toEqual([hash('\n deep()\n')]);
  });

  it('are those of the not-found page for a path that has no page', () => {
    expect(scripts.of('/nowhere')).toEqual([hash('none()')]);
  });
});
