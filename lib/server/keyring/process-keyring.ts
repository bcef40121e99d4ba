import { databaseClock } from '../database-clock';
import { once } from '../runtime';
import { settings } from '../settings';
import { createKeyring } from './keyring';
import 'server-only';

/** The keyring of KEYRING_FILE. */
export const keyring = once('keyring', () =>
  createKeyring({
    file: settings().keyringFile,
    now: () => databaseClock().nowMs(),
    leaseSeconds: settings().leaseSeconds,
  }),
);
