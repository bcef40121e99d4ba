import { randomBytes } from 'node:crypto';
import { SERVER_KEY_BYTES } from '@/lib/protocol/constants';
import type { ExpiryClass, StoredEpoch, StoredEpochs } from './keyring-file';
import 'server-only';

/*
 * When server keys (K1) begin and end: pure steps from one state of the keyring to the next.
 * A step that changes nothing returns the very array it was given, so nothing is written for it.
 *
 * What was sealed can be read from a copied disk for as long as its K1 exists, opened or not. So
 * secrets that live for hours never share a key with those that live for weeks: each class of
 * lifetimes has an epoch of its own, which begins with the first secret that needs it.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface ClassRule {
  /** The longest lifetime that it seals. */
  readonly longestMs: number;
  /** How long one epoch seals. */
  readonly rotationMs: number;
  /** `openUntil` is rounded up to this, so that the file is not written for every message. */
  readonly roundingMs: number;
  /** Clocks differ: a key outlives its last message by this much. */
  readonly graceMs: number;
}

/** Shortest first. Specification: Server keys and epochs. */
const CLASSES: Readonly<Record<ExpiryClass, ClassRule>> = {
  hours: {
    longestMs: 4 * HOUR_MS,
    rotationMs: 2 * HOUR_MS,
    roundingMs: 10 * MINUTE_MS,
    graceMs: 10 * MINUTE_MS,
  },
  days: {
    longestMs: 7 * DAY_MS,
    rotationMs: DAY_MS,
    roundingMs: 6 * HOUR_MS,
    graceMs: HOUR_MS,
  },
  weeks: {
    longestMs: Infinity,
    rotationMs: 7 * DAY_MS,
    roundingMs: DAY_MS,
    graceMs: HOUR_MS,
  },
};

const CLASS_NAMES = Object.keys(CLASSES) as readonly ExpiryClass[];

/** The class whose epochs seal what lives this long. @param lifetimeSeconds Infinity: it may be extended */
export function expiryClassOf(lifetimeSeconds: number): ExpiryClass {
  return CLASS_NAMES.find((name) => lifetimeSeconds * 1000 <= CLASSES[name].longestMs) ?? 'weeks';
}

/** The epoch that seals a class now; undefined where none has begun. */
export function activeEpoch(
  epochs: StoredEpochs,
  expiryClass: ExpiryClass,
): StoredEpoch | undefined {
  return epochs.find((epoch) => epoch.retiredAt === null && epoch.expiryClass === expiryClass);
}

/** Retires the active epoch of a class, if there is one, and begins another. */
export function rotated(
  epochs: StoredEpochs,
  expiryClass: ExpiryClass,
  nowMs: number,
): StoredEpochs {
  const now = isoTime(nowMs);
  const begun: StoredEpoch = {
    id: freshId(epochs),
    expiryClass,
    createdAt: now,
    retiredAt: null,
    openUntil: now,
    key: randomBytes(SERVER_KEY_BYTES).toString('base64url'),
  };
  const active = activeEpoch(epochs, expiryClass);
  return [
    ...epochs.map((epoch) => (epoch === active ? { ...epoch, retiredAt: now } : epoch)),
    begun,
  ];
}

/** Begins an epoch of a class where there is none, or where its active one has had its time. */
export function rotatedIfDue(
  epochs: StoredEpochs,
  expiryClass: ExpiryClass,
  nowMs: number,
): StoredEpochs {
  const active = activeEpoch(epochs, expiryClass);
  return active === undefined || isDue(active, nowMs)
    ? rotated(epochs, expiryClass, nowMs)
    : epochs;
}

/** Puts on record that the active epoch of a class seals something that expires at `expiresAtMs`. */
export function openUntilAtLeast(
  epochs: StoredEpochs,
  expiryClass: ExpiryClass,
  expiresAtMs: number,
): StoredEpochs {
  const active = activeEpoch(epochs, expiryClass);
  return active === undefined ? epochs : keptOpenUntil(epochs, active.id, expiresAtMs);
}

/** Puts on record that one epoch, whichever seals now, must be able to open until `untilMs`. */
export function keptOpenUntil(epochs: StoredEpochs, id: string, untilMs: number): StoredEpochs {
  const kept = epochs.find((epoch) => epoch.id === id);
  if (kept === undefined || Date.parse(kept.openUntil) >= untilMs) return epochs;
  const { roundingMs } = CLASSES[kept.expiryClass];
  const openUntil = isoTime(Math.ceil(untilMs / roundingMs) * roundingMs);
  return epochs.map((epoch) => (epoch === kept ? { ...epoch, openUntil } : epoch));
}

/** Retires the epochs that have had their time, and drops those of which every message has expired. */
export function withoutEnded(epochs: StoredEpochs, nowMs: number): StoredEpochs {
  const live = epochs
    .map((epoch) =>
      epoch.retiredAt === null && isDue(epoch, nowMs)
        ? { ...epoch, retiredAt: isoTime(nowMs) }
        : epoch,
    )
    .filter((epoch) => epoch.retiredAt === null || !isOver(epoch, nowMs));
  // A keyring is never empty: an empty one could not be told from one that lost its keys.
  if (live.length === 0) return rotated(live, 'weeks', nowMs);
  const isUnchanged =
    live.length === epochs.length && live.every((epoch, index) => epoch === epochs[index]);
  return isUnchanged ? epochs : live;
}

/** Drops one epoch, whatever it sealed; another of its class begins if it was the active one. */
export function without(epochs: StoredEpochs, id: string, nowMs: number): StoredEpochs {
  const dropped = epochs.find((epoch) => epoch.id === id);
  if (dropped === undefined) return epochs;
  const rest = epochs.filter((epoch) => epoch !== dropped);
  return dropped.retiredAt === null ? rotated(rest, dropped.expiryClass, nowMs) : rest;
}

/** Begins a new epoch in place of each active one. */
export function rotatedAll(epochs: StoredEpochs, nowMs: number): StoredEpochs {
  const active = epochs.filter(({ retiredAt }) => retiredAt === null);
  const classes =
    active.length === 0 ? (['weeks'] as const) : active.map((epoch) => epoch.expiryClass);
  return classes.reduce((rest, expiryClass) => rotated(rest, expiryClass, nowMs), epochs);
}

/** An epoch that begins further ahead than it may last was made by a clock that was wrong. */
function isDue({ createdAt, expiryClass }: StoredEpoch, nowMs: number): boolean {
  return Math.abs(nowMs - Date.parse(createdAt)) >= CLASSES[expiryClass].rotationMs;
}

function isOver({ openUntil, expiryClass }: StoredEpoch, nowMs: number): boolean {
  return nowMs >= Date.parse(openUntil) + CLASSES[expiryClass].graceMs;
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
