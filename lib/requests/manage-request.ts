/**
 * What a request's creator does with it. Each answers with the request as it
 * is afterwards; to everybody else the request is unknown.
 */
import { EXPIRIES, type ExpiresIn } from '@/lib/messages/policy';
import type { RefusalCode } from '@/lib/refusal-code';
import { showAgain } from './inbox';
import { lifetimeFrom, refusalOfLifetime } from './lifetime';
import type { InboxState } from './outcomes';
import type { Access, NewReader, RequestDesk } from './ports';
import { readRowId } from './request-id';

const UNKNOWN: InboxState = { status: 'unknown' };
const MAX_ATTEMPTS = 4;

/** Who asks, and for which request: 16 hex digits. */
export interface Managed {
  readonly accountId: string;
  readonly request: string;
}

/** Takes no more replies; what came can still be read. */
export async function closeRequest(desk: RequestDesk, managed: Managed): Promise<InboxState> {
  const access = accessOf(managed);
  if (access === null || !(await desk.store.close(access))) return UNKNOWN;
  return showAgain(desk, access);
}

/** Erases key, seeds and replies. */
export async function destroyRequest(desk: RequestDesk, managed: Managed): Promise<InboxState> {
  const access = accessOf(managed);
  if (access === null || !(await desk.store.destroy(access))) return UNKNOWN;
  return showAgain(desk, access);
}

/**
 * Gives a request another lifetime from now on, if that is longer than what
 * it has. Its server keys, and those of its replies, are kept first: a request
 * that outlived them could not be read.
 */
export async function extendRequest(
  desk: RequestDesk,
  { expiresIn, ...managed }: Managed & { readonly expiresIn: ExpiresIn },
): Promise<InboxState> {
  const access = accessOf(managed);
  if (access === null) return UNKNOWN;
  const refusal = await refusalOfLifetime(desk, expiresIn);
  if (refusal !== null) return refused(refusal);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const found = await desk.store.findEpochs(access);
    if (found === null) return UNKNOWN;
    const life = lifetimeFrom(desk.clock.nowMs(), EXPIRIES[expiresIn]);
    for (const epoch of found.epochs) await desk.keyring.keepEpoch(epoch, life.keepUntilMs);
    const answer = await desk.store.extend(access, { ...life, replies: found.replies });
    if (answer === null) return UNKNOWN;
    if (answer.verdict === 'extended' || answer.verdict === 'over') return showAgain(desk, access);
    desk.clock.learn(answer.databaseNowMs);
  }
  throw new Error('A request changed several times while it was extended.');
}

/** Lets one more of the staff read what is still sealed and what comes. */
export async function addReader(
  desk: RequestDesk,
  { accountId, request, reader }: Managed & { readonly reader: NewReader },
): Promise<InboxState> {
  const access = accessOf({ accountId, request });
  if (access === null) return UNKNOWN;
  const verdict = await desk.store.addReader(access, reader);
  return verdict === 'reader_unknown' || verdict === 'vault_replaced'
    ? refused(verdict)
    : shown(desk, access, verdict);
}

/** A reader's vault keeps what it opened, wrapped by itself. False if it did already. */
export async function keepSeed(
  desk: RequestDesk,
  { accountId, request, sealedSeed }: Managed & { readonly sealedSeed: Uint8Array },
): Promise<boolean> {
  const access = accessOf({ accountId, request });
  return access !== null && desk.store.keepSeed(access, sealedSeed);
}

/** Revokes a reader. Somebody has to remain who can read. */
export async function removeReader(
  desk: RequestDesk,
  { accountId, request, readerId }: Managed & { readonly readerId: string },
): Promise<InboxState> {
  const access = accessOf({ accountId, request });
  if (access === null) return UNKNOWN;
  const verdict = await desk.store.removeReader(access, readerId);
  return verdict === 'last_reader' ? refused(verdict) : shown(desk, access, verdict);
}

function accessOf({ accountId, request }: Managed): Access | null {
  const requestId = readRowId(request);
  return requestId === null ? null : { accountId, requestId };
}

function shown(desk: RequestDesk, access: Access, verdict: unknown): Promise<InboxState> {
  return verdict === null ? Promise.resolve(UNKNOWN) : showAgain(desk, access);
}

function refused(refusal: RefusalCode): InboxState {
  return { status: 'refused', refusal };
}
