/**
 * Notices that the accounts key is another than the one the rows were written under: it was lost, and
 * one was made in its place. Nothing tells at the file itself; the rows do.
 */
import 'server-only';
import { countUnreadableFactors } from '@/lib/accounts/second-factor';
import { database } from '../database';
import { log } from '../log';
import { once } from '../runtime';
import { accountsKey } from './accounts-key';

const seen = once('accounts key watch', () => ({ unreadable: 0 }));

/** Looks, and says in the log what changed. At the start, and now and again. @throws DatabaseAway */
export async function watchAccountsKey(): Promise<void> {
  const held = seen();
  const before = held.unreadable;
  held.unreadable = await countUnreadableFactors({ database: database(), accountsKey });
  if (held.unreadable === before) return;
  if (held.unreadable > 0) log.error('accounts_key_lost', { count: held.unreadable });
  else log.info('accounts_key_found');
}

/** People whose second factor could not be read when it was looked at last. */
export function unreadableFactors(): number {
  return seen().unreadable;
}
