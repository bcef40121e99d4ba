import { describe, expect, it } from 'vitest';
import { askServer } from '@/lib/browser/ask-server';
import { LOST_ANSWERS, type Act } from '@/lib/browser/browser-trouble';
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
    ['was cut off', cutOff, 'lost_reload'],
    ['failed once the act was done', failedAfterwards, 'fault_lost_reload'],
  ] as const)(
    'may be that of an act that was done, also where it %s',
    async (_how, cause, code) => {
      const ask = () => Promise.reject(cause);
      await expect(askServer('removeMember', ask)).rejects.toMatchObject({ code });
      expect(troubles[code]).toMatch(/\bmay\b/);
    },
  );

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

  it('of a bug says of every act that it is our mistake, what may be done all the same, and whom to tell', async () => {
    for (const [act, lost] of ACTS) {
      const ask = () => Promise.resolve({ status: 'refused', errors: { form: 'fault' } });
      const code = `fault_${lost}` as keyof typeof troubles;
      await expect(askServer(act as Act, ask), act).rejects.toMatchObject({ code });
      expect(troubles[code], act).toMatch(/mistake of ours.*\bmay\b.*Tell whoever runs this site/);
      expect(troubles[code], act).not.toMatch(/nothing was|not lost|unchanged|connection|moment/i);
    }
  });

  it('of a bug in a look says that it is our mistake, and that nothing was lost or changed', () => {
    for (const said of [
      refusals.fault_in_look,
      troubles.fault_in_look,
      plainBody(500, 'GET'),
      plainBody(500, 'HEAD'),
    ]) {
      expect(said).toMatch(/mistake of ours.*Nothing was lost or changed.*Tell whoever runs/);
      expect(said).not.toMatch(/\bmay\b|try again|moment/i);
    }
  });

  it('is not said to have changed nothing by any page, with scripts or without', () => {
    for (const said of [
      refusals.unavailable,
      refusals.fault,
      common.error.text,
      plainBody(503),
      plainBody(500),
    ]) {
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
