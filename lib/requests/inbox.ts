/** Requests as the staff see them, who made them or may read their replies. */
import { encodeBase64url } from '@/lib/protocol/base64url';
import type { Colleague, InboxState } from './outcomes';
import type { Access, RequestDesk } from './ports';
import { readRowId } from './request-id';
import { inboxOf } from './views';

type InboxLook = Exclude<InboxState, { readonly status: 'refused' }>;

/** One request with its replies. Unknown to everybody but its creator and its readers. */
export async function showRequest(
  desk: RequestDesk,
  accountId: string,
  request: string,
): Promise<InboxLook> {
  const requestId = readRowId(request);
  return requestId === null ? { status: 'unknown' } : showAgain(desk, { accountId, requestId });
}

export async function showAgain(desk: RequestDesk, access: Access): Promise<InboxLook> {
  const own = await desk.store.show(access);
  return own === null
    ? { status: 'unknown' }
    : { status: 'known', inbox: await inboxOf(desk, own, access.accountId) };
}

/** Everybody to whom a seed can be sealed. */
export async function listColleagues(desk: RequestDesk): Promise<readonly Colleague[]> {
  return (await desk.store.listColleagues()).map(({ vaultPublicKey, ...reader }) => ({
    ...reader,
    vaultPublicKey: encodeBase64url(vaultPublicKey),
  }));
}
