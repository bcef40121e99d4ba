import { beforeEach, describe, expect, it } from 'vitest';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { EXPIRIES } from '@/lib/messages/policy';
import { findPolicy, savePolicy } from '@/lib/server/account-store/sending-policy';
import { addAccount, givenAccountDesk } from './account-desk';
import { actWhileDemoted } from './act-while-demoted';

const OPEN: SendingPolicy = {
  whoMaySend: 'anyone',
  longestExpiry: EXPIRIES['30d'],
  passphraseRequired: false,
};
const STRICT: SendingPolicy = {
  whoMaySend: 'members',
  longestExpiry: EXPIRIES['1h'],
  passphraseRequired: true,
};

const desk = givenAccountDesk();

beforeEach(async () => {
  await desk.client.$executeRaw`TRUNCATE accounts CASCADE`;
});

describe('the policy for sending', () => {
  it('lets anyone send, for as long as there is, until an owner decides otherwise', async () => {
    expect(await findPolicy(desk.client)).toEqual(OPEN);
    const { accountId } = await addAccount(desk, 'OWNER');
    expect(await savePolicy(desk.client, accountId, STRICT)).toBe(true);
    expect(await findPolicy(desk.client)).toEqual(STRICT);
    expect(await savePolicy(desk.client, accountId, OPEN)).toBe(true);
    expect(await findPolicy(desk.client)).toEqual(OPEN);
  });

  it('is saved by nobody but an owner, whatever the session said a moment ago', async () => {
    const member = await addAccount(desk);
    const [first, second] = [await addAccount(desk, 'OWNER'), await addAccount(desk, 'OWNER')];
    await desk.members.changeRole(first.proof, second.accountId, 'MEMBER');
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const accountId of [member.accountId, second.accountId, nobody]) {
      expect(await savePolicy(desk.client, accountId, STRICT)).toBe(false);
    }
    expect(await findPolicy(desk.client)).toEqual(OPEN);
  });

  it('is not saved by an owner who stops being one at that moment', async () => {
    const { accountId } = await addAccount(desk, 'OWNER');
    const saved = await actWhileDemoted(desk.client, accountId, () =>
      savePolicy(desk.client, accountId, STRICT),
    );
    expect(saved).toBe(false);
    expect(await findPolicy(desk.client)).toEqual(OPEN);
  });
});
