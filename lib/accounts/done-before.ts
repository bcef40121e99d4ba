/**
 * A new password that is sent again, since the answer to it was lost. Rules: nothing is remembered of
 * the first time: what is stored is compared with what is sent. Salt and wrapped seeds were drawn by the
 * browser that made them, so that whoever else asks finds nothing; whoever has them still shows the
 * sign-in key, and a wrong one is a guess like any other. Nothing is done, told or handed out here.
 */
import type { AccountDesk, PasswordCredentials } from './ports';
import { tryPassword } from './try-secret';
import type { SealedVault } from './vault-records';

export interface MadeOfPassword {
  readonly credentials: PasswordCredentials;
  /** `seedByRecovery` null: it was left as it is. */
  readonly vault: Omit<SealedVault, 'seedByRecovery'> & {
    readonly seedByRecovery: Uint8Array | null;
  };
}

/** Whether exactly this is in force already; null where there is no room to verify it now. */
export async function wasDoneBefore(
  desk: AccountDesk,
  { credentials: { salt, signInKey }, vault }: MadeOfPassword,
): Promise<boolean | null> {
  const found = await desk.store.findByWhatWasMade(salt, vault);
  if (found === null) return false;
  const tried = await tryPassword(desk, found, 'password', (browser) =>
    desk.withStretchingRoom(() => desk.verifySignInKey(found.signInHash, signInKey), browser),
  );
  return tried === 'busy' ? null : tried === 'right';
}
