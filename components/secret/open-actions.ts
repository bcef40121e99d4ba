import type { ClaimResult, KnockResult, OpenState } from '@/lib/messages/outcomes';

type Ask<Result> = (form: FormData) => Promise<Result>;

/** The server actions of the open page, handed in by the page. */
export interface OpenActions {
  readonly openServerSealed: (previous: OpenState, form: FormData) => Promise<OpenState>;
  readonly knock: Ask<KnockResult>;
  readonly claimBrowserSealed: Ask<ClaimResult>;
  readonly destroyBrowserSealed: Ask<KnockResult>;
  readonly acknowledge: Ask<{ status: 'done' | 'refused' }>;
}
