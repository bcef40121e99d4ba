import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '@/lib/server/keyring/keyring';

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
