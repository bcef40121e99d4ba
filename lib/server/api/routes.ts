/**
 * The public interface: every address of `/api/v1`, what is sent to it, and what it answers. All of them
 * are posts of JSON, since a token or a proof never stands in an address, which is logged on its way.
 */
import 'server-only';
import type { z } from 'zod';
import { fieldValueName } from '@/lib/secrets/field-rules';
import * as requests from '@/lib/requests/operations';
import * as sealed from '@/lib/sealed/operations';
import type { FieldErrors, OpenState, StatusState } from '@/lib/sealed/outcomes';
import type { ReplyResult, ReplyStatusState } from '@/lib/requests/outcomes';
import { once } from '../runtime';
import * as bodies from './bodies';
import { failure, mount, mountRepeatable, type Answer, type Mounted } from './mount';

export interface Route {
  readonly path: `/api/v1/${string}`;
  /** Its name in the document. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** One for each seal, which the body names; or one for all. */
  readonly mounted: readonly [Mounted, ...Mounted[]];
  readonly answers: { readonly status: 200 | 201 | 204; readonly schema: z.ZodType | null };
  /** An Idempotency-Key counts. */
  readonly isRepeatable?: boolean;
}

export const ROUTES: readonly Route[] = [
  {
    path: '/api/v1/secrets',
    id: 'createSecret',
    summary: 'Send a secret',
    description:
      'Stores what was sealed by the client (`browser`), or seals it here (`server`). With an `Idempotency-Key` the same body makes one secret, however often it arrives within a day.',
    mounted: [
      mountRepeatable(sealed.storeBrowserSealed, {
        seal: 'browser',
        body: bodies.createInBrowser,
        fields: ({ copies, lock, ...terms }) => ({
          copies: JSON.stringify(copies),
          ...termFields(terms),
          ...(lock && {
            salt: lock.salt,
            memoryKiB: String(lock.memoryKiB),
            passes: String(lock.passes),
            lanes: String(lock.lanes),
            ...(lock.profile && { profile: lock.profile }),
          }),
        }),
        answer: (outcome) => created(outcome),
      }),
      mountRepeatable(sealed.sealOnServer, {
        seal: 'server',
        body: bodies.createOnServer,
        fields: ({ secret, fields, passphrase, ...terms }) => ({
          secret,
          fields: fields && JSON.stringify(fields),
          passphrase,
          ...termFields(terms),
        }),
        answer: (outcome) => created(outcome),
      }),
    ],
    answers: { status: 201, schema: bodies.created },
    isRepeatable: true,
  },
  {
    path: '/api/v1/secrets/knock',
    id: 'knock',
    summary: 'Ask what a link opens',
    description: 'Changes nothing.',
    mounted: [
      mount(sealed.knock, {
        seal: 'browser',
        body: bodies.knockByBrowser,
        fields: same,
        answer: (outcome) => {
          if (outcome.status !== 'waiting') return failure(outcome);
          const { expiresAt, triesLeft, lock } = outcome;
          return { body: { seal: 'browser', expiresAt, triesLeft, lock } };
        },
      }),
      mount(sealed.look, {
        seal: 'server',
        body: bodies.knockAtServer,
        fields: same,
        answer: (outcome) => {
          if (outcome.status !== 'waiting') return opened(outcome);
          const { expiresAt, triesLeft, needsPassphrase } = outcome;
          return { body: { seal: 'server', expiresAt, triesLeft, needsPassphrase } };
        },
      }),
    ],
    answers: { status: 200, schema: bodies.knocked },
  },
  {
    path: '/api/v1/secrets/claim',
    id: 'claim',
    summary: 'Open a secret, once',
    description:
      'Hands out the ciphertext (`browser`), or the secret itself (`server`). If the answer is lost, the same again with the same `nonce` gives it again until the lease ends.',
    mounted: [
      mount(sealed.claim, {
        seal: 'browser',
        body: bodies.claimByBrowser,
        fields: same,
        answer: (outcome) => {
          if (outcome.status === 'wrong_passphrase') {
            return { problem: { code: 'passphrase_wrong', triesLeft: outcome.triesLeft } };
          }
          if (outcome.status !== 'claimed') return failure(outcome);
          const { ciphertext, openedAt } = outcome;
          return { body: { seal: 'browser', openedAt, ciphertext } };
        },
      }),
      mount(sealed.openServerSealed, {
        seal: 'server',
        body: bodies.claimAtServer,
        fields: ({ token, nonce, passphrase }) => ({
          intent: 'open' as const,
          show: 'yes' as const,
          token,
          nonce,
          passphrase,
        }),
        answer: opened,
      }),
    ],
    answers: { status: 200, schema: bodies.claimed },
  },
  {
    path: '/api/v1/secrets/acknowledge',
    id: 'acknowledge',
    summary: 'Say that a secret was taken',
    description: 'Erases it now, and not when its lease ends.',
    mounted: [
      mount(sealed.acknowledge, {
        body: bodies.acknowledgement,
        fields: (body) => body,
        answer: ({ status }) =>
          status === 'done' ? { body: null } : { problem: { code: 'unknown' } },
      }),
    ],
    answers: { status: 204, schema: null },
  },
  {
    path: '/api/v1/secrets/destroy',
    id: 'destroySecret',
    summary: 'Destroy a secret as its recipient',
    description: 'At once. Answers how it ended, which may be earlier and otherwise.',
    mounted: [
      mount(sealed.destroy, {
        seal: 'browser',
        body: bodies.destroyByBrowser,
        fields: same,
        answer: (outcome) => {
          if (outcome.status === 'ended') return { body: { ending: outcome.ending } };
          if (outcome.status === 'waiting') throw new Error('What was destroyed still waits.');
          return failure(outcome);
        },
      }),
      mount(sealed.openServerSealed, {
        seal: 'server',
        body: bodies.destroyAtServer,
        fields: ({ token }) => ({ intent: 'destroy' as const, token }),
        answer: (outcome) =>
          outcome.status === 'ended' ? { body: { ending: outcome.ending } } : opened(outcome),
      }),
    ],
    answers: { status: 200, schema: bodies.destroyed },
  },
  {
    path: '/api/v1/secrets/status',
    id: 'secretStatus',
    summary: 'Ask as its sender what became of a secret',
    description: 'Changes nothing.',
    mounted: [
      mount(sealed.lookAtStatus, { body: bodies.byStatusToken, fields: same, answer: known }),
    ],
    answers: { status: 200, schema: bodies.status },
  },
  {
    path: '/api/v1/secrets/take-back',
    id: 'takeSecretBack',
    summary: 'Destroy a secret as its sender',
    description: 'At once. Answers what became of it, which may be that it was opened before.',
    mounted: [
      mount(sealed.destroyFromStatus, {
        body: bodies.byStatusToken,
        fields: destroying,
        answer: known,
      }),
    ],
    answers: { status: 200, schema: bodies.status },
  },
  {
    path: '/api/v1/requests/look',
    id: 'lookAtRequest',
    summary: 'Ask what a request asks for',
    description: 'Changes nothing.',
    mounted: [
      mount(requests.lookAtRequest, {
        body: bodies.byRequestToken,
        fields: same,
        answer: (outcome) => {
          switch (outcome.status) {
            case 'open':
              return { body: outcome.asked };
            case 'full':
              return { problem: { code: 'replies_full' } };
            case 'closed':
            case 'expired':
              return { problem: { code: `request_${outcome.status}` } };
            default:
              return failure(outcome);
          }
        },
      }),
    ],
    answers: { status: 200, schema: bodies.asked },
  },
  {
    path: '/api/v1/replies',
    id: 'reply',
    summary: 'Reply to a request',
    description:
      'Stores what was sealed by the client (`browser`), or seals it here (`server`). The same `nonce` makes one reply, however often it arrives.',
    mounted: [
      mount(requests.storeReply, {
        seal: 'browser',
        body: bodies.replyInBrowser,
        fields: same,
        answer: sent,
      }),
      mount(requests.replyOnServer, {
        seal: 'server',
        body: bodies.replyOnServer,
        fields: ({ token, nonce, values, mayBePartial }) => ({
          token,
          nonce,
          ...(mayBePartial === true && { mayBePartial: 'yes' as const }),
          ...Object.fromEntries(values.map((value, index) => [fieldValueName(index), value])),
        }),
        answer: sent,
      }),
    ],
    answers: { status: 201, schema: bodies.replied },
  },
  {
    path: '/api/v1/replies/status',
    id: 'replyStatus',
    summary: 'Ask as its client what became of a reply',
    description: 'Changes nothing.',
    mounted: [
      mount(requests.lookAtReply, { body: bodies.byStatusToken, fields: same, answer: knownReply }),
    ],
    answers: { status: 200, schema: bodies.replyStatus },
  },
  {
    path: '/api/v1/replies/take-back',
    id: 'takeReplyBack',
    summary: 'Destroy a reply as its client',
    description: 'At once. Answers what became of it, which may be that it was opened before.',
    mounted: [
      mount(requests.withdrawReply, {
        body: bodies.byStatusToken,
        fields: destroying,
        answer: knownReply,
      }),
    ],
    answers: { status: 200, schema: bodies.replyStatus },
  },
];

const byPath = once(
  'routes of the public interface',
  () => new Map<string, Route>(ROUTES.map((route) => [route.path, route])),
);

export function routeAt(path: string): Route | undefined {
  return byPath().get(path);
}

function same<Body>(body: Body): Body {
  return body;
}

function destroying({ token }: { readonly token: string }) {
  return { token, intent: 'destroy' as const };
}

interface Terms {
  readonly expiresIn: string;
  readonly note?: string | undefined;
  readonly recipients?: readonly string[] | undefined;
  readonly notifyWhenOpened?: boolean | undefined;
}

function termFields({ expiresIn, note, recipients, notifyWhenOpened }: Terms) {
  return {
    expiresIn,
    note,
    recipients: recipients?.join('\n'),
    ...(notifyWhenOpened === true && { notifyWhenOpened: 'yes' as const }),
  };
}

type Sealing =
  | { readonly status: 'sealed'; readonly links: readonly object[] }
  | { readonly status: 'refused'; readonly errors: FieldErrors };

function created(outcome: Sealing): Answer {
  if (outcome.status === 'sealed') return { body: { links: outcome.links } };
  const [code] = Object.values(outcome.errors);
  if (code === undefined) throw new Error('A secret was refused without a reason.');
  return { problem: { code } };
}

function opened(outcome: OpenState): Answer {
  switch (outcome.status) {
    case 'opened': {
      const { openedAt, secret } = outcome;
      const content = secret.kind === 'text' ? { secret: secret.text } : { fields: secret.fields };
      return { body: { seal: 'server', openedAt, ...content }, isPadded: true };
    }
    case 'waiting': {
      const { refusal, triesLeft } = outcome;
      if (refusal === null) throw new Error('What was to be opened waits without a reason.');
      return { problem: { code: refusal, triesLeft } };
    }
    default:
      return failure(outcome);
  }
}

function known(outcome: StatusState): Answer {
  if (outcome.status !== 'known') return failure(outcome);
  return { body: told(outcome) };
}

function knownReply(outcome: ReplyStatusState): Answer {
  if (outcome.status !== 'known') return failure(outcome);
  return { body: told(outcome) };
}

function sent(outcome: ReplyResult): Answer {
  if (outcome.status !== 'sent') return failure(outcome);
  return { body: told(outcome) };
}

/** All of an outcome but what it came to, which is the status of the answer. */
function told(outcome: object): object {
  const isTold = ([name]: [string, unknown]) => name !== 'status' && name !== 'refusal';
  return Object.fromEntries(Object.entries(outcome).filter(isTold));
}
