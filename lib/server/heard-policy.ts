/**
 * Who may send, as this process heard it last: with it the HTTP server chooses
 * which of two printed pages `/` is answered with. It decides nothing; what is
 * sent is decided by the database.
 */
import type { WhoMaySend } from '@/lib/accounts/sending-policy';
import { once } from './runtime';

interface Heard {
  whoMaySend: WhoMaySend;
  /** How often something was heard for certain. */
  times: number;
}

const heard = once('heard policy', (): Heard => ({ whoMaySend: 'anyone', times: 0 }));

/** `anyone` until something was heard. */
export function lastHeardWhoMaySend(): WhoMaySend {
  return heard().whoMaySend;
}

/** Read just now, or decided by an owner in this process: that counts at once. */
export function hearWhoMaySend(whoMaySend: WhoMaySend): void {
  heard().whoMaySend = whoMaySend;
  heard().times += 1;
}

/** Asks, and keeps the answer unless something was heard meanwhile: the answer may be from before that. */
export async function askWhoMaySend(ask: () => Promise<WhoMaySend>): Promise<void> {
  const { times } = heard();
  const whoMaySend = await ask();
  if (heard().times === times) heard().whoMaySend = whoMaySend;
}
