import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { countUnreadableFactors } from '@/lib/accounts/second-factor';
import { renewSecondFactorCodes } from '@/lib/accounts/second-factor-setup';
import { signIn } from '@/lib/accounts/sign-in';
import { forgetRuntime } from '@/tests/support/runtime';
import { addAccount, givenAccountContext, staffFor, type TestAccount } from './account-context';
import { drawList } from './code-list';
import { setUpSecondFactor } from './ways-in-world';

const context = givenAccountContext();

beforeAll(forgetRuntime);

afterAll(() => {
  vi.unstubAllEnvs();
  forgetRuntime();
});

const tryWith = ({ email, signInKey }: TestAccount, code: string) =>
  signIn(context, { email, signInKey, code, device: '', replaces: null });

it('a lost accounts key is noticed, and told apart from a wrong code; the list still lets in', async () => {
  const member = await addAccount(context);
  const [first = '', second = '', third = ''] = await setUpSecondFactor(context, member);
  expect(await countUnreadableFactors(context)).toBe(0);
  expect(await tryWith(member, '000000')).toMatchObject({ refusal: 'second_factor_wrong' });

  await rm(`${process.env['KEYRING_FILE'] ?? ''}.accounts`);
  forgetRuntime();

  expect(await countUnreadableFactors(context)).toBe(1);
  expect(await tryWith(member, '000000')).toMatchObject({ refusal: 'second_factor_unreadable' });
  expect((await tryWith(member, first)).status).toBe('signed_in');
  expect(await tryWith(member, first)).toMatchObject({ refusal: 'second_factor_used' });
  const renewed = await renewSecondFactorCodes(context, await staffFor(context, member), {
    ...member.shown,
    code: second,
    codeHashes: (await drawList(member.accountId)).codeHashes,
  });
  expect(renewed.status).toBe('done');
  expect((await tryWith(member, third)).status, 'the list before').toBe('refused');
});

it('the log and the health say of how many people the second factor can’t be read', async () => {
  vi.stubEnv('DATABASE_URL', context.url);
  forgetRuntime();
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    said.push(String(line));
    return true;
  });
  const { watchAccountsKey, unreadableFactors } =
    await import('@/lib/server/accounts/accounts-key-watch');
  await watchAccountsKey();
  await watchAccountsKey();
  write.mockRestore();
  expect(said.filter((line) => line.includes('accounts_key_lost'))).toHaveLength(1);
  expect(unreadableFactors()).toBe(1);
  const { examineHealth } = await import('@/lib/server/health');
  expect((await examineHealth()).warnings).toContain('accounts_key_lost');
  const { database } = await import('@/lib/server/database');
  await database().$disconnect();
});
