import { randomBytes } from 'node:crypto';
import { SERVER_KEY_BYTES } from '@/lib/protocol/constants';
import type { StoredEpoch, StoredEpochs } from './keyring-file';
import 'server-only';

/*
 * When server keys (K1) begin and end: pure steps from one state of the keyring to the next.
 * A step that changes nothing returns the very array it was given, so nothing is written for it.
 */

const DAY_MS = 86_400_000;
/** K1 rotates weekly. */
const ROTATION_MS = 7 * DAY_MS;
/** Clocks differ: a key outlives its last message by this much. */
const GRACE_MS = 3_600_000;

/** The epoch that seals now. */
export function activeEpoch(epochs: StoredEpochs): StoredEpoch {
  const active = epochs.find(({ retiredAt }) => retiredAt === null);
  if (active === undefined) throw new Error('A keyring has one active epoch.');
  return active;
}

/** Retires the active epoch, if there is one, and begins another. */
export function rotated(epochs: StoredEpochs, nowMs: number): StoredEpochs {
  const now = isoTime(nowMs);
  const begun: StoredEpoch = {
    id: freshId(epochs),
    createdAt: now,
    retiredAt: null,
    openUntil: now,
    key: randomBytes(SERVER_KEY_BYTES).toString('base64url'),
  };
  return [...epochs.map((epoch) => ({ ...epoch, retiredAt: epoch.retiredAt ?? now })), begun];
}

/** Rotates when the active epoch has had its week. */
export function rotatedIfDue(epochs: StoredEpochs, nowMs: number): StoredEpochs {
  const due =
    epochs.length === 0 || nowMs >= Date.parse(activeEpoch(epochs).createdAt) + ROTATION_MS;
  return due ? rotated(epochs, nowMs) : epochs;
}

/** Puts on record that the active epoch seals something that expires at `expiresAtMs`. */
export function openUntilAtLeast(epochs: StoredEpochs, expiresAtMs: number): StoredEpochs {
  const active = activeEpoch(epochs);
  if (Date.parse(active.openUntil) >= expiresAtMs) return epochs;
  return epochs.map((epoch) => (epoch === active ? raised(epoch, expiresAtMs) : epoch));
}

/** Puts on record that one epoch, whichever seals now, must be able to open until `untilMs`. */
export function keptOpenUntil(epochs: StoredEpochs, id: string, untilMs: number): StoredEpochs {
  const kept = epochs.find((epoch) => epoch.id === id);
  if (kept === undefined || Date.parse(kept.openUntil) >= untilMs) return epochs;
  return epochs.map((epoch) => (epoch === kept ? raised(epoch, untilMs) : epoch));
}

/** Drops the retired epochs of which every message has expired. */
export function withoutEnded(epochs: StoredEpochs, nowMs: number): StoredEpochs {
  const live = epochs.filter(
    ({ retiredAt, openUntil }) => retiredAt === null || nowMs < Date.parse(openUntil) + GRACE_MS,
  );
  return live.length === epochs.length ? epochs : live;
}

/** Drops one epoch, whatever it sealed; another begins if it was the active one. */
export function without(epochs: StoredEpochs, id: string, nowMs: number): StoredEpochs {
  const dropped = epochs.find((epoch) => epoch.id === id);
  if (dropped === undefined) return epochs;
  const rest = epochs.filter((epoch) => epoch !== dropped);
  return dropped.retiredAt === null ? rotated(rest, nowMs) : rest;
}

/** To a whole day, so that the file is written about once a day and not for every message. */
function raised(epoch: StoredEpoch, untilMs: number): StoredEpoch {
  return { ...epoch, openUntil: isoTime(Math.ceil(untilMs / DAY_MS) * DAY_MS) };
}

function freshId(epochs: StoredEpochs): string {
  for (;;) {
    const id = randomBytes(4).toString('hex');
    if (!epochs.some((epoch) => epoch.id === id)) return id;
  }
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
