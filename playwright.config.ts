import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/testing/browser.mjs';

const executablePath = findBrowser();

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/support/app-for-browser-tests.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // One more than there are cores: each waits half of the time for an app, a database or a browser.
  workers: Math.min(availableParallelism() + 1, 6),
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    // Set by the global set-up, which chooses the port.
    baseURL: process.env['SEALPOST_UNDER_TEST'] ?? 'http://localhost:3000',
    // What can't be pressed is said to be so, long before the test's own time is up.
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    // A browser without windows refuses what one with windows grants to a press.
    permissions: ['clipboard-write'],
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Root has no sandbox of its own in Chromium; the rest keeps the browser from calling home.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--in-process-gpu',
        // With it each tab starts a second process. That the header is sent, tests of headers see.
        '--disable-features=CrossOriginOpenerPolicy',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'javascript', testIgnore: 'no-javascript/**' },
    {
      name: 'no-javascript',
      testMatch: 'no-javascript/**/*.spec.ts',
      use: { javaScriptEnabled: false },
    },
  ],
});
