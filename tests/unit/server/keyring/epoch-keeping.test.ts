import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { keyring } from '@/lib/server/keyring/process-keyring';
import { forgetRuntime } from '@/tests/support/runtime';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-keyring-'));
  file = join(directory, 'keyring.json');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe('keeping an epoch for longer', () => {
  it('keeps a retired one from being destroyed, for every instance', async () => {
    let nowMs = Date.parse('2026-11-25T12:00:00Z');
    const now = () => nowMs;
    const [first, second] = [createKeyring({ file, now }), createKeyring({ file, now })];
    const { id } = await first.sealingEpoch(nowMs + DAY_MS, Infinity);
    await second.rotate();
    expect(await second.keepEpoch(id, nowMs + 40 * DAY_MS)).toBe(true);
    nowMs += 39 * DAY_MS;
    expect(await first.destroyEndedEpochs(nowMs)).not.toContain(id);
    nowMs += 3 * DAY_MS;
    expect(await first.destroyEndedEpochs(nowMs)).toContain(id);
    expect(await second.keepEpoch(id, nowMs + DAY_MS)).toBe(false);
  });

  it('keeps the key of what is asked for again within a lease that begins with its last second', async () => {
    const begunMs = Date.parse('2026-11-25T12:00:00Z');
    let nowMs = begunMs;
    const keyring = createKeyring({ file, now: () => nowMs, leaseSeconds: 3_600 });
    const { id } = await keyring.sealingEpoch(nowMs + 5 * MINUTE_MS, 300);
    nowMs += 119 * MINUTE_MS;
    expect((await keyring.sealingEpoch(nowMs + 5 * MINUTE_MS, 300)).id).toBe(id);
    nowMs += 5 * MINUTE_MS + 3_599_000;
    expect(await keyring.destroyEndedEpochs(nowMs)).not.toContain(id);
    nowMs += 21 * MINUTE_MS;
    expect(await keyring.destroyEndedEpochs(nowMs)).toContain(id);
  });

  it('knows the lease of its instance', async () => {
    forgetRuntime();
    vi.stubEnv('KEYRING_FILE', file);
    vi.stubEnv('LEASE_SECONDS', '3600');
    try {
      const expiresAtMs = Date.now() + 5 * MINUTE_MS;
      const { id } = await keyring().sealingEpoch(expiresAtMs, 300);
      const sealing = (await keyring().list()).find((epoch) => epoch.id === id);
      expect(sealing?.openUntilMs).toBeGreaterThanOrEqual(expiresAtMs + 3_600_000);
    } finally {
      vi.unstubAllEnvs();
      forgetRuntime();
    }
  });

  it('never shortens, and two instances at once lose neither', async () => {
    const nowMs = Date.parse('2026-11-25T12:00:00Z');
    const now = () => nowMs;
    const [first, second] = [createKeyring({ file, now }), createKeyring({ file, now })];
    const a = await first.sealingEpoch(nowMs + 30 * DAY_MS, Infinity);
    await first.rotate();
    const b = await first.sealingEpoch(nowMs + DAY_MS, Infinity);
    await Promise.all([
      first.keepEpoch(a.id, nowMs + DAY_MS),
      second.keepEpoch(b.id, nowMs + 60 * DAY_MS),
      second.keepEpoch(a.id, nowMs + 50 * DAY_MS),
    ]);
    const openUntil = new Map(
      (await second.list()).map(({ id, openUntilMs }) => [id, openUntilMs]),
    );
    expect(openUntil.get(a.id)).toBeGreaterThanOrEqual(nowMs + 50 * DAY_MS);
    expect(openUntil.get(b.id)).toBeGreaterThanOrEqual(nowMs + 60 * DAY_MS);
  });
});
