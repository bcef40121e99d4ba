import { randomBytes } from 'node:crypto';
import type { ClaimResult } from '@/lib/sealed/outcomes';
import { postForm, readPostForm } from './html-forms';
import type { BrowserSealedLinks } from './seal-over-http';
import { callWithForm, readActionIds } from './server-actions';

export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** Uses up tries of a browser-sealed message: proofs of link and of a wrong passphrase. */
export async function spendBrowserTries(sealed: BrowserSealedLinks, tries: number): Promise<void> {
  const id = (await readActionIds(sealed.link)).get('claimBrowserSealed') ?? '';
  for (let spent = 0; spent < tries; spent += 1) {
    const openProof = randomBytes(32).toString('base64url');
    const fields = { ...sealed.claim, openProof, nonce: newNonce() };
    const { outcome } = await callWithForm<ClaimResult>(sealed.link, id, fields);
    if (outcome?.status !== 'wrong_passphrase') throw new Error('That try was not counted.');
  }
}

/** Uses up tries of a server-sealed message, as a client without a script. */
export async function spendServerTries(link: string, tries: number): Promise<void> {
  const page = await fetch(link);
  const form = readPostForm(await page.text(), link);
  for (let spent = 0; spent < tries; spent += 1) {
    const answer = await postForm(form, { passphrase: 'wrong', show: 'yes', intent: 'open' });
    if (answer.status !== 400)
      throw new Error(`The answer to that try was ${String(answer.status)}.`);
  }
}
