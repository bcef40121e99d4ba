import type { ReplyFormState, ReplyResult } from '@/lib/requests/outcomes';

/** The server actions of the reply page, handed in by the page. */
export interface ReplyActions {
  readonly replyOnServer: (previous: ReplyFormState, form: FormData) => Promise<ReplyFormState>;
  readonly storeSealedReply: (form: FormData) => Promise<ReplyResult>;
}
