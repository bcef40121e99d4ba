import { EXPIRIES, type ExpiresIn } from '@/lib/messages/policy';
import type { RefusalCode } from '@/lib/refusal-code';
import { KEEP_LIFETIME } from './policy';
import type { Lifetime, RequestDesk } from './ports';

/** Why a request may not be given this lifetime now; null if it may. */
export async function refusalOfLifetime(
  desk: Pick<RequestDesk, 'longestLifetime'>,
  expiresIn: ExpiresIn,
): Promise<RefusalCode | null> {
  return EXPIRIES[expiresIn] <= (await desk.longestLifetime()) ? null : 'expiry_not_allowed';
}

/** @param lifetime seconds from `nowMs`, the database's clock as nearly as it is known */
export function lifetimeFrom(nowMs: number, lifetime: number): Lifetime {
  const expiresAtMs = nowMs + lifetime * 1000;
  return { lifetime, expiresAtMs, keepUntilMs: expiresAtMs + KEEP_LIFETIME * 1000 };
}
