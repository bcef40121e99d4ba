/**
 * What the tests of an older database ask of Sealpost, and the script that freezes one. It is all
 * that either knows of how the use cases are called, on the database and keyring of this process.
 */
import { lookAtInvitation } from '@/lib/accounts/invitations';
import { listMembers } from '@/lib/accounts/members';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { readPolicy } from '@/lib/sealed/sending';
import { listSessions } from '@/lib/accounts/sessions';
import { findPasswordSalt, signIn } from '@/lib/accounts/sign-in';
import { readOwnVault } from '@/lib/accounts/vault';
import { listDashboard } from '@/lib/dashboard/list-dashboard';
import { readDashboardQuery } from '@/lib/dashboard/query';
import { mailEvents } from '@/lib/sealed/events';
import { acknowledge, lookAtServerSealed, openServerSealed } from '@/lib/sealed/open';
import { lookAtStatus } from '@/lib/sealed/status';
import {
  decodeBase64url,
  toMessageKey,
  toRequestPublicKey,
  toVaultPublicKey,
  toVaultSeed,
} from '@/lib/protocol/bytes';
import { showRequest } from '@/lib/requests/inbox';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { lookAtReply } from '@/lib/requests/replies';
import { findStaffOf } from '@/lib/server/accounts/current-staff';
import { processContext, type Context } from '@/lib/server/context';
import type { Mail } from '@/lib/server/mail/mail';
import { textOf } from '@/tests/support/envelopes';
import { claimInBrowser, decryptInBrowser, knockInBrowser } from '../browser-side';
import { acknowledgeAs, claimAs, decryptAs } from '../requests/both-browsers';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { FrozenMessage, FrozenReply, FrozenRequest, FrozenStaff, Links } from './links';

/** Nobody waits for an answer here after which something could be done. */
const context = (): Context => ({
  ...processContext(),
  afterwards: () => undefined,
  // There is no browser here that could keep a cookie.
  browser: { knownTo: () => Promise.resolve(null), remember: () => Promise.resolve() },
});

/** An open that went well gives the text; every other one says why not. */
export type Opened = { readonly text: string } | { readonly refused: unknown };

/** Opens a message as whoever has its link, and with this passphrase. */
export function openMessage(
  message: FrozenMessage,
  { nonce, passphrase = message.passphrase }: { nonce: string; passphrase?: string },
): Promise<Opened> {
  return message.seal === 'server'
    ? openAtServer(message, nonce, passphrase)
    : openInBrowser(message, nonce, passphrase);
}

async function openAtServer(
  { token }: FrozenMessage,
  nonce: string,
  passphrase: string,
): Promise<Opened> {
  const state = await openServerSealed(context(), { token, nonce, passphrase });
  return state.status === 'opened' ? { text: textOf(state.secret) } : { refused: state };
}

async function openInBrowser(
  message: FrozenMessage,
  nonce: string,
  passphrase: string,
): Promise<Opened> {
  const sealed = browserSide(message);
  const claimed = await claimInBrowser(context(), sealed, { nonce, passphrase });
  if (claimed.status !== 'claimed') return { refused: claimed };
  return { text: await decryptInBrowser(context(), sealed, claimed.ciphertext, passphrase) };
}

export const acknowledgeMessage = ({ token }: FrozenMessage, nonce: string): Promise<boolean> =>
  acknowledge(context(), { token, nonce });

function browserSide({ token, messageKey, lock }: FrozenMessage) {
  const salt = lock === null ? null : decodeBase64url(lock.salt);
  return {
    token,
    messageKey: toMessageKey(decodeBase64url(messageKey)),
    lock: lock === null || salt === null ? null : ({ ...lock, salt } satisfies PassphraseLock),
  };
}

/** What the page of a message's link shows before anything is opened. */
function lookAtLink(message: FrozenMessage): Promise<unknown> {
  return message.seal === 'server'
    ? lookAtServerSealed(context(), message.token)
    : knockInBrowser(context(), browserSide(message));
}

export const claimReplyAs = (
  staff: Pick<FrozenStaff, 'accountId'>,
  reply: FrozenReply,
  nonce: string,
) => claimAs(context(), staffSide(staff), { id: reply.request }, reply, nonce);

export const acknowledgeReplyAs = (
  staff: Pick<FrozenStaff, 'accountId'>,
  reply: FrozenReply,
  nonce: string,
) => acknowledgeAs(context(), staffSide(staff), { id: reply.request }, reply, nonce);

/** What a reader's vault makes of a claimed reply. */
export async function decryptReplyAs(
  staff: FrozenStaff,
  { publicKey, ...request }: FrozenRequest,
  sealedReply: string,
): Promise<string> {
  const opened = { ...request, publicKey: toRequestPublicKey(decodeBase64url(publicKey)) };
  return textOf(await decryptAs(context(), staffSide(staff), opened, sealedReply));
}

export function staffSide(staff: Pick<FrozenStaff, 'accountId'> & Partial<FrozenStaff>) {
  const { accountId, name = '', email = '', vaultSeed = '', vaultPublicKey = '' } = staff;
  const bytes = (text: string, length: number) =>
    text === '' ? new Uint8Array(length) : decodeBase64url(text, length);
  return {
    accountId,
    name,
    email,
    vault: {
      seed: toVaultSeed(bytes(vaultSeed, 32)),
      publicKey: toVaultPublicKey(bytes(vaultPublicKey, 1216)),
    },
  };
}

/** Tries to sign in. Its session's cookie, or why not. */
export async function signInAs(
  { email, signInKey }: Pick<FrozenStaff, 'email' | 'signInKey'>,
  code = '',
): Promise<{ readonly cookie: string } | { readonly refused: string }> {
  const given = { email, signInKey: decodeBase64url(signInKey), code, device: '', replaces: null };
  const result = await signIn(context(), given);
  return result.status === 'signed_in'
    ? { cookie: result.sessionToken }
    : { refused: result.refusal };
}

/** Whose session a cookie is. */
export async function staffOfCookie(cookie: string) {
  const tokenHash = await hashOpaqueToken(cookie);
  return tokenHash === null ? null : findStaffOf(tokenHash);
}

/** The wrapped vault, as the browser of a session is given it. */
export async function vaultOfCookie(cookie: string) {
  const staff = await staffOfCookie(cookie);
  if (staff === null) throw new Error('The session has ended.');
  return readOwnVault(context(), staff);
}

/** Tells senders of what ended. What they are told. */
export async function tellSenders(): Promise<readonly Mail[]> {
  const told: Mail[] = [];
  const queueMail = (_transaction: unknown, mail: Mail) => {
    told.push(mail);
    return Promise.resolve('queued' as const);
  };
  await mailEvents({ ...context(), queueMail });
  return told.toSorted((one, other) => one.template.localeCompare(other.template));
}

/** Everything that people see of what the links lead to. Changes nothing. */
export async function see({ messages, requests, replies, staff, invitation }: Links) {
  const named = async <Thing extends { readonly name: string }>(
    things: readonly Thing[],
    look: (thing: Thing) => Promise<unknown>,
  ): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      await Promise.all(things.map(async (thing) => [thing.name, await look(thing)] as const)),
    );
  const inboxes = (accountId: string) =>
    named(requests, ({ id }) => showRequest(context(), accountId, id));
  const seen = {
    links: await named(messages, lookAtLink),
    statuses: await named(messages, ({ status }) => lookAtStatus(context(), status)),
    requests: await named(requests, ({ token }) => lookAtRequest(context(), token)),
    replies: await named(replies, ({ status }) => lookAtReply(context(), status)),
    inboxes: await named(staff, ({ accountId }) => inboxes(accountId)),
    dashboards: await named(staff, ({ accountId }) =>
      listDashboard(context(), accountId, readDashboardQuery({})),
    ),
    salts: await named(staff, ({ email }) => findPasswordSalt(context(), email)),
    sessions: await named(staff, ({ accountId }) => listSessions(context().database, accountId)),
    people: await named(staff, ({ cookie }) => staffOfCookie(cookie)),
    members: await listMembers(context().database),
    invitation: await lookAtInvitation(context(), invitation),
    policy: await readPolicy(context().database),
  };
  // As it is written down: a property that is undefined is none.
  return JSON.parse(JSON.stringify(seen)) as Record<keyof typeof seen, unknown>;
}
