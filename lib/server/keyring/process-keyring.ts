import { databaseClock } from '../database-clock';
import { settings } from '../settings';
import { createKeyring, type Keyring } from './keyring';
import 'server-only';

let shared: Keyring | undefined;

/** The keyring of KEYRING_FILE. */
export function keyring(): Keyring {
  shared ??= createKeyring({
    file: settings().keyringFile,
    now: () => databaseClock().nowMs(),
  });
  return shared;
}
