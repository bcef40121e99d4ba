/** Makes messages without a browser: quick, for tests about what comes after. */
import type { ClaimResult, KnockResult, SealedLink, StoreResult } from '@/lib/sealed/outcomes';
import { decodeBase64url, encodeBase64url, type MessageKey } from '@/lib/protocol/bytes';
import { openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import {
  decodeEnvelope,
  encodeFieldsEnvelope,
  encodeTextEnvelope,
  type SecretField,
} from '@/lib/protocol/envelope';
import { formatBrowserLink } from '@/lib/protocol/link';
import { createMessageKey, deriveKnockProof, deriveMessageKeys } from '@/lib/protocol/keys';
import { createPassphraseLock, normalizePassphrase } from '@/lib/protocol/passphrase';
import { textOf } from '@/tests/support/envelopes';
import { stretchWithArgon2 } from '@/tests/vectors/stretch-with-argon2';
import { postForm, readPostForm, unescapeHtml } from './html-forms';
import { callWithForm, readActionIds } from './server-actions';
import type { Links } from './steps';

export interface Message {
  /** One text, or fields. */
  readonly secret: string | readonly SecretField[];
  readonly passphrase?: string;
  readonly note?: string;
  /** As the form posts it: `5m`, `1h` … */
  readonly expiresIn?: string;
}

/** Posts the compose form as a client without a script does; fields, which only a script posts, too. */
export async function sealOnServer(origin: string, message: Message): Promise<Links> {
  const page = await fetch(`${origin}/`);
  const { secret, passphrase = '', note = '', expiresIn = '1h' } = message;
  const form = readPostForm(await page.text(), page.url);
  const isText = typeof secret === 'string';
  const fields = form.fields.filter(([name]) => isText || name !== 'secret');
  const answer = await postForm(
    { ...form, fields },
    {
      ...(isText ? { secret } : { fields: JSON.stringify(secret) }),
      ...{ passphrase, note, expiresIn },
    },
  );
  return readResult(await answer.text(), answer.status);
}

/** The links on a result page. */
export function readResult(html: string, status: number): Links {
  const link = /<textarea\b[^>]*\breadonly\b[^>]*>\s*([^<]+)<\/textarea>/i.exec(html)?.[1];
  const statusLink = /href="([^"]+\/s\/[\w-]{34})"/.exec(html)?.[1];
  if (link === undefined || statusLink === undefined) {
    throw new Error(`No link came back; the answer was ${String(status)}.`);
  }
  return { link: unescapeHtml(link.trim()), statusLink: unescapeHtml(statusLink) };
}

export interface BrowserSealedLinks extends Links {
  /** ID1 */
  readonly linkToken: string;
  readonly messageKey: MessageKey;
  readonly claim: {
    readonly token: string;
    readonly knockProof: string;
    readonly openProof: string;
  };
}

/** Does what the compose page's script does, with the same protocol. */
export async function sealInBrowser(
  origin: string,
  { secret, passphrase = '', note = '', expiresIn = '1h' }: Message,
): Promise<BrowserSealedLinks> {
  const messageKey = createMessageKey();
  const lock = passphrase === '' ? null : createPassphraseLock('verbatim');
  const stretched =
    lock === null
      ? null
      : await stretchWithArgon2(normalizePassphrase(passphrase, lock.profile), lock);
  const keys = await deriveMessageKeys(messageKey, stretched);
  const envelope =
    typeof secret === 'string' ? encodeTextEnvelope(secret) : encodeFieldsEnvelope(secret);
  const ciphertext = await sealMessage({ seal: 'browser', envelope, keys, lock });
  const proofs = {
    openProof: encodeBase64url(keys.openProof),
    knockProof: encodeBase64url(await deriveKnockProof(messageKey)),
  };
  const { link, statusLink } = await store(origin, {
    copies: JSON.stringify([{ ciphertext: encodeBase64url(ciphertext), ...proofs }]),
    expiresIn,
    note,
    ...(lock === null
      ? {}
      : {
          salt: encodeBase64url(lock.salt),
          memoryKiB: String(lock.memoryKiB),
          passes: String(lock.passes),
          lanes: String(lock.lanes),
        }),
  });
  const linkToken = link.slice(link.lastIndexOf('/') + 1);
  return {
    link: formatBrowserLink(link, messageKey),
    statusLink,
    linkToken,
    messageKey,
    claim: { token: linkToken, ...proofs },
  };
}

async function store(origin: string, fields: Record<string, string>): Promise<SealedLink> {
  const id = (await readActionIds(`${origin}/`)).get('storeBrowserSealed') ?? '';
  const answer = await callWithForm<StoreResult>(`${origin}/`, id, fields);
  const [sealed] = answer.outcome?.status === 'sealed' ? answer.outcome.links : [];
  if (sealed !== undefined) return sealed;
  throw new Error(`No link came back; the answer was ${String(answer.status)}.`);
}

/** Asks what a browser-sealed link has to say, as its page does by itself. */
export async function knock({ link, claim }: BrowserSealedLinks): Promise<KnockResult | null> {
  const { token, knockProof } = claim;
  const id = (await readActionIds(link)).get('knock') ?? '';
  return (await callWithForm<KnockResult>(pathOf(link), id, { token, knockProof })).outcome;
}

/** Claims by a nonce and decrypts. Null where the claim was not granted. */
export async function openOverHttp(
  { link, claim, messageKey }: BrowserSealedLinks,
  nonce: string,
  origin = new URL(link).origin,
): Promise<string | null> {
  const page = origin + new URL(link).pathname;
  const id = (await readActionIds(page)).get('claimBrowserSealed') ?? '';
  const { outcome } = await callWithForm<ClaimResult>(page, id, { ...claim, nonce });
  return outcome?.status === 'claimed' ? decrypt(messageKey, outcome.ciphertext) : null;
}

/** The text of a message without a passphrase. */
export async function decrypt(messageKey: MessageKey, ciphertext: string): Promise<string> {
  const keys = await deriveMessageKeys(messageKey, null);
  const envelope = await openMessage({
    seal: 'browser',
    ciphertext: decodeBase64url(ciphertext),
    keys,
    lock: null,
  });
  return textOf(decodeEnvelope(envelope));
}

function pathOf(link: string): string {
  const { origin, pathname } = new URL(link);
  return origin + pathname;
}
