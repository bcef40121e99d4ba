/**
 * What was thrown where work was to be done, and how that is told. What is away for now (a database, a
 * disk, a file of keys) is told as such, and may be asked again. Everything else is a bug: told as a
 * fault of ours, and logged with the place where it was thrown. Of its text, which may quote what was
 * sent, nothing is ever logged.
 */
import 'server-only';
import type { RefusalCode } from '@/lib/refusal-code';
import { diskTroubleOf } from './keyring/private-file';
import { log } from './log';
import { framesOf } from './stack-frames';

export type Failure = 'away' | 'fault';

/** Logs it, and says what it is. */
export function logFailure(at: string, thrown: unknown): Failure {
  const code = codeOf(thrown);
  // By names: an error of another bundle has a class of that bundle.
  switch (thrown instanceof Error ? thrown.name : null) {
    case 'DatabaseAway':
      if (own(thrown, 'isDiskFull') === true) log.error('disk_full', { at, code: 'database' });
      else log.warn('database_away', { at });
      return 'away';
    case 'DatabaseUnsafe':
      log.error('database_unsafe', { at });
      return 'away';
    case 'KeyringError':
    case 'MarkError': {
      const trouble = diskTroubleOf(code);
      if (trouble !== null) log.error(`disk_${trouble}`, { at, code: 'keyring' });
      else log.error('keyring_unusable', { at, code: code ?? 'none' });
      return 'away';
    }
    case 'DatabaseFault':
      log.error('fault', { at, ...whatOf(thrown), code: code ?? 'none' });
      return 'fault';
    default:
      log.error('fault', { at, ...whatOf(thrown) });
      return 'fault';
  }
}

/** Why an act, or a look that changes nothing, is refused when it failed. */
export const REFUSALS_OF_FAILURE = {
  act: { away: 'unavailable', fault: 'fault' },
  look: { away: 'look_failed', fault: 'fault_in_look' },
} as const satisfies Readonly<Record<'act' | 'look', Readonly<Record<Failure, RefusalCode>>>>;

/** What the log may hold of a bug. */
export function whatOf(thrown: unknown): {
  readonly error: string;
  readonly frames: readonly string[];
} {
  return { error: kindOf(thrown), frames: framesOf(thrown) };
}

/** What programs call their errors: a name that was set to anything else is not written. */
const NAME = /^(?:[A-Z][A-Za-z]{0,50})?(?:Error|Fault)$/;

function kindOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  return NAME.test(thrown.name) ? thrown.name : 'Error';
}

/** As systems and databases spell theirs. */
const CODE = /^[A-Z0-9_]{1,40}$/;

function codeOf(thrown: unknown): string | null {
  const code = own(thrown, 'code');
  return typeof code === 'string' && CODE.test(code) ? code : null;
}

function own(thrown: unknown, name: string): unknown {
  return thrown instanceof Error ? Object.getOwnPropertyDescriptor(thrown, name)?.value : undefined;
}
