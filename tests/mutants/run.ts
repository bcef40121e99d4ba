/**
 * `npm run test:mutants [-- --list] [-- --only N]`: breaks one promise after the other in a copy of
 * this checkout, and runs the tests that must notice. Prints which breakages they did not notice.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@/scripts/setup/paths.mjs';
import { MUTANTS, type Mutant } from './mutants';

/** What the tests need, and nothing that is made of it. */
const COPIED = [
  ...['app', 'components', 'lib', 'messages', 'prisma', 'public', 'scripts', 'tests', 'docs'],
  ...['middleware.ts', 'instrumentation.ts', 'package.json', 'tsconfig.json', 'vitest.config.ts'],
  ...['README.md', 'next.config.mjs', 'eslint.config.mjs'],
];
/** Milliseconds: a breakage may make its tests wait for ever. */
const PATIENCE = 10 * 60_000;

/** A tree of one's own to break: the checkout itself is only read. */
async function copyCheckout(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'sealpost-mutants-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** @returns whether its tests noticed. */
async function isKilled(copy: string, { file, text, becomes, tests }: Mutant): Promise<boolean> {
  const path = join(copy, file);
  const before = await readFile(path, 'utf8');
  if (before.split(text).length !== 2) throw new Error(`${file} does not hold its text once.`);
  await writeFile(
    path,
    before.replace(text, () => becomes),
  );
  try {
    return (await runTests(copy, tests)) !== 0;
  } finally {
    await writeFile(path, before);
  }
}

function runTests(copy: string, tests: readonly string[]): Promise<number | null> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--bail=1', ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: PATIENCE,
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, list: { type: 'boolean', default: false } },
});
const numbered = MUTANTS.map((mutant, index) => ({ ...mutant, number: index + 1 }));
const chosen =
  values.only === undefined
    ? numbered
    : numbered.filter(({ number }) => number === Number(values.only));
if (chosen.length === 0) throw new Error(`There is none but 1 to ${numbered.length}.`);

if (values.list) {
  for (const { number, breaks, file } of chosen) console.log(`${number}\t${breaks}\t${file}`);
} else {
  const copy = await copyCheckout();
  const survivors: number[] = [];
  try {
    await mkdir(dirname(join(copy, 'test-results')), { recursive: true });
    // What fails unbroken would seem to notice everything.
    const all = [...new Set(chosen.flatMap(({ tests }) => tests))];
    if ((await runTests(copy, all)) !== 0) throw new Error('The tests fail as it is.');
    for (const mutant of chosen) {
      const killed = await isKilled(copy, mutant);
      if (!killed) survivors.push(mutant.number);
      console.log(`${killed ? 'killed  ' : 'SURVIVED'} ${mutant.number}\t${mutant.breaks}`);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} killed; survivors: ${survivors.join(', ') || 'none'}`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}
