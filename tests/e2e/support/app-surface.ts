/** What of the app can be reached from outside, as the files and the build say it. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ROOT } from '@/scripts/setup/paths.mjs';

const APP = join(ROOT, 'app');

async function filesNamed(pattern: RegExp): Promise<string[]> {
  const entries = await readdir(APP, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)))
    .toSorted();
}

export async function findPages(): Promise<string[]> {
  return filesNamed(/^(page|route)\.tsx?$/);
}

export interface FoundAction {
  /** File and name, `app/(account)/actions.ts signUp`. */
  readonly key: string;
  /** It takes its previous state before the form. */
  readonly hasState: boolean;
}

/** Everything that a file with `'use server'` exports. */
export async function findActions(): Promise<FoundAction[]> {
  const files = await filesNamed(/\.tsx?$/);
  const found = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(join(ROOT, file), 'utf8');
      if (!/^\s*'use server'/m.test(source)) return [];
      const exported = source.matchAll(
        /^export (?:async function (\w+)\(([^)]*)|const (\w+)\s*=\s*(\w+)\()/gm,
      );
      return Array.from(exported, ([, written, parameters = '', mounted, by]) => ({
        key: `${file} ${written ?? mounted ?? ''}`,
        hasState: parameters.includes(',') || by === 'formAction',
      }));
    }),
  );
  return found.flat();
}

export interface BuiltAction {
  /** By which a client calls it. */
  readonly id: string;
  /** Of a page that takes it, such as `app/(account)/sign-in/page`. */
  readonly page: string;
}

/** The actions of the build that is running, by file and name. */
export async function readBuiltActions(): Promise<ReadonlyMap<string, BuiltAction>> {
  const file = join(ROOT, '.next/server/server-reference-manifest.json');
  const { node } = JSON.parse(await readFile(file, 'utf8')) as {
    node: Record<string, { workers: object; filename: string; exportedName: string }>;
  };
  return new Map(
    Object.entries(node).map(([id, { workers, filename, exportedName }]) => [
      `${filename} ${exportedName}`,
      { id, page: Object.keys(workers)[0] ?? '' },
    ]),
  );
}
