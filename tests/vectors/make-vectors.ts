/**
 * Writes the vector files: `npx tsx tests/vectors/make-vectors.ts`. They come
 * from the second implementation in `reference/`, never from the product, so
 * that the product can't agree with itself. The files in the repository are what
 * counts; a format that changes gets new files, and these stay.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { makeAllVectors } from './make/all-vectors';

for (const [name, content] of Object.entries(await makeAllVectors())) {
  const file = fileURLToPath(new URL(`${name}.json`, import.meta.url));
  const options = { ...(await resolveConfig(file)), parser: 'json' };
  await writeFile(file, await format(JSON.stringify(content, null, 2), options));
}
