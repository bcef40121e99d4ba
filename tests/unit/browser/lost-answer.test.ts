import { describe, expect, it } from 'vitest';
import { askServer } from '@/lib/browser/ask-server';
import { LOST_ANSWERS, type Act } from '@/lib/browser/lost-answer';
import { plainBody } from '@/lib/server/http/plain-answer';
import { common } from '@/messages/en/common';
import { refusals, troubles } from '@/messages/en/errors';
import { specifiedCalls } from '../specification/tables';

const cutOff = new TypeError('Failed to fetch');
const failedAfterwards = Object.assign(new Error('hidden in production'), { digest: '42' });

/** Not asked for by `askServer`: posted by browsers without a script, or by nobody's press. */
const UNASKED = ['replyOnServer', 'acknowledgeReply', 'keepSeed'];
/** Of the framework for signing in, which has no action. */
const ADDRESSES = ['signIn', 'signOut'];

const LOOKS: readonly Act[] = ['findPasswordSalt', 'knock', 'readOwnVault', 'readVaultShare'];
const ACTS = Object.entries(LOST_ANSWERS).filter(([act]) => !LOOKS.some((look) => look === act));

describe('the answer of an action that is lost', () => {
  it('has its words for every action that there is', () => {
    const specified = specifiedCalls().map(({ action }) => action);
    const asked = new Set(specified.filter((action) => !UNASKED.includes(action)));
    expect(Object.keys(LOST_ANSWERS).toSorted()).toEqual([...asked, ...ADDRESSES].toSorted());
  });

  it.each(ACTS)('never says of %s that nothing came of it', (_act, lost) => {
    expect(troubles[lost]).toMatch(/\bmay\b/);
    expect(troubles[lost]).not.toMatch(/nothing was|not lost|unchanged/i);
  });

  it.each([
    ['was cut off', cutOff],
    ['failed once the act was done', failedAfterwards],
  ])('may be that of an act that was done, also where it %s', async (_how, cause) => {
    const ask = () => Promise.reject(cause);
    await expect(askServer('removeMember', ask)).rejects.toMatchObject({ code: 'lost_reload' });
  });

  it.each([
    ['the form', { status: 'refused', refusal: 'unavailable' }],
    ['a field', { status: 'refused', errors: { form: 'unavailable' } }],
  ])('is as good as lost where it says of %s that the database is away', async (_of, answer) => {
    const ask = () => Promise.resolve(answer);
    for (const [act, lost] of ACTS) {
      const asked = askServer(act as Act, ask);
      await expect(asked, act).rejects.toMatchObject({ code: lost });
    }
  });

  it('is not said to have changed nothing by any page, with scripts or without', () => {
    for (const said of [refusals.unavailable, common.error.text, plainBody(503)]) {
      expect(said).toMatch(/\bmay\b/);
      expect(said).not.toMatch(/nothing was|not lost|unchanged/i);
    }
  });

  it('is nothing to worry about where it was a look, and is said to be', async () => {
    const ask = () => Promise.reject(cutOff);
    await expect(askServer('knock', ask)).rejects.toMatchObject({ code: 'no_answer' });
    const away = { status: 'refused', refusal: 'look_failed' } as const;
    for (const look of LOOKS) {
      await expect(askServer(look, () => Promise.resolve(away))).resolves.toBe(away);
    }
    for (const said of [refusals.look_failed, plainBody(503, 'GET'), plainBody(503, 'HEAD')]) {
      expect(said).toContain('Nothing was lost or changed');
      expect(said).not.toMatch(/\bmay\b/);
    }
  });
});
