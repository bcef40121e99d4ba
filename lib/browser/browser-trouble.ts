/** What can go wrong between this browser and the server, or in this browser alone. */
export type TroubleCode =
  /** No answer came: offline, the connection cut, or something between that is not the app. */
  | 'no_answer'
  /** The app itself failed. */
  | 'server_failed'
  /** The page is older than the app that answers it. */
  | 'page_outdated'
  /** Argon2 could not run here: memory, or WebAssembly switched off. */
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

/** The code of whatever was thrown; a bug counts as `server_failed`, for nothing better can be said. */
export function troubleCodeOf(error: unknown): TroubleCode {
  return error instanceof BrowserTrouble ? error.code : 'server_failed';
}
