import { EXPIRIES, type ExpiresIn } from '@/lib/messages/policy';
import { isoTime } from '@/lib/messages/views';
import { SEALED_SEED_BYTES } from '@/lib/protocol/constants';
import { readRequestId } from '@/lib/protocol/request-id';
import { sealRequestToken } from '@/lib/protocol/tokens';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import type { CreateResult } from './outcomes';
import type { NewReader, RequestDesk } from './ports';
import { lifetimeFrom, refusalOfLifetime } from './lifetime';
import { formatRowId, toRowId } from './request-id';

/** What the creator's browser hands over: the seed itself is in none of it. */
export interface RequestToCreate {
  readonly question: string;
  readonly fields: readonly FieldDefinition[];
  readonly expiresIn: ExpiresIn;
  readonly repliesAllowed: number;
  /** Drawn by the browser, which binds the seed to it: 16 hex digits. */
  readonly request: string;
  /** 1216 bytes */
  readonly publicKey: Uint8Array;
  /** The seed, sealed for the vault of everybody who may read; the creator among them. */
  readonly readers: readonly NewReader[];
}

const MAX_ATTEMPTS = 4;

/**
 * Stores a request. The link that it answers with has no fragment; the browser
 * appends the fingerprint of the public key that it made.
 *
 * @see lib/protocol/README.md, Requests
 */
export async function createRequest(
  desk: RequestDesk,
  createdById: string,
  { expiresIn, request: givenId, ...request }: RequestToCreate,
): Promise<CreateResult> {
  const refusal = await refusalOfLifetime(desk, expiresIn);
  if (refusal !== null) return { status: 'refused', errors: { expiresIn: refusal } };
  if (!isSealedForEach(request.readers, createdById)) {
    return { status: 'refused', errors: { form: 'input_malformed' } };
  }
  const requestId = readRequestId(givenId);
  const id = toRowId(requestId);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const life = lifetimeFrom(desk.clock.nowMs(), EXPIRIES[expiresIn]);
    const epoch = await desk.keyring.sealingEpoch(life.keepUntilMs, Infinity);
    const stored = await desk.store.insert({
      ...request,
      ...life,
      id,
      epoch: epoch.id,
      createdById,
    });
    if (stored.verdict === 'reader_unknown' || stored.verdict === 'vault_replaced') {
      return { status: 'refused', errors: { form: stored.verdict } };
    }
    if (stored.verdict === 'id_taken') {
      return { status: 'refused', errors: { form: 'input_malformed' } };
    }
    if (stored.verdict === 'stored') {
      return {
        status: 'created',
        id: formatRowId(id),
        link: `${desk.appUrl}/r/${sealRequestToken(epoch.keys.tokenKey, requestId)}`,
        expiresAt: isoTime(life.expiresAtMs),
      };
    }
    desk.clock.learn(stored.databaseNowMs);
  }
  throw new Error('The database refused a new request several times in a row.');
}

/** The creator is one of them, with a seed of their own vault; all others have theirs from it. */
function isSealedForEach(readers: readonly NewReader[], createdById: string): boolean {
  const isCreator = ({ accountId }: NewReader) => accountId === createdById;
  return (
    readers.some(isCreator) &&
    readers.every(
      (reader) =>
        reader.sealedSeed.length === SEALED_SEED_BYTES[isCreator(reader) ? 'own' : 'shared'],
    )
  );
}
