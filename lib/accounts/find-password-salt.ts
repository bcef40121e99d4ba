import { encodeBase64url } from '@/lib/protocol/base64url';
import type { SaltResult } from './outcomes';
import type { AccountDesk } from './ports';

/**
 * The salt with which a browser stretches a password before it signs in. An
 * address without an account has one too, always the same: both are worked out
 * either way, so that neither the answer nor its time tells which it is.
 */
export async function findPasswordSalt(desk: AccountDesk, email: string): Promise<SaltResult> {
  const [salt, decoy] = await Promise.all([
    desk.store.findPasswordSalt(email),
    desk.decoySalt(email),
  ]);
  return { status: 'found', salt: encodeBase64url(salt ?? decoy) };
}
