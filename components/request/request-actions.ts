import type { VaultActions } from '@/components/account/vault-actions';
import type { ClaimReplyResult, CreateResult, InboxState } from '@/lib/requests/outcomes';

type Ask<Result> = (form: FormData) => Promise<Result>;

/** The server actions of the page of a new request, handed in by the page. */
export interface CreateActions extends VaultActions {
  readonly createRequest: Ask<CreateResult>;
}

/** What changes a request: each answers with the request as it is then. */
export interface ManageActions {
  readonly addReader: Ask<InboxState>;
  readonly removeReader: Ask<InboxState>;
  readonly chooseNotice: Ask<InboxState>;
  readonly extendRequest: Ask<InboxState>;
  readonly closeRequest: Ask<InboxState>;
  readonly destroyRequest: Ask<InboxState>;
}

/** The server actions of a request's page. */
export interface InboxActions extends ManageActions, VaultActions {
  readonly keepSeed: Ask<{ readonly status: 'done' | 'refused' }>;
  readonly claimReply: Ask<ClaimReplyResult>;
  readonly acknowledgeReply: Ask<{ readonly status: 'done' | 'refused' }>;
}
