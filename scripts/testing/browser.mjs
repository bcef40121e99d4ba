import { existsSync } from 'node:fs';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { runNode, runProgram } from '../setup/run-program.mjs';

const PLACES = [
  // The same engine without the browser's own windows around it: much lighter to run.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string | undefined} a Chromium of this machine: CHROMIUM_PATH, else a usual place */
export function findBrowser() {
  const given = process.env['CHROMIUM_PATH'] ?? '';
  return given === '' ? PLACES.find((place) => existsSync(place)) : given;
}

/** Makes sure that there is a browser: this machine's, else Playwright's own, else the system's package. */
export async function provideBrowser() {
  const given = process.env['CHROMIUM_PATH'];
  if (given && !existsSync(given)) throw new PlainProblem(`There is no CHROMIUM_PATH ${given}.`);
  if (findBrowser() !== undefined) return;

  console.log('There is no Chromium here: fetching the one of Playwright …');
  if ((await runNode(['node_modules/@playwright/test/cli.js', 'install', 'chromium'])) === 0)
    return;

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the chromium package of this system …');
    await runProgram('apt-get', ['update', '--quiet']);
    for (const name of ['chromium-headless-shell', 'chromium']) {
      if ((await runProgram('apt-get', ['install', '--yes', '--quiet', name])) === 0) break;
    }
    if (findBrowser() !== undefined) return;
  }
  throw new PlainProblem(
    'The browser tests need Chromium: install it, or set CHROMIUM_PATH to a Chromium or Chrome.',
  );
}
