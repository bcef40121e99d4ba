import { describe, expect, it, vi } from 'vitest';
import { askAgain, askToClaim } from '@/lib/browser/ask-server';
import { BrowserTrouble } from '@/lib/browser/browser-trouble';

const NO_TIME = [0, 0, 0];
const opened = { status: 'opened' } as const;
const away = { status: 'refused', refusal: 'look_failed' } as const;
const cutOff = new TypeError('Failed to fetch');

describe('asking the server again', () => {
  it('gets an answer that was lost on the way', async () => {
    const ask = vi.fn().mockRejectedValueOnce(cutOff).mockResolvedValue(opened);
    await expect(askAgain('knock', ask, NO_TIME)).resolves.toBe(opened);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('waits for a database that is away, and then says so', async () => {
    const ask = vi.fn().mockResolvedValue(away);
    await expect(askAgain('knock', ask, NO_TIME)).resolves.toBe(away);
    expect(ask).toHaveBeenCalledTimes(NO_TIME.length + 1);
  });

  it('gives up with a word for it when no answer ever comes', async () => {
    const ask = vi.fn().mockRejectedValue(cutOff);
    await expect(askAgain('knock', ask, NO_TIME)).rejects.toMatchObject({ code: 'no_answer' });
    expect(ask).toHaveBeenCalledTimes(NO_TIME.length + 1);
  });

  it.each([
    ['refused', { status: 'refused', refusal: 'too_many_requests' }],
    ['ended', { status: 'ended' }],
  ])('takes %s for an answer at once', async (_name, answer) => {
    const ask = vi.fn().mockResolvedValue(answer);
    await expect(askAgain('knock', ask, NO_TIME)).resolves.toBe(answer);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('does not repeat what the app itself failed at', async () => {
    const failed = Object.assign(new Error('hidden in production'), { digest: '42' });
    const ask = vi.fn().mockRejectedValue(failed);
    await expect(askAgain('knock', ask, NO_TIME)).rejects.toMatchObject({ code: 'fault_in_look' });
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['knock', { status: 'refused', refusal: 'fault_in_look' }],
    ['claimBrowserSealed', { status: 'refused', refusal: 'fault' }],
    ['storeSealedReply', { status: 'refused', errors: { form: 'fault' } }],
    ['acknowledge', { status: 'refused', refusal: 'fault' }],
  ] as const)('asks once where a bug of the server answers: %s', async (act, answer) => {
    const ask = vi.fn().mockResolvedValue(answer);
    await askAgain(act, ask, NO_TIME).catch(() => undefined);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('never spends a second passphrase try by itself', async () => {
    const ask = vi.fn().mockRejectedValue(cutOff);
    await expect(askToClaim('claimBrowserSealed', ask, true)).rejects.toBeInstanceOf(
      BrowserTrouble,
    );
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
