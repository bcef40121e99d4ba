/**
 * Senders, recipients and staff over plain HTTP, as clients do. All that this suite knows of
 * forms, actions and addresses is here, in the files that this one imports, and in
 * `tests/e2e/support`.
 */
import { randomBytes } from 'node:crypto';
import type { ClaimResult } from '@/lib/sealed/outcomes';
import { encodeBase64url } from '@/lib/protocol/bytes';
import {
  postForm,
  readPostForm,
  unescapeHtml,
  type HtmlForm,
} from '@/tests/e2e/support/html-forms';
import { decrypt, sealInBrowser, sealOnServer } from '@/tests/e2e/support/seal-over-http';
import { callWithForm, readActionIds } from '@/tests/e2e/support/server-actions';
import {
  answerOf,
  get,
  listen,
  NOTHING,
  patience,
  read,
  unlessCut,
  whole,
  type Answer,
} from './answers';
import type { House } from './house';
import { readOutcome, readPage } from './pages';
import { createReplies } from './replies';
import type { Kind, Sealed } from './sealed';
import { byStatus } from './status-link';

export interface Client {
  /** Each throws where no link came back. */
  readonly seal: Readonly<Record<Kind, (base: string, text: string) => Promise<Sealed>>>;
  /** With a passphrase. */
  readonly sealLocked: Readonly<
    Record<'server' | 'browser', (base: string, text: string) => Promise<Sealed>>
  >;
}

const PASSPHRASE = 'correct horse battery staple';

/** Begins while all is well: it reads pages and makes requests. */
export async function createClient(house: House): Promise<Client> {
  const { appUrl } = house;
  const page = await sealInBrowser(appUrl, { secret: 'a page to read actions from' });
  const message = await readActionIds(page.link);
  const id = (name: string) => message.get(name) ?? '';

  async function serverSealed(base: string, text: string, passphrase: string): Promise<Sealed> {
    const { link, statusLink } = await sealOnServer(base, { secret: text, passphrase });
    const path = new URL(link).pathname;
    const token = path.slice(path.lastIndexOf('/') + 1);
    let form: HtmlForm | null = null;
    const post = async (at: string, fields: Record<string, string>): Promise<Answer> => {
      if (form === null) {
        const html = await whole(await get(at + path));
        const told = readPage(html);
        if (told !== 'waiting') return answerOf(told);
        form = readPostForm(html, appUrl + path);
      }
      const answer = postForm({ ...form, action: at + path }, fields, patience());
      const heard = await listen(answer);
      // What is on the screen was read, whether or not its page came to its end.
      if (unescapeHtml(heard.text).includes(text)) return { kind: 'received', text };
      if (!heard.isWhole) return NOTHING;
      const told = readPage(heard.text);
      // The page waits on, and says that nothing could be done now: no passphrase was looked at.
      const isRefused = told === 'waiting' && (await answer).status === 503;
      return answerOf(isRefused ? null : told);
    };
    const opening = { show: 'yes', intent: 'open' };
    return {
      kind: 'server',
      text,
      hasPassphrase: passphrase !== '',
      open: (at, nonce) => unlessCut(() => post(at, { ...opening, nonce, passphrase })),
      openWrongly: (at, nonce) =>
        unlessCut(async () => {
          const answer = await post(at, { ...opening, nonce, passphrase: 'not this one' });
          return answer.kind === 'told' && answer.told === 'waiting'
            ? { kind: 'wrongPassphrase' }
            : answer;
        }),
      acknowledge: (at, nonce) => acknowledges(at + path, { token, nonce }),
      look: (at) => unlessCut(() => read(at + path)),
      destroyAsRecipient: (at) => unlessCut(() => post(at, { intent: 'destroy' })),
      ...byStatus(new URL(statusLink).pathname),
    };
  }

  async function browserSealed(base: string, text: string, passphrase: string): Promise<Sealed> {
    const sealed = await sealInBrowser(base, { secret: text, passphrase });
    const path = new URL(sealed.link).pathname;
    const { token, knockProof } = sealed.claim;
    const claim = async (at: string, fields: Record<string, string>): Promise<Answer> => {
      const { outcome } = await callWithForm<ClaimResult>(
        at + path,
        id('claimBrowserSealed'),
        { ...sealed.claim, ...fields },
        patience(),
      );
      if (outcome?.status === 'wrong_passphrase') return { kind: 'wrongPassphrase' };
      if (outcome?.status !== 'claimed') return answerOf(readOutcome(outcome));
      // What has a passphrase is decrypted with it by the browser tests; here the bytes are enough.
      const read = passphrase === '' ? await decrypt(sealed.messageKey, outcome.ciphertext) : text;
      return { kind: 'received', text: read };
    };
    const call = (at: string, action: string) =>
      unlessCut(async () => {
        const fields = { token, knockProof };
        const answer = await callWithForm<ClaimResult>(at + path, id(action), fields, patience());
        return answerOf(readOutcome(answer.outcome));
      });
    return {
      kind: 'browser',
      text,
      hasPassphrase: passphrase !== '',
      open: (at, nonce) => unlessCut(() => claim(at, { nonce })),
      openWrongly: (at, nonce) =>
        unlessCut(() => claim(at, { nonce, openProof: encodeBase64url(randomBytes(32)) })),
      acknowledge: (at, nonce) => acknowledges(at + path, { token, nonce }),
      look: (at) => call(at, 'knock'),
      destroyAsRecipient: (at) => call(at, 'destroyBrowserSealed'),
      ...byStatus(new URL(sealed.statusLink).pathname),
    };
  }

  function acknowledges(url: string, fields: Record<string, string>): Promise<boolean> {
    return callWithForm<{ status: string }>(url, id('acknowledge'), fields, patience()).then(
      ({ outcome }) => outcome?.status === 'done',
      () => false,
    );
  }

  return {
    seal: {
      server: (base, text) => serverSealed(base, text, ''),
      browser: (base, text) => browserSealed(base, text, ''),
      reply: await createReplies(house),
    },
    sealLocked: {
      server: (base, text) => serverSealed(base, text, PASSPHRASE),
      browser: (base, text) => browserSealed(base, text, PASSPHRASE),
    },
  };
}
