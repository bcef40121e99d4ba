import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ROOT } from '@/scripts/setup/paths.mjs';

/** Prints once what stands there is nobody's any more, again and again, and then ends as it means to. */
const PRINTER = `
  const { outliveClosedOutput } = await import('./scripts/serve/shutdown.ts');
  outliveClosedOutput();
  console.log('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  for (let line = 0; line < 20; line += 1) {
    console.log('to nobody');
    process.stderr.write('to nobody\\n');
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.exit(7);
`;

describe('a process whose output nobody reads any more', () => {
  it('goes on, and ends by its own will', async () => {
    const args = ['--import', './scripts/register-typescript.mjs', '--input-type=module'];
    const child = spawn(process.execPath, [...args, '--eval', PRINTER], { cwd: ROOT });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdout.destroy();
    child.stderr.destroy();
    child.stdin.end('go');
    expect(await ended).toBe(7);
  });
});
