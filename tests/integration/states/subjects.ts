/**
 * Messages of both seals, with and without a passphrase, and replies, behind one face: what the
 * table of states in the specification can do to them, and what it answers, in the table's words.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  acknowledge,
  destroyBrowserSealed,
  destroyServerSealed,
  openServerSealed,
} from '@/lib/sealed/open';
import { locateMessage } from '@/lib/sealed/locate';
import { destroyFromStatus } from '@/lib/sealed/status';
import type { ClaimResult, OpenState, StatusState } from '@/lib/sealed/outcomes';
import type { Context } from '@/lib/server/context';
import { unwrapAtRest, wrapAtRest } from '@/lib/protocol/at-rest';
import { concatBytes, toStretchedPassphrase, toOpenProof } from '@/lib/protocol/bytes';
import { deriveKnockProof } from '@/lib/protocol/keys';
import { sweepRequestBatch } from '@/lib/requests/ending';
import { destroyRequest } from '@/lib/requests/manage';
import { withdrawReply } from '@/lib/requests/replies';
import type { ClaimReplyResult } from '@/lib/requests/outcomes';
import { discardKeptClosed } from '@/lib/server/history/history-guard';
import type { HistoryGuard } from '@/lib/server/history/history-guard';
import { MarkError } from '@/lib/server/history/mark-file';
import { sweepBatch } from '@/lib/sealed/end';
import { changed } from '@/tests/support/changed';
import { text } from '@/tests/support/envelopes';
import { claimInBrowser, sealInBrowser } from '../browser-side';
import { NO_HISTORY, createTestDesk, tokenOf, type TestDesk, sealOne } from '../desk';
import {
  acknowledgeAs,
  askFor,
  claimAs,
  firstReply,
  replyInBrowser,
} from '../requests/both-browsers';
import {
  createKeepingKeyring,
  createRequestDesk,
  createStaff,
  type TestKeyring,
  type TestRequestDesk,
  type TestStaff,
} from '../requests/request-desk';

export const KINDS = ['browser', 'browser, locked', 'server', 'server, locked', 'reply'] as const;
export type Kind = (typeof KINDS)[number];

export const isLocked = (kind: Kind) => kind.endsWith('locked');

/** `no link`: a link of another message, or somebody who is no reader. */
export type Proof = 'every' | 'wrong passphrase' | 'no passphrase' | 'wrong open proof' | 'no link';

export interface Claim {
  readonly nonce: string;
  readonly proof?: Proof;
  readonly hasLeases?: boolean;
  /** A reply only: by another of its readers. */
  readonly byColleague?: boolean;
}

export interface Row {
  readonly state: string;
  readonly wrong: number;
  readonly isErased: boolean;
  /** What the outbox says of it, from the first to the last. */
  readonly events: readonly string[];
}

/** One message or reply. Answers are those of the table. */
export interface Subject {
  claim(claim: Claim): Promise<string>;
  acknowledge(nonce: string): Promise<string>;
  destroy(by: 'status link' | 'link' | 'nobody'): Promise<string>;
  /** Alters the stored row so that it doesn't hold together; a second time puts it back. */
  alter(): Promise<void>;
  /** Lets its time pass: the expiry of a message, the keeping of a reply's request. */
  passTime(): Promise<void>;
  passLease(): Promise<void>;
  sweep(): Promise<void>;
  /** A reply only. */
  endRequest(): Promise<void>;
  read(): Promise<Row>;
}

export interface World {
  readonly database: Pick<TestDesk, 'client'>['client'];
  /** While it is broken nothing can be recorded outside the database; what begins while it is held waits. */
  readonly mark: { isBroken: boolean; held: Promise<void> | null; isWaitedFor: boolean };
  make(kind: Kind): Promise<Subject>;
  /** Everything that was made until now is from before the database went back, until accepted. */
  goBack(): Promise<void>;
  accept(): Promise<void>;
  eraseRestored(): Promise<void>;
  close(): Promise<void>;
}

export async function createWorld(databaseUrl: string): Promise<World> {
  const keyring = await createKeepingKeyring();
  const mark: World['mark'] = { isBroken: false, held: null, isWaitedFor: false };
  const history: HistoryGuard = {
    ...NO_HISTORY,
    record: async () => {
      mark.isWaitedFor = mark.held !== null;
      await mark.held;
      if (mark.isBroken) throw new MarkError('The mark is broken.');
    },
  };
  const plain = createTestDesk(databaseUrl, keyring);
  const plainRequests = createRequestDesk(databaseUrl, keyring);
  const { client } = plain;
  const deskFor = (hasLeases: boolean): TestDesk => ({
    ...plain,
    leaseSeconds: hasLeases ? 120 : 0,
    history,
    // What is counted and by whom is under test, so stretching is cheap.
    stretchPassphrase: (passphrase, lock) =>
      Promise.resolve(
        toStretchedPassphrase(
          createHash('sha256').update(concatBytes(passphrase, lock.salt)).digest(),
        ),
      ),
    withStretchingRoom: (_turn, work) => work(),
  });
  const requestDeskFor = (hasLeases: boolean): TestRequestDesk => ({
    ...plainRequests,
    leaseSeconds: hasLeases ? 120 : 0,
    history,
  });
  const [ada, ben, eve] = await Promise.all(
    ['Ada', 'Ben', 'Eve'].map((name) => createStaff(client, name)),
  );
  if (ada === undefined || ben === undefined || eve === undefined) throw new Error('Nobody.');
  return {
    database: client,
    mark,
    make: (kind) =>
      kind === 'reply'
        ? makeReply(requestDeskFor, keyring, { ada, ben, eve })
        : makeMessage(deskFor, keyring, kind),
    goBack: async () => {
      await client.$executeRaw`UPDATE history SET refused_before = clock_timestamp()`;
    },
    accept: async () => {
      await client.$executeRaw`UPDATE history SET refused_before = NULL`;
    },
    eraseRestored: async () => {
      await client.$executeRaw`UPDATE history SET refused_before = clock_timestamp()`;
      await discardKeptClosed(client);
      await client.$executeRaw`UPDATE history SET refused_before = NULL`;
    },
    close: async () => {
      await plain.close();
      await plainRequests.close();
    },
  };
}

const PASSPHRASE = 'right';

async function makeMessage(
  deskFor: (hasLeases: boolean) => TestDesk,
  keyring: TestKeyring,
  kind: Exclude<Kind, 'reply'>,
): Promise<Subject> {
  const desk = deskFor(true);
  const { client } = desk;
  const made = kind.startsWith('browser')
    ? await makeBrowserSealed(desk, kind)
    : await makeServerSealed(desk, kind);
  const purpose = kind.startsWith('browser') ? 'browserSeal' : 'serverSeal';
  const located = await locateMessage(keyring, made.token, purpose);
  if (located === null) throw new Error('The message is not known.');
  const { id } = located.address;
  const { messageId } = located.opened;
  return {
    claim: ({ nonce, proof = 'every', hasLeases = true }) =>
      told(async () => answerOf(await made.claim(deskFor(hasLeases), nonce, proof))),
    acknowledge: async (nonce) =>
      (await acknowledge(desk, { token: made.token, nonce })) ? 'done' : 'refused',
    destroy: (by) =>
      told(async () =>
        answerOf(
          by === 'status link'
            ? await destroyFromStatus(desk, made.status)
            : await made.destroy(desk, by === 'link'),
        ),
      ),
    alter: async () => {
      await client.$executeRaw`UPDATE sealed_items SET wrapped_ciphertext =
        set_byte(wrapped_ciphertext, 40, get_byte(wrapped_ciphertext, 40) # 1) WHERE id = ${id}`;
    },
    passTime: async () => {
      // Bound to its ciphertext: time has to pass for both.
      const row = await client.sealedItem.findUniqueOrThrow({ where: { id } });
      const expiresAt = new Date(Date.now() - 5_000);
      const binding = (expiresAtMs: bigint) => ({
        messageId,
        seal: purpose === 'browserSeal' ? ('browser' as const) : ('server' as const),
        expiresAtMs,
        lock:
          row.passphraseSalt === null
            ? null
            : {
                salt: new Uint8Array(row.passphraseSalt),
                memoryKiB: row.passphraseMemoryKiB ?? 0,
                passes: row.passphrasePasses ?? 0,
                lanes: row.passphraseLanes ?? 0,
                profile: 'verbatim' as const,
              },
        knockVerifier: new Uint8Array(row.knockVerifier ?? []),
        openVerifier: new Uint8Array(row.openVerifier ?? []),
      });
      const { atRestKey } = located.epoch.keys;
      const ciphertext = await unwrapAtRest(
        'message',
        atRestKey,
        new Uint8Array(row.wrappedCiphertext ?? []),
        binding(BigInt(row.expiresAt.getTime())),
      );
      const wrapped = await wrapAtRest(
        'message',
        atRestKey,
        ciphertext,
        binding(BigInt(expiresAt.getTime())),
      );
      await client.sealedItem.update({
        where: { id },
        data: { expiresAt, wrappedCiphertext: Buffer.from(wrapped) },
      });
    },
    passLease: async () => {
      await client.$executeRaw`UPDATE sealed_items SET lease_until = clock_timestamp() WHERE id = ${id}`;
    },
    sweep: async () => {
      await sweepBatch(
        client,
        keyring.epochs.map((epoch) => epoch.id),
      );
    },
    endRequest: () => Promise.reject(new Error('A message belongs to no request.')),
    read: () => readRow(client, id),
  };
}

interface MadeMessage {
  readonly token: string;
  readonly status: string;
  readonly claim: (desk: Context, nonce: string, proof: Proof) => Promise<ClaimResult | OpenState>;
  readonly destroy: (desk: Context, isProven: boolean) => Promise<{ readonly status: string }>;
}

async function makeBrowserSealed(desk: TestDesk, kind: Kind): Promise<MadeMessage> {
  const passphrase = isLocked(kind) ? PASSPHRASE : '';
  const message = await sealInBrowser(desk, { passphrase });
  const stranger = await sealInBrowser(desk, { passphrase });
  const { token, messageKey } = message;
  const knockProof = await deriveKnockProof(messageKey);
  return {
    token,
    status: tokenOf(message.sealed.statusLink),
    claim: async (on, nonce, proof) => {
      if (proof === 'wrong open proof') {
        const { claimBrowserSealed } = await import('@/lib/sealed/open');
        const openProof = toOpenProof(randomBytes(32));
        return claimBrowserSealed(on, { token, knockProof, openProof, nonce });
      }
      const key = proof === 'no link' ? stranger.messageKey : messageKey;
      const typed = proof === 'wrong passphrase' ? 'wrong' : passphrase;
      return claimInBrowser(on, { ...message, messageKey: key }, { nonce, passphrase: typed });
    },
    destroy: async (on, isProven) =>
      destroyBrowserSealed(on, {
        token,
        knockProof: isProven ? knockProof : await deriveKnockProof(stranger.messageKey),
      }),
  };
}

async function makeServerSealed(desk: TestDesk, kind: Kind): Promise<MadeMessage> {
  const passphrase = isLocked(kind) ? PASSPHRASE : '';
  const sealed = await sealOne(desk, {
    secret: text('the secret'),
    passphrase,
    expiresIn: '1h',
    note: '',
  });
  const token = tokenOf(sealed.link);
  const typed = { 'wrong passphrase': 'wrong', 'no passphrase': '' } as const;
  return {
    token,
    status: tokenOf(sealed.statusLink),
    claim: (on, nonce, proof) =>
      openServerSealed(on, {
        token: proof === 'no link' ? changed(token, 0) : token,
        nonce,
        passphrase:
          proof === 'wrong passphrase' || proof === 'no passphrase' ? typed[proof] : passphrase,
      }),
    destroy: (on, isProven) => destroyServerSealed(on, isProven ? token : changed(token, 0)),
  };
}

async function makeReply(
  deskFor: (hasLeases: boolean) => TestRequestDesk,
  keyring: TestKeyring,
  { ada, ben, eve }: Record<'ada' | 'ben' | 'eve', TestStaff>,
): Promise<Subject> {
  const desk = deskFor(true);
  const { client } = desk;
  const request = await askFor(desk, ada, { readers: [ada, ben] });
  const sent = await replyInBrowser(desk, request);
  if (sent.status !== 'sent') throw new Error('The reply was not sent.');
  const status = tokenOf(sent.statusLink);
  const reply = await firstReply(desk, ada, request);
  const id = BigInt.asIntN(64, BigInt(`0x${reply.id}`));
  return {
    claim: ({ nonce, proof = 'every', hasLeases = true, byColleague = false }) =>
      told(async () => {
        const reader = byColleague ? ben : ada;
        const staff = proof === 'no link' ? eve : reader;
        return answerOf(await claimAs(deskFor(hasLeases), staff, request, reply, nonce));
      }),
    acknowledge: async (nonce) =>
      (await acknowledgeAs(desk, ada, request, reply, nonce)) ? 'done' : 'refused',
    destroy: (by) =>
      told(async () =>
        answerOf(await withdrawReply(desk, by === 'status link' ? status : changed(status, 0))),
      ),
    alter: async () => {
      await client.$executeRaw`UPDATE sealed_items SET wrapped_ciphertext =
        set_byte(wrapped_ciphertext, 40, get_byte(wrapped_ciphertext, 40) # 1) WHERE id = ${id}`;
    },
    passTime: async () => {
      await client.$executeRaw`UPDATE requests r SET expires_at = clock_timestamp(),
        keep_until = clock_timestamp() FROM sealed_items i WHERE i.request_id = r.id AND i.id = ${id}`;
    },
    passLease: async () => {
      await client.$executeRaw`UPDATE sealed_items SET lease_until = clock_timestamp() WHERE id = ${id}`;
    },
    sweep: async () => {
      const epochs = keyring.epochs.map((epoch) => epoch.id);
      await sweepBatch(client, epochs);
      await sweepRequestBatch(client, epochs);
    },
    endRequest: async () => {
      await destroyRequest(desk, { accountId: ada.accountId, request: request.id });
    },
    read: () => readRow(client, id),
  };
}

async function readRow(client: World['database'], id: bigint): Promise<Row> {
  const [row] = await client.$queryRaw<Row[]>`
    SELECT lower(i.state::text) AS "state", i.wrong_passphrases AS "wrong",
      i.wrapped_ciphertext IS NULL AS "isErased",
      ARRAY(SELECT lower(e.kind::text) FROM item_events e WHERE e.item_id = i.id ORDER BY e.id)
        AS "events"
    FROM sealed_items i WHERE i.id = ${id}`;
  if (row === undefined) throw new Error('The row is gone.');
  return row;
}

/** What can't be recorded is refused by an error, which forms show as `unavailable`. */
async function told(ask: () => Promise<string>): Promise<string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MarkError) return 'unavailable';
    throw error;
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  database_restored: 'refused',
  link_altered: 'link altered',
  passphrase_missing: 'passphrase asked for',
  passphrase_wrong: 'wrong passphrase',
  reply_unreadable: 'unreadable',
};

type Answer =
  ClaimResult | OpenState | StatusState | ClaimReplyResult | { readonly status: string };

/** An answer in the words of the specification's table. */
function answerOf(answer: Answer): string {
  if ('ending' in answer && answer.ending !== null) {
    const { kind } = answer.ending;
    return `ended: ${kind === 'destroyed' ? 'burned' : kind}`;
  }
  if (answer.status === 'claimed' || answer.status === 'opened') return 'handed out';
  const isUncounted = 'triesLeft' in answer && answer.triesLeft === null;
  if (answer.status === 'wrong_passphrase') {
    return isUncounted ? 'wrong passphrase, uncounted' : 'wrong passphrase';
  }
  if ('refusal' in answer && answer.refusal !== null) {
    const word = REFUSALS[answer.refusal] ?? answer.refusal;
    return word === 'wrong passphrase' && isUncounted ? `${word}, uncounted` : word;
  }
  return answer.status;
}
