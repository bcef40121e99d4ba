import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { findFreePort } from '@/scripts/postgres/server-process';
import { until, type Driver, type Engine } from './driver';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const DISPLAY = ':77';

/** WebKit as Debian builds it, by W3C WebDriver. */
export const webkit: Engine = {
  name: 'WebKit',
  missing: () =>
    findMiniBrowser() === null || !isProgram('WebKitWebDriver') || !isProgram('Xvfb')
      ? 'Debian’s webkit2gtk-driver and xvfb'
      : null,
  async start(): Promise<Driver> {
    const port = await findFreePort();
    const env = { ...process.env, DISPLAY, WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
    const helpers: ChildProcess[] = [
      spawn('Xvfb', [DISPLAY, '-screen', '0', '1280x1024x24'], { stdio: 'ignore' }),
      spawn('WebKitWebDriver', [`--port=${String(port)}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        env,
      }),
    ];
    const base = `http://127.0.0.1:${String(port)}`;
    await until('WebKitWebDriver', async () => ((await fetch(`${base}/status`)).ok ? true : null));
    const { sessionId } = (await call(`${base}/session`, {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          unhandledPromptBehavior: 'accept',
          'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
        },
      },
    })) as { sessionId: string };
    const session = `${base}/session/${sessionId}`;
    const act = async (command: string, parameters: object = {}): Promise<void> => {
      await call(`${session}/${command}`, parameters);
    };
    const find = (xpath: string) =>
      until(xpath, async () => {
        const using = { using: 'xpath', value: xpath };
        const found = (await call(`${session}/element`, using)) as Record<string, string>;
        return found[ELEMENT] ?? null;
      });
    return {
      goto: (url) => act('url', { url }),
      back: () => act('back'),
      forward: () => act('forward'),
      reload: () => act('refresh'),
      press: async (xpath) => act(`element/${await find(xpath)}/click`),
      type: async (xpath, text) => {
        const element = `element/${await find(xpath)}`;
        await act(`${element}/clear`);
        await act(`${element}/value`, { text });
      },
      evaluate: (expression) =>
        call(`${session}/execute/sync`, { script: `return (${expression});`, args: [] }),
      close: async () => {
        await fetch(session, { method: 'DELETE' });
        for (const helper of helpers.reverse()) helper.kill();
      },
    };
  },
};

async function call(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`WebDriver: ${JSON.stringify(value).slice(0, 300)}`);
  return value;
}

function findMiniBrowser(): string | null {
  for (const folder of ['/usr/lib', '/usr/libexec']) {
    for (const machine of existsSync(folder) ? readdirSync(folder) : []) {
      for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
        const program = `${folder}/${machine}/${version}/MiniBrowser`;
        if (existsSync(program)) return program;
      }
    }
  }
  return null;
}

function isProgram(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}
