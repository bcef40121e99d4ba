import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // Throws outside React's server bundle; here everything is the server.
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    // Every core: the tests wait for processes and the database as much as they compute.
    maxWorkers: '100%',
    // Modules are loaded once a worker: what lives longer than a call is held in one place, which
    // each test file finds empty.
    isolate: false,
    setupFiles: 'tests/support/as-new-process.ts',
    projects: [
      {
        extends: true,
        // Properties draw many cases, on machines that may be busy.
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/database-server.ts',
          hookTimeout: 60_000,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
