import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inCheckout } from '@/scripts/setup/paths.mjs';
import { forgetRuntime } from '@/tests/support/runtime';

afterEach(() => {
  forgetRuntime();
  vi.resetModules();
});

/** The modules as another bundle has them: the same code, and variables of its own. */
async function bundle() {
  vi.resetModules();
  const [context, settings, stopping, clock, keyring, history, policy, work] = await Promise.all([
    import('@/lib/server/request-context'),
    import('@/lib/server/settings'),
    import('@/lib/server/stopping'),
    import('@/lib/server/database-clock'),
    import('@/lib/server/keyring/process-keyring'),
    import('@/lib/server/database'),
    import('@/lib/server/heard-policy'),
    import('@/lib/server/background-work'),
  ]);
  return {
    ...context,
    ...settings,
    ...stopping,
    ...clock,
    ...keyring,
    ...history,
    ...policy,
    ...work,
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
      server.hearWhoMaySend('members');
      expect(pages.lastHeardWhoMaySend()).toBe('members');
      const stop = vi.fn(() => Promise.resolve());
      pages.addBackgroundWork(stop);
      await server.stopBackgroundWork();
      expect(stop).toHaveBeenCalledOnce();
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is kept nowhere else: no module of the server has a variable, or a thing that changes, of its own', async () => {
    const kept: string[] = [];
    const root = inCheckout('lib/server');
    for (const name of await readdir(root, { recursive: true })) {
      if (!name.endsWith('.ts') || name.startsWith('prisma-client')) continue;
      const source = await readFile(join(root, name), 'utf8');
      for (const [line] of source.matchAll(
        /^(export )?(let |var |const \w+(: [^=]+)? = (await )?(new (Map|Weak\w+|Set(<\w+>)?\(\)|Async\w+|RateLimiter\w+|\w*Pool|PrismaClient|EventEmitter|AbortController)|pLimit|create[A-Z]))[^\n]*/gm,
      )) {
        kept.push(`${name}: ${line}`);
      }
    }
    expect(kept).toEqual([]);
  });
});
