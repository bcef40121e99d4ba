/** Asking and listening, where any answer may be cut or never come. */
import { readPage, readTries, type Told } from './pages';

/** `unavailable`: an answer that says to try again. `nothing`: none, or half of one. */
export type Answer =
  | { readonly kind: 'received'; readonly text: string }
  | { readonly kind: 'told'; readonly told: Told; readonly tries?: number | null }
  | { readonly kind: 'wrongPassphrase' }
  | { readonly kind: 'unavailable' | 'nothing' };

export const NOTHING: Answer = { kind: 'nothing' };
const UNAVAILABLE: Answer = { kind: 'unavailable' };
const PATIENCE_MS = 20_000;

export function answerOf(told: Told | null): Answer {
  return told === null ? UNAVAILABLE : { kind: 'told', told };
}

export async function read(url: string): Promise<Answer> {
  const html = await whole(await get(url));
  const told = readPage(html);
  return told === null ? UNAVAILABLE : { kind: 'told', told, tries: readTries(html) };
}

export function patience(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(PATIENCE_MS) };
}

export function get(url: string): Promise<Response> {
  return fetch(url, patience());
}

/** @throws where its end did not come */
export function whole(answer: Response): Promise<string> {
  return answer.text();
}

/** As much of an answer as came. @throws where nothing did */
export async function listen(
  asked: Promise<Response>,
): Promise<{ text: string; isWhole: boolean }> {
  const { body } = await asked;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body ?? []) text += decoder.decode(chunk, { stream: true });
    return { text, isWhole: true };
  } catch {
    return { text, isWhole: false };
  }
}

/** A connection that broke, or an answer that did not come in time; anything else is a defect. */
export async function unlessCut(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const isBroken = error instanceof TypeError || error instanceof DOMException;
    if (isBroken) return NOTHING;
    throw error;
  }
}
