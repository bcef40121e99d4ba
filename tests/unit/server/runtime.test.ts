import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inCheckout } from '@/scripts/setup/paths.mjs';
import { stateOfModule } from '@/tests/support/module-state';
import { forgetRuntime } from '@/tests/support/runtime';

afterEach(() => {
  forgetRuntime();
  vi.resetModules();
});

/** The modules as another bundle has them: the same code, and variables of its own. */
async function bundle() {
  vi.resetModules();
  const [context, settings, stopping, clock, keyring, history, work, stretching] =
    await Promise.all([
      import('@/lib/server/request-context'),
      import('@/lib/server/settings'),
      import('@/lib/server/stopping'),
      import('@/lib/server/database-clock'),
      import('@/lib/server/keyring/process-keyring'),
      import('@/lib/server/database'),
      import('@/lib/server/background-work'),
      import('@/lib/server/stretch-passphrase'),
    ]);
  return {
    ...context,
    ...settings,
    ...stopping,
    ...clock,
    ...keyring,
    ...history,
    ...work,
    ...stretching,
  };
}

describe('what must exist once a process', () => {
  it('is the same for the HTTP server and the pages, though they are bundled apart', async () => {
    vi.stubEnv('DATABASE_URL', 'postgresql://localhost/none');
    try {
      const [server, pages] = [await bundle(), await bundle()];
      expect(server.settings).not.toBe(pages.settings);
      expect(server.settings()).toBe(pages.settings());
      expect(server.requestContexts()).toBe(pages.requestContexts());
      expect(server.databaseClock()).toBe(pages.databaseClock());
      expect(server.keyring()).toBe(pages.keyring());
      expect(server.database()).toBe(pages.database());

      server.beginStopping();
      expect(pages.isStopping()).toBe(true);
      const stop = vi.fn(() => Promise.resolve());
      pages.addBackgroundWork(stop);
      await server.stopBackgroundWork();
      expect(stop).toHaveBeenCalledOnce();

      const turn = { kind: 'account', of: 'somebody' } as const;
      const ends: (() => void)[] = [];
      const takesPlace = () => new Promise<void>((resolve) => ends.push(resolve));
      const all = [server, server, pages, pages].map((own) =>
        own.withStretchingRoom(turn, takesPlace),
      );
      await vi.waitFor(() => expect(ends.length).toBeGreaterThan(0), { timeout: 8_000 });
      expect(ends.length, 'as many at once as in one of them').toBeLessThanOrEqual(2);
      for (const end of ends) {
        end();
        await new Promise(setImmediate);
      }
      await Promise.all(all);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is kept nowhere else: no module of the server has a variable, or a thing that changes, of its own', async () => {
    const kept: string[] = [];
    const root = inCheckout('lib/server');
    for (const name of await readdir(root, { recursive: true })) {
      if (!name.endsWith('.ts') || name.startsWith('prisma-client')) continue;
      const found = stateOfModule(await readFile(join(root, name), 'utf8'));
      kept.push(...found.map((variable) => `${name}: ${variable}`));
    }
    expect(kept).toEqual([]);
  });

  it.each([
    'let count = 0;',
    'export const held = new Map<string, number>();',
    'const seen = new Set<string>();',
    'const state = { isTold: false };\nfunction tell() { state.isTold = true; }',
    'const state = { isTold: false } as { isTold: boolean };\nconst tell = () => { state.isTold ||= true; };',
    'const counts = { asked: 0 };\nfunction ask() { counts.asked++; }',
    'const rows: string[] = [];\nfunction add() { rows.push("row"); }',
    'const byName: Record<string, number> = {};\nfunction add() { byName["name"] = 1; }',
    'const byName: Record<string, number> = {};\nfunction drop() { delete byName["name"]; }',
    'const held = {};\nfunction keep() { Object.assign(held, { a: 1 }); }',
    'const limits = createLimits();',
    'const room = pLimit(2);',
    'class Counter { static asked = 0; }',
  ])('would be seen: %s', (source) => {
    expect(stateOfModule(source)).toHaveLength(1);
  });
});
