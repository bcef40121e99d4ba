/** What pages and answers say of a secret or a reply, read by the words that people read. */
import type { Ending } from '@/lib/sealed/outcomes';
import type { ReplyEnding } from '@/lib/requests/outcomes';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals } from '@/messages/en/errors';
import { open } from '@/messages/en/open';
import { reply } from '@/messages/en/reply';
import { status } from '@/messages/en/status';
import { unescapeHtml } from '@/tests/e2e/support/html-forms';

/** How something stands, as it was told. */
export type Told =
  | 'waiting'
  | 'keptClosed'
  | 'opened'
  | 'expired'
  | 'sender'
  | 'recipient'
  | 'wrong_passphrases'
  | 'restore'
  | 'request_end'
  | 'unknown';

/** What is told of what nobody read. */
export const UNREAD: readonly Told[] = [
  'waiting',
  'expired',
  'sender',
  'recipient',
  'wrong_passphrases',
  'request_end',
];

const NAMES: Readonly<Record<string, Told>> = {
  waiting: 'waiting',
  keptClosed: 'keptClosed',
  opened: 'opened',
  expired: 'expired',
  sender: 'sender',
  client: 'sender',
  recipient: 'recipient',
  wrong_passphrases: 'wrong_passphrases',
  restore: 'restore',
  request_end: 'request_end',
};

const HEADINGS: ReadonlyMap<string, Told> = new Map([
  ...named(status.heading),
  [status.unknown.heading, 'unknown'],
  ...named(reply.status.heading),
  [open.waiting.heading, 'waiting'],
  ...Object.entries(open.ended).flatMap(([name, { heading }]) => named({ [name]: heading })),
  [open.unknown.heading, 'unknown'],
]);

const TRIES = new RegExp(status.facts.wrongPassphrases.replace('{count}', '(\\d+)'));

function named(headings: Readonly<Record<string, string>>): [string, Told][] {
  return Object.entries(headings).flatMap(([name, heading]): [string, Told][] => {
    const told = NAMES[name];
    return told === undefined ? [] : [[heading, told]];
  });
}

/** A bug of the app, which no fault from outside of it may be told as. */
const BUGS: readonly string[] = ['fault', 'fault_in_look'] satisfies RefusalCode[];

function noBug(isOne: boolean): void {
  if (isOne) throw new Error('The app told a bug of its own: its log says where.');
}

/** Null for a page that says nothing of it, such as that the database is away. */
export function readPage(html: string): Told | null {
  const text = unescapeHtml(html);
  noBug(text.includes(refusals.fault) || text.includes(refusals.fault_in_look));
  if (text.includes(refusals.database_restored)) return 'keptClosed';
  const heading = /<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(text)?.[1]?.replaceAll(/<[^>]*>/g, '');
  return HEADINGS.get(heading?.trim() ?? '') ?? null;
}

/** How many wrong passphrases a status page counts; null where it says none of it. */
export function readTries(html: string): number | null {
  const count = TRIES.exec(unescapeHtml(html).replaceAll(/<!--.*?-->/g, ''))?.[1];
  return count === undefined ? null : Number(count);
}

export function readEnding(ending: Ending | ReplyEnding): Told {
  if (ending.kind === 'opened' || ending.kind === 'expired') return ending.kind;
  return NAMES[ending.by] ?? 'unknown';
}

/** What an action answered that is not a secret; null where it says nothing of how it stands. */
export function readOutcome(
  outcome:
    | { readonly status: 'ended'; readonly ending: Ending | ReplyEnding }
    | { readonly status: 'refused'; readonly refusal?: string; readonly errors?: object }
    | { readonly status: string }
    | null,
): Told | null {
  if (outcome === null) return null;
  const errors: readonly unknown[] = 'errors' in outcome ? Object.values(outcome.errors ?? {}) : [];
  const refusal = 'refusal' in outcome ? outcome.refusal : null;
  noBug([refusal, ...errors].some((code) => BUGS.includes(String(code))));
  if ('ending' in outcome) return readEnding(outcome.ending);
  if (outcome.status === 'waiting' || outcome.status === 'unknown') return outcome.status;
  const isRestored = 'refusal' in outcome && outcome.refusal === 'database_restored';
  return isRestored ? 'keptClosed' : null;
}
