/** Requests that are made while all is well, and the replies to them. */
import { nameOfVault } from '@/lib/browser/requests/request-seed';
import { locateToken } from '@/lib/sealed/locate';
import {
  decodeBase64url,
  encodeBase64url,
  toVaultPublicKey,
  type RequestPublicKey,
  type RequestSeed,
} from '@/lib/protocol/bytes';
import { decodeEnvelope, encodeTextEnvelope } from '@/lib/protocol/envelope';
import { openReply, sealReply } from '@/lib/protocol/reply';
import { createRequestKeys } from '@/lib/protocol/request-keys';
import type { ClaimReplyResult, CreateResult, ReplyResult } from '@/lib/requests/outcomes';
import { MAX_REPLIES } from '@/lib/requests/policy';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { requestFields } from '@/tests/e2e/support/requests';
import { callWithForm, readActionIds } from '@/tests/e2e/support/server-actions';
import {
  headersOf,
  signInOverHttp,
  signUpOwnerOverHttp,
  type HttpStaff,
} from '@/tests/e2e/support/staff-over-http';
import { textOf } from '@/tests/support/envelopes';
import { answerOf, NOTHING, patience, unlessCut } from './answers';
import type { House } from './house';
import { readOutcome } from './pages';
import { newNonce, type Sealed } from './sealed';
import { byStatus } from './status-link';

const REQUESTS = 20;

/** Makes an owner and requests of theirs. @returns how a client replies to one of them */
export async function createReplies({
  appUrl,
  keyringFile,
  database,
}: House): Promise<(base: string, text: string) => Promise<Sealed>> {
  const staff: { current: HttpStaff } = { current: await signUpOwnerOverHttp(appUrl) };
  const account = await database.query<{ id: string }>('SELECT id FROM accounts');
  const requests = await createRequests(appUrl, staff.current, account?.id ?? '');
  const keyring = createKeyring({ file: keyringFile });
  let replies = 0;

  /** Signs in again where an instance does not know the session, say by its clock. */
  async function callAsStaff<Outcome extends { status: string }>(
    base: string,
    request: Request,
    action: string,
    fields: Record<string, string>,
  ): Promise<Outcome | null> {
    const page = `${base}/requests/${request.id}`;
    const answer = await callWithForm<Outcome>(page, request.actions.get(action) ?? '', fields, {
      ...patience(),
      headers: headersOf(appUrl, staff.current),
    });
    if (answer.status === 401) {
      const cookie = await signInOverHttp(appUrl, staff.current, base);
      if (cookie !== null) staff.current = { ...staff.current, cookie };
    }
    return answer.outcome;
  }

  async function replied(base: string, text: string): Promise<Sealed> {
    const request = requests[replies % REQUESTS];
    replies += 1;
    if (request === undefined) throw new Error('There is no request.');
    const sealedReply = encodeBase64url(
      await sealReply(encodeTextEnvelope(text), request.publicKey),
    );
    const { outcome } = await callWithForm<ReplyResult>(
      `${base}/r/${request.token}`,
      request.storeSealedReply,
      { token: request.token, nonce: newNonce(), sealedReply },
      patience(),
    );
    if (outcome?.status !== 'sent') throw new Error('No link came back.');
    const statusPath = new URL(outcome.statusLink).pathname;
    const located = await locateToken(
      keyring,
      statusPath.slice(statusPath.lastIndexOf('/') + 1),
      (opened) => opened.purpose === 'replyStatus',
    );
    if (located === null) throw new Error('A status link of this server can’t be read.');
    const fields = {
      request: request.id,
      reply: Buffer.from(located.opened.replyId).toString('hex'),
    };
    const open = (at: string, nonce: string) =>
      unlessCut(async () => {
        const answer = await callAsStaff<ClaimReplyResult>(at, request, 'claimReply', {
          ...fields,
          nonce,
        });
        if (answer?.status !== 'claimed') return answerOf(readOutcome(answer));
        const sealed = decodeBase64url(answer.sealedReply);
        const envelope = await openReply(sealed, request.seed, request.publicKey);
        return { kind: 'received', text: textOf(decodeEnvelope(envelope)) };
      });
    const byLink = byStatus(statusPath);
    return {
      kind: 'reply',
      text,
      hasPassphrase: false,
      open,
      openWrongly: () => Promise.resolve(NOTHING),
      acknowledge: (at, nonce) =>
        callAsStaff(at, request, 'acknowledgeReply', { ...fields, nonce }).then(
          (answer) => answer?.status === 'done',
          () => false,
        ),
      look: byLink.status,
      destroyAsRecipient: null,
      ...byLink,
    };
  }

  return replied;
}

interface Request {
  /** 16 hex digits */
  readonly id: string;
  readonly token: string;
  readonly seed: RequestSeed;
  readonly publicKey: RequestPublicKey;
  readonly storeSealedReply: string;
  /** Of its staff's page. */
  readonly actions: ReadonlyMap<string, string>;
}

async function createRequests(
  appUrl: string,
  staff: HttpStaff,
  accountId: string,
): Promise<Request[]> {
  const headers = headersOf(appUrl, staff);
  const make = (await readActionIds(`${appUrl}/requests/new`, { headers })).get('createRequest');
  const sealedFor = await nameOfVault(toVaultPublicKey(decodeBase64url(staff.vaultPublicKey)));
  const requests: Request[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const { seed, publicKey } = await createRequestKeys();
    const fields = requestFields();
    const readers = JSON.parse(fields['readers'] ?? '[]') as object[];
    const { outcome } = await callWithForm<CreateResult>(
      `${appUrl}/requests/new`,
      make ?? '',
      {
        ...fields,
        expiresIn: '7d',
        repliesAllowed: String(MAX_REPLIES),
        publicKey: encodeBase64url(publicKey),
        readers: JSON.stringify(readers.map((reader) => ({ ...reader, accountId, sealedFor }))),
      },
      { headers },
    );
    if (outcome?.status !== 'created') throw new Error(`No request: ${JSON.stringify(outcome)}`);
    const { pathname } = new URL(outcome.link);
    const ofClient = await readActionIds(appUrl + pathname);
    requests.push({
      id: outcome.id,
      token: pathname.slice(pathname.lastIndexOf('/') + 1),
      seed,
      publicKey,
      storeSealedReply: ofClient.get('storeSealedReply') ?? '',
      actions: await readActionIds(`${appUrl}/requests/${outcome.id}`, { headers }),
    });
  }
  return requests;
}
