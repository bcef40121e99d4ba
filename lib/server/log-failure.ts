import 'server-only';
import { diskTroubleOf } from './keyring/private-file';
import { log } from './log';

/**
 * A database that is away and a disk that is full are told as such; anything else is a bug, told by
 * the code it has.
 */
export function logFailure(at: string, error: unknown): void {
  const { name, code } = told(error);
  if (name === 'DatabaseAway') {
    if (field(error, 'isDiskFull') === true) log.error('disk_full', { at, code: 'database' });
    else log.warn('database_away', { at });
  } else if (name === 'KeyringError' || name === 'MarkError') {
    const trouble = diskTroubleOf(code);
    if (trouble !== null) log.error(`disk_${trouble}`, { at, code: 'keyring' });
    else log.error('keyring_unusable', { at, code });
  } else if (name === 'DatabaseUnsafe') log.error('database_unsafe', { at });
  else log.error('request_failed', { at, code: name === 'DatabaseFault' ? code : name });
}

/** By names and codes: an error of another bundle has a class of that bundle. */
function told(error: unknown): { readonly name: string; readonly code: string } {
  const code = field(error, 'code');
  return {
    name: error instanceof Error ? error.name : 'unknown',
    code: typeof code === 'string' ? code : 'none',
  };
}

function field(error: unknown, name: string): unknown {
  return error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined;
}
