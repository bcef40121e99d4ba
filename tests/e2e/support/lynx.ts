/** Drives lynx, a browser without scripts, styles or a mouse, by its keys. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function hasLynx(): boolean {
  return spawnSync('lynx', ['-version'], { stdio: 'ignore' }).status === 0;
}

/** To the next link or control. */
export const TAB = 'key <tab>\n';
/** Follows the link, ticks the box or presses the button under the cursor. */
export const ENTER = 'key ^J\n';

export function typed(text: string): string {
  return Array.from(text, (key) => `key ${key === ' ' ? '<space>' : key}\n`).join('');
}

/** Comes to `address`, presses keys, and reads the page on which that ends. */
export async function readAfterKeys(address: string, keys: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sealpost-lynx-'));
  try {
    const page = join(directory, 'page.txt');
    const script = join(directory, 'keys');
    const print = `key p\n${ENTER}key ^U\n${typed(page)}${ENTER}`;
    await writeFile(script, `${keys}${print}key q\nkey y\n`);
    await run(['-nopause', '-nocolor', `-cmd_script=${script}`, address]);
    return await readFile(page, 'utf8');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn('lynx', args, {
    stdio: 'ignore',
    // Wide and high enough for a page to be printed as it is.
    env: { ...process.env, TERM: 'xterm', COLUMNS: '200', LINES: '80', LC_ALL: 'C.UTF-8' },
    timeout: 60_000,
  });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
