import { randomBytes } from 'node:crypto';
import { startApp } from '@/tests/support/app';
import type { Engine } from './driver';
import { firefox } from './firefox';
import { FLOWS, type Walk } from './flows';
import { webkit } from './webkit';

const ENGINES: readonly Engine[] = [webkit, firefox];

/** Walks every flow in every engine that is installed, each on an instance of its own. */
export async function runEngines(): Promise<boolean> {
  let [passed, failed] = [0, 0];
  for (const engine of ENGINES) {
    const missing = engine.missing();
    if (missing !== null) {
      console.log(`${engine.name} is not installed and was left out: it takes ${missing}.`);
      continue;
    }
    const app = await startApp();
    const driver = await engine.start();
    const id = randomBytes(6).toString('hex');
    const walk: Walk = {
      driver,
      url: app.url,
      email: `staff-${id}@example.org`,
      password: `correct horse ${id}`,
      secretLink: '',
      requestLink: '',
      inbox: '',
    };
    try {
      for (const [name, flow] of Object.entries(FLOWS)) {
        await flow(walk);
        passed += 1;
        console.log(`ok      ${engine.name}: ${name}`);
      }
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${engine.name}: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      await driver.close();
      await app.stop();
    }
  }
  console.log(`${String(passed)} passed, ${String(failed)} failed`);
  return failed === 0;
}
