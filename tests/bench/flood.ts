/**
 * What those who have the right passphrase, and those who use none, notice of a flood of stretching:
 * half of it seals with passphrases, half of it guesses them, each time from another address.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { startApp } from '@/tests/support/app';
import { readResult } from '@/tests/e2e/support/seal-over-http';
import { postForm, readPostForm, type HtmlForm } from '@/tests/e2e/support/html-forms';
import { percentiles } from './load';

const SEALING = 24;
const GUESSING = 24;
const RECIPIENTS = 8;
const PASSPHRASE = 'the right one';
/** Milliseconds between two looks at what the flood does to others. */
const PAUSE = 100;

type Timed = Readonly<
  Record<'open with a passphrase' | 'seal and open plainly' | 'health', number[]>
>;

/** Prints how long each takes before the flood and in it, and how often somebody was sent away. */
export async function benchFlood(): Promise<void> {
  const app = await startApp({ env: { TRUSTED_PROXIES: '127.0.0.1,::1' } });
  const origin = app.url;
  try {
    console.log(
      `\nA flood of passphrases, ${String(SEALING)} sealing and ${String(GUESSING)} guessing at once`,
    );
    const quiet = await lookOn(origin, await sealForRecipients(origin));
    const waiting = await sealForRecipients(origin);
    const flood = startFlood(origin);
    const flooded = await lookOn(origin, waiting);
    const done = await flood.stop();
    for (const [name, times] of Object.entries(flooded.times)) {
      const before = percentiles(quiet.times[name as keyof Timed]);
      const { median, slowest1Percent } = percentiles(times);
      console.log(
        `${name.padEnd(28)} median ${median.toFixed(0)} ms (${before.median.toFixed(0)} before)   p99 ${slowest1Percent.toFixed(0)} ms (${before.slowest1Percent.toFixed(0)})`,
      );
    }
    console.log(
      `right passphrases sent away  ${String(flooded.sentAway)} of ${String(RECIPIENTS)}; of the flood ${String(done.taken)} were stretched, ${String(done.refused)} sent away`,
    );
  } finally {
    await app.stop();
  }
}

async function sealForRecipients(origin: string): Promise<string[]> {
  const links: string[] = [];
  while (links.length < RECIPIENTS) links.push(await seal(origin, PASSPHRASE));
  return links;
}

/** Opens one link after the other, while health is asked and secrets without passphrases go by. */
async function lookOn(
  origin: string,
  links: readonly string[],
): Promise<{ times: Timed; sentAway: number }> {
  const times: Timed = { 'open with a passphrase': [], 'seal and open plainly': [], health: [] };
  let sentAway = 0;
  let isOver = false;
  const beside = async (kind: keyof Timed, work: () => Promise<unknown>) => {
    while (!isOver) {
      times[kind].push(await timeOf(work));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };
  const all = [
    beside('health', () => fetch(`${origin}/api/health`)),
    beside('seal and open plainly', async () => {
      const link = await seal(origin, '');
      if (!(await open(await formAt(link), ''))) throw new Error('It was not opened.');
    }),
  ];
  for (const link of links) {
    const form = await formAt(link);
    times['open with a passphrase'].push(
      await timeOf(async () => {
        if (!(await open(form, PASSPHRASE))) sentAway += 1;
      }),
    );
  }
  isOver = true;
  await Promise.all(all);
  return { times, sentAway };
}

function startFlood(origin: string): { stop: () => Promise<{ taken: number; refused: number }> } {
  const targets: HtmlForm[] = [];
  const done = { taken: 0, refused: 0 };
  let isOver = false;
  const loop = async (work: () => Promise<boolean>) => {
    while (!isOver) done[(await work()) ? 'taken' : 'refused'] += 1;
  };
  const sealing = Array.from({ length: SEALING }, () =>
    loop(async () => {
      const link = await seal(origin, 'of the flood').catch(() => null);
      if (link !== null) targets.push(await formAt(link));
      return link !== null;
    }),
  );
  const guessing = Array.from({ length: GUESSING }, () =>
    loop(async () => {
      const target = targets.at(-randomInt(1, 21));
      if (target === undefined) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        return false;
      }
      const fields = { passphrase: 'a guess', show: 'yes', intent: 'open' };
      return (await postForm(target, fields, fromAnywhere())).status === 400;
    }),
  );
  return {
    stop: async () => {
      isOver = true;
      await Promise.all([...sealing, ...guessing]);
      return done;
    },
  };
}

/** @returns the link; rejects where there was no room to seal */
async function seal(origin: string, passphrase: string): Promise<string> {
  const form = await formAt(`${origin}/`);
  const answer = await postForm(form, { secret: 'x', passphrase, expiresIn: '1h' }, fromAnywhere());
  return readResult(await answer.text(), answer.status).link;
}

async function open(form: HtmlForm, passphrase: string): Promise<boolean> {
  const fields = { show: 'yes', intent: 'open', ...(passphrase === '' ? {} : { passphrase }) };
  return (await postForm(form, fields, fromAnywhere())).status === 200;
}

async function formAt(url: string): Promise<HtmlForm> {
  return readPostForm(await (await fetch(url, fromAnywhere())).text(), url);
}

function fromAnywhere(): RequestInit {
  const address = `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`;
  return { headers: { 'X-Forwarded-For': address } };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
