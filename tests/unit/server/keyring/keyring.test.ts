import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  expiryClassOf,
  openUntilAtLeast,
  rotatedIfDue,
  withoutEnded,
} from '@/lib/server/keyring/epoch-rules';
import type { StoredEpochs } from '@/lib/server/keyring/keyring-file';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { KeyringError } from '@/lib/server/keyring/private-file';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.parse('2026-05-04T10:00:00Z');

let directory: string;
let file: string;
let nowMs: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-keyring-'));
  file = join(directory, 'keyring.json');
  nowMs = BEGIN;
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const open = () => createKeyring({ file, now: () => nowMs });
const activeId = async () => (await open().sealingEpoch(nowMs, Infinity)).id;
const ids = async () => (await open().list()).map(({ id }) => id);

describe('a keyring', () => {
  it('begins with one epoch, in a file that its owner alone may read', async () => {
    expect(await open().liveEpochs()).toHaveLength(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['keyring.json']);
  });

  it('derives the same keys for every instance on its file', async () => {
    const [first, second] = await Promise.all([open().liveEpochs(), open().liveEpochs()]);
    expect(first).toEqual(second);
  });

  it('rotates by itself after a week, and goes on opening with the old key', async () => {
    const keyring = open();
    const old = await keyring.sealingEpoch(nowMs + 30 * DAY, Infinity);
    nowMs += 7 * DAY - 1;
    expect((await keyring.sealingEpoch(nowMs + DAY, Infinity)).id).toBe(old.id);
    nowMs += 1;
    const young = await keyring.sealingEpoch(nowMs + DAY, Infinity);
    expect(young.id).not.toBe(old.id);
    expect((await keyring.liveEpochs()).map(({ id }) => id)).toEqual([young.id, old.id]);
  });

  it('records how long an epoch must live before it seals, at most once a day', async () => {
    const keyring = open();
    await keyring.sealingEpoch(nowMs + DAY, Infinity);
    const [epoch] = await keyring.list();
    expect(epoch?.openUntilMs).toBe(Date.parse('2026-05-06T00:00:00Z'));
    const before = await stat(file, { bigint: true });
    await keyring.sealingEpoch(nowMs + DAY + HOUR, Infinity);
    expect((await stat(file, { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });

  it('destroys an epoch when all it sealed has expired, and no earlier', async () => {
    const keyring = open();
    const { id } = await keyring.sealingEpoch(nowMs + 10 * DAY, Infinity);
    const openUntil = Date.parse('2026-05-15T00:00:00Z');
    await keyring.rotate();
    expect(await keyring.destroyEndedEpochs(openUntil + HOUR - 1)).not.toContain(id);
    expect(await ids()).toContain(id);
    expect(await keyring.destroyEndedEpochs(openUntil + HOUR)).toContain(id);
    expect(await ids()).not.toContain(id);
    expect((await keyring.liveEpochs()).map((epoch) => epoch.id)).not.toContain(id);
  });

  it('destroys in its weekly turn also where nobody seals any more', async () => {
    const keyring = open();
    const { id } = await keyring.sealingEpoch(nowMs + DAY, Infinity);
    nowMs += 8 * DAY;
    await keyring.destroyEndedEpochs(nowMs);
    expect(await ids()).not.toContain(id);
  });

  it('leaves no byte of a destroyed key in its file or beside it', async () => {
    const id = await activeId();
    const content = JSON.parse(await readFile(file, 'utf8')) as { epochs: { key: string }[] };
    const key = content.epochs[0]?.key ?? '';
    expect(await open().destroy(id)).toBe(true);
    for (const name of await readdir(directory)) {
      expect(await readFile(join(directory, name), 'utf8')).not.toContain(key);
    }
  });

  it('begins another epoch when the active one is destroyed, and knows no unknown one', async () => {
    const id = await activeId();
    expect(await open().destroy('00000000')).toBe(false);
    expect(await open().destroy(id)).toBe(true);
    expect(await activeId()).not.toBe(id);
  });

  it('takes up what another instance changed at its next use', async () => {
    const [first, second] = [open(), open()];
    const { id: old } = await first.sealingEpoch(nowMs + DAY, Infinity);
    expect((await second.sealingEpoch(nowMs + DAY, Infinity)).id).toBe(old);
    const [young] = await second.rotate();
    expect((await first.sealingEpoch(nowMs + DAY, Infinity)).id).toBe(young);
    await second.destroy(old);
    expect((await first.liveEpochs()).map(({ id }) => id)).toEqual([young]);
  });

  it('loses no rotation when several instances rotate at once', async () => {
    await activeId();
    const begun = (await Promise.all(Array.from({ length: 8 }, () => open().rotate()))).flat();
    expect(new Set(begun).size).toBe(8);
    expect(await ids()).toEqual(expect.arrayContaining(begun));
    expect(await ids()).toHaveLength(9);
    expect((await open().list()).filter(({ retiredAtMs }) => retiredAtMs === null)).toHaveLength(1);
  });

  it('is made once when several instances come first at once', async () => {
    const epochs = await Promise.all(
      Array.from({ length: 8 }, () => open().sealingEpoch(nowMs, Infinity)),
    );
    expect(new Set(epochs.map(({ id }) => id)).size).toBe(1);
  });
});

describe('the classes of lifetimes', () => {
  const MINUTE = 60_000;

  it('gives what lives for hours, days and weeks keys of their own, each begun with its first secret', async () => {
    const keyring = open();
    await keyring.liveEpochs();
    const epochOf = async (lifetime: number) =>
      (await keyring.sealingEpoch(nowMs + lifetime, lifetime / 1000)).id;
    const [hours, days, weeks] = [
      await epochOf(5 * MINUTE),
      await epochOf(DAY),
      await epochOf(30 * DAY),
    ];
    expect(new Set([hours, days, weeks]).size).toBe(3);
    expect(await epochOf(4 * HOUR)).toBe(hours);
    expect(await epochOf(7 * DAY)).toBe(days);
    expect((await keyring.sealingEpoch(nowMs + 30 * DAY, Infinity)).id).toBe(weeks);
    expect(await ids()).toHaveLength(3);
  });

  it('ends the key of a five-minute secret within hours, whatever lives longer', async () => {
    const keyring = open();
    const { id: long } = await keyring.sealingEpoch(nowMs + 30 * DAY, 30 * 24 * 3600);
    const { id } = await keyring.sealingEpoch(nowMs + 5 * MINUTE, 300);
    // The worst case: the last secret of its epoch lives for as long as its class allows.
    nowMs += 2 * HOUR - 1;
    expect((await keyring.sealingEpoch(nowMs + 4 * HOUR, 4 * 3600)).id).toBe(id);
    nowMs += 4 * HOUR + 20 * MINUTE;
    expect(await keyring.destroyEndedEpochs(nowMs)).toEqual([id]);
    expect((await keyring.liveEpochs()).map((epoch) => epoch.id)).toEqual([long]);
  });

  it('keeps few keys alive, however much is sealed', () => {
    let epochs: StoredEpochs = [];
    let most = 0;
    for (let hour = 0; hour < 24 * 40; hour += 1) {
      for (const lifetime of [4 * HOUR, 7 * DAY, 30 * DAY]) {
        const expiryClass = expiryClassOf(lifetime / 1000);
        epochs = rotatedIfDue(epochs, expiryClass, nowMs);
        epochs = openUntilAtLeast(epochs, expiryClass, nowMs + lifetime);
      }
      nowMs += HOUR;
      epochs = withoutEnded(epochs, nowMs);
      most = Math.max(most, epochs.length);
    }
    expect(most).toBeLessThanOrEqual(20);
  });

  it('takes a keyring of the first version as it is: its keys sealed whatever there was', async () => {
    const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
    const old = {
      id: '0a1b2c3d',
      createdAt: '2026-05-04T09:00:00.000Z',
      retiredAt: null,
      openUntil: '2026-07-01T00:00:00.000Z',
      key,
    };
    await writeFile(file, JSON.stringify({ version: 1, epochs: [old] }), { mode: 0o600 });
    expect((await open().sealingEpoch(nowMs + 30 * DAY, Infinity)).id).toBe(old.id);
    const { id } = await open().sealingEpoch(nowMs + HOUR, 3600);
    expect(id).not.toBe(old.id);
    expect(await ids()).toEqual([id, old.id]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      version: 2,
      epochs: [
        { ...old, expiryClass: 'weeks' },
        { id, expiryClass: 'hours' },
      ],
    });
  });

  it('retires what a clock that was wrong has begun far ahead', async () => {
    nowMs += 60 * DAY;
    const { id } = await open().sealingEpoch(nowMs + HOUR, 3600);
    nowMs -= 60 * DAY;
    await open().destroyEndedEpochs(nowMs);
    expect((await open().sealingEpoch(nowMs + HOUR, 3600)).id).not.toBe(id);
  });
});

describe('a keyring file that cannot be right', () => {
  const good = {
    id: '0a1b2c3d',
    expiryClass: 'days',
    createdAt: '2026-05-04T10:00:00.000Z',
    retiredAt: null,
    openUntil: '2026-05-05T00:00:00.000Z',
    key: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  };
  const whole = (...epochs: object[]) => JSON.stringify({ version: 2, epochs });

  it('is what the next cases break', async () => {
    await writeFile(file, whole(good), { mode: 0o600 });
    expect(await ids()).toEqual([good.id]);
  });

  it.each([
    ['empty', ''],
    ['cut off', whole(good).slice(0, -9)],
    ['of another version', JSON.stringify({ version: 3, epochs: [good] })],
    ['of the first version without epochs', JSON.stringify({ version: 1, epochs: [] })],
    ['without epochs', whole()],
    ['with two active epochs of a class', whole(good, { ...good, id: '11111111' })],
    ['with an unknown class', whole({ ...good, expiryClass: 'years' })],
    ['with one id twice', whole({ ...good, retiredAt: good.createdAt }, good)],
    ['with a key that is too short', whole({ ...good, key: good.key.slice(1) })],
    ['with a key of spare bits', whole({ ...good, key: `${good.key.slice(0, -1)}9` })],
    ['with a field more', whole({ ...good, note: 'x' })],
  ])('is refused and left alone: %s', async (_, content) => {
    await writeFile(file, content, { mode: 0o600 });
    await expect(open().liveEpochs()).rejects.toThrow(KeyringError);
    await expect(open().sealingEpoch(nowMs + DAY, Infinity)).rejects.toThrow(KeyringError);
    await expect(open().rotate()).rejects.toThrow(KeyringError);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('is refused when others may read it', async () => {
    await activeId();
    for (const mode of [0o640, 0o604]) {
      await chmod(file, mode);
      await expect(open().liveEpochs()).rejects.toThrow(/chmod 600/);
    }
  });

  it('never has its content in an error', async () => {
    await writeFile(file, whole({ ...good, note: 'x' }), { mode: 0o600 });
    const error: unknown = await open()
      .liveEpochs()
      .catch((caught: unknown) => caught);
    expect(JSON.stringify([String(error), error])).not.toContain(good.key.slice(0, 8));
  });
});
