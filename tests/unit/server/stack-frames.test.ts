import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import { framesOf } from '@/lib/server/stack-frames';

/** An error whose stack is this. */
function thrown(message: string, stack: string): Error {
  return Object.defineProperty(new Error(message), 'stack', { value: stack });
}

const here = (file: string) => join(process.cwd(), file);

it('frames tell function, file and line from the checkout on, and nothing of the machine', () => {
  const frames = [
    `    at claim (${here('lib/sealed/claim.ts')}:113:9)`,
    `    at async perform (file://${here('lib/server/operation.ts')}:114:22)`,
    `    at ${here('app/(site)/page.tsx')}:12:3`,
    '    at async Promise.all (index 0)',
    '    at new Keyring (/home/somebody/elsewhere/keyring.ts:3:1)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at eval (eval at run (/x/y.js:1:1), <anonymous>:1:1)',
  ];
  expect(framesOf(thrown('no', ['Error: no', ...frames].join('\n')))).toEqual([
    'claim lib/sealed/claim.ts:113',
    'perform lib/server/operation.ts:114',
    'app/(site)/page.tsx:12',
    'new Keyring keyring.ts:3',
    'process.processTicksAndRejections node:internal/process/task_queues:95',
  ]);
});

it.each([
  ['a text that looks like a frame', 'a\n    at secret (/b/secret.ts:1:1)\n    at s (/s.ts:2:2)'],
  ['a text of many lines', 'a\nsecret\n'],
])('nothing of the text is taken for a frame: %s', (_, message) => {
  const error = thrown(message, `Error: ${message}\n    at own (${here('lib/own.ts')}:1:1)`);
  expect(framesOf(error)).toEqual(['own lib/own.ts:1']);
  error.message = 'changed since, so that it can’t be told from the frames';
  expect(framesOf(error)).toEqual([]);
});

it('what is no error has no frames, whatever it says it has', () => {
  for (const value of [null, 'a', { message: '', stack: 'Error\n    at secret (/s.ts:1:1)' }]) {
    expect(framesOf(value)).toEqual([]);
  }
});

it('what was built is told as the line that it was built from', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-frames-'));
  try {
    const source = 'export function outer(given) {\n  return given.missing.part;\n}\n';
    const { code, map } = await transform(source, {
      minify: true,
      sourcemap: 'external',
      sourcefile: here('lib/outer.ts'),
    });
    const built = join(directory, 'chunk.js');
    await writeFile(built, code);
    await writeFile(`${built}.map`, map);
    const column = code.indexOf('missing') + 1;
    const stack = (file: string) => `Error\n    at o (${file}:1:${String(column)})`;
    expect(framesOf(thrown('', stack(built)))).toEqual(['lib/outer.ts:2']);
    expect(framesOf(thrown('', stack(join(directory, 'unmapped.js'))))).toEqual([
      'o unmapped.js:1',
    ]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
