import { KEEP_LIFETIME } from './policy';
import type { Lifetime } from './ports';

/** @param lifetime seconds from `nowMs`, the database's clock as nearly as it is known */
export function lifetimeFrom(nowMs: number, lifetime: number): Lifetime {
  const expiresAtMs = nowMs + lifetime * 1000;
  return { lifetime, expiresAtMs, keepUntilMs: expiresAtMs + KEEP_LIFETIME * 1000 };
}
