import type { ComposeState, StoreResult } from '@/lib/messages/outcomes';

/** The server actions of the compose page, handed in by the page. */
export interface ComposeActions {
  readonly sealOnServer: (previous: ComposeState, form: FormData) => Promise<ComposeState>;
  readonly storeBrowserSealed: (form: FormData) => Promise<StoreResult>;
  readonly storeBrowserSealedForEach: (form: FormData) => Promise<StoreResult>;
}
