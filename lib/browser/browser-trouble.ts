import { canEncryptHere } from './browser-crypto';
import type { LostAnswer } from './lost-answer';

/** What can go wrong between this browser and the server, or in this browser alone. */
export type TroubleCode =
  /** No answer came: offline, the connection cut, or something between that is not the app. */
  | LostAnswer
  /** The app itself failed. */
  | 'server_failed'
  /** The page is older than the app that answers it. */
  | 'page_outdated'
  /** This browser offers no encryption to this page. */
  | 'encryption_missing'
  /** This browser lets the site keep nothing. */
  | 'storage_refused'
  /** Something else failed in this browser, and not on the server. */
  | 'browser_failed'
  /** Argon2 could not run here: no memory for it. */
  | 'stretching_failed'
  /** What arrived is not what the link promises. */
  | 'unreadable'
  /** The person pressed Cancel. */
  | 'cancelled';

export class BrowserTrouble extends Error {
  override readonly name = 'BrowserTrouble';

  constructor(
    readonly code: TroubleCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/**
 * The code of whatever was thrown. What the server answers, or doesn't, has a code already: the
 * rest happened here, and is named by what is missing here.
 */
export function troubleCodeOf(error: unknown): TroubleCode {
  if (error instanceof BrowserTrouble) return error.code;
  if (!canEncryptHere()) return 'encryption_missing';
  return isAboutStorage(error) ? 'storage_refused' : 'browser_failed';
}

/** Of IndexedDB and the storages, as engines word it; private windows and blocked site data. */
const REFUSALS_OF_STORAGE = [
  'SecurityError',
  'InvalidStateError',
  'UnknownError',
  'QuotaExceededError',
  'NotReadableError',
];

function isAboutStorage(error: unknown): boolean {
  if (error instanceof DOMException) return REFUSALS_OF_STORAGE.includes(error.name);
  try {
    const { indexedDB } = globalThis as { readonly indexedDB?: IDBFactory | null };
    return indexedDB === undefined || indexedDB === null;
  } catch {
    return true;
  }
}
