import { beforeEach, describe, expect, it } from 'vitest';
import { setRole } from '@/lib/accounts/members';
import { savePolicy } from '@/lib/accounts/owner-policy';
import { readPolicy } from '@/lib/sealed/sending';
import type { SendingPolicy } from '@/lib/sealed/sending-policy';
import { EXPIRIES } from '@/lib/sealed/policy';
import { act, addAccount, givenAccountContext } from './account-context';
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

const SAVED = { status: 'done' };
const REFUSED = { refusal: 'not_allowed' };

const context = givenAccountContext();

beforeEach(async () => {
  await context.database.$executeRaw`TRUNCATE accounts CASCADE`;
});

describe('the policy for sending', () => {
  it('lets anyone send, for as long as there is, until an owner decides otherwise', async () => {
    expect(await readPolicy(context.database)).toEqual(OPEN);
    const { accountId } = await addAccount(context, 'OWNER');
    expect(await savePolicy(context, { accountId }, STRICT)).toEqual(SAVED);
    expect(await readPolicy(context.database)).toEqual(STRICT);
    expect(await savePolicy(context, { accountId }, OPEN)).toEqual(SAVED);
    expect(await readPolicy(context.database)).toEqual(OPEN);
  });

  it('is saved by nobody but an owner, whatever the session said a moment ago', async () => {
    const member = await addAccount(context);
    const [first, second] = [
      await addAccount(context, 'OWNER'),
      await addAccount(context, 'OWNER'),
    ];
    await act(context, (transaction) =>
      setRole(transaction, first.proof, second.accountId, 'MEMBER'),
    );
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const accountId of [member.accountId, second.accountId, nobody]) {
      expect(await savePolicy(context, { accountId }, STRICT)).toMatchObject(REFUSED);
    }
    expect(await readPolicy(context.database)).toEqual(OPEN);
  });

  it('is not saved by an owner who stops being one at that moment', async () => {
    const { accountId } = await addAccount(context, 'OWNER');
    const saved = await actWhileDemoted(context.database, accountId, () =>
      savePolicy(context, { accountId }, STRICT),
    );
    expect(saved).toMatchObject(REFUSED);
    expect(await readPolicy(context.database)).toEqual(OPEN);
  });
});
