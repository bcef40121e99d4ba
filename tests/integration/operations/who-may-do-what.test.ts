import { createHash } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SaltResult } from '@/lib/accounts/outcomes';
import { ACTIONS } from '@/tests/e2e/support/access-rules';
import { findActions } from '@/tests/e2e/support/app-surface';
import { givenHouse, type HouseStaff } from './house';
import { SENDING } from './sending';

const house = givenHouse();
let member: HouseStaff;
let owner: HouseStaff;

beforeAll(async () => {
  [member, owner] = [await house.hire('MEMBER'), await house.hire('OWNER')];
});

it('every action answers anonymous callers, members and owners by its rule', async () => {
  for (const { key } of await findActions()) {
    const got: number[] = [];
    for (const staff of [null, member, owner]) {
      got.push((await house.ask(key, ACTIONS[key]?.guess ?? {}, { staff })).status);
    }
    expect.soft(got, key).toEqual(ACTIONS[key]?.answers);
  }
});

describe('what the owner decided about sending', () => {
  const POLICY = 'app/(staff)/settings/policies/actions.ts savePolicy';
  const OPEN = { whoMaySend: 'anyone', longestExpiry: '30d', passphraseRequired: 'no' };

  const decide = async (policy: Partial<typeof OPEN>, staff = owner) =>
    (await house.ask(POLICY, { ...OPEN, ...policy }, { staff })).outcome;

  afterEach(async () => {
    expect(await decide({})).toEqual({ status: 'done' });
  });

  it('is decided by an owner alone', async () => {
    expect(await decide({ whoMaySend: 'members' }, member)).toMatchObject({
      refusal: 'not_allowed',
    });
    const [{ key, fields }] = SENDING;
    expect((await house.ask(key, fields)).status).toBe(200);
  });

  describe.each(SENDING)('holds for $key', ({ key, fields, lock }) => {
    const refused = (field: string, code: string) => ({
      outcome: { status: 'refused', errors: { [field]: code } },
    });

    it('where it keeps out who is not signed in', async () => {
      await decide({ whoMaySend: 'members' });
      expect(await house.ask(key, fields)).toMatchObject({
        status: 401,
        ...refused('form', 'sign_in_required'),
      });
      expect((await house.ask(key, fields, { staff: member })).status).toBe(200);
    });

    it('where it limits how long a secret waits', async () => {
      await decide({ longestExpiry: '4h' });
      const send = (expiresIn: string) =>
        house.ask(key, { ...fields, expiresIn }, { staff: member });
      expect(await send('1d')).toMatchObject({
        status: 400,
        ...refused('expiresIn', 'expiry_not_allowed'),
      });
      expect((await send('4h')).status).toBe(200);
    });

    it('where it asks for a passphrase', async () => {
      await decide({ passphraseRequired: 'yes' });
      expect(await house.ask(key, fields, { staff: member })).toMatchObject({
        status: 400,
        ...refused('passphrase', 'passphrase_required'),
      });
      expect((await house.ask(key, { ...fields, ...lock }, { staff: member })).status).toBe(200);
    });
  });

  it.each(SENDING)('apart from that, $key makes a list for staff alone', async (sending) => {
    for (const asked of [{ ...sending.fields, recipients: 'Ada' }, sending.forSeveral(2)]) {
      expect((await house.ask(sending.key, asked)).status).toBe(401);
      expect((await house.ask(sending.key, asked, { staff: member })).status).toBe(200);
    }
  });
});

it('the salt of an address without an account is its own, the same at every asking, and of no other instance', async () => {
  const saltOf = async (email: string) => {
    const { outcome } = await house.ask('app/(account)/actions.ts findPasswordSalt', { email });
    const result = outcome as SaltResult;
    if (result.status !== 'found') throw new Error('There was no salt.');
    return result.salt;
  };
  const unknown = await saltOf('nobody@example.org');
  expect(await saltOf('NOBODY@example.org')).toBe(unknown);
  expect(unknown).toHaveLength((await saltOf(owner.email)).length);
  expect(await saltOf('somebody-else@example.org')).not.toBe(unknown);
  // What nobody can work out who has the source and the address alone.
  for (const algorithm of ['sha256', 'sha512'] as const) {
    const hash = createHash(algorithm).update('nobody@example.org').digest();
    expect(hash.subarray(0, 16).toString('base64url')).not.toBe(unknown);
  }
});
