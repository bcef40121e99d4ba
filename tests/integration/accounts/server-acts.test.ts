import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';
import { lookAtRecovery } from '@/lib/accounts/recovery';
import { signIn } from '@/lib/accounts/sign-in';
import { parseSettings } from '@/lib/server/settings';
import { withDatabase } from '@/scripts/database/with-database';
import { ROOT } from '@/scripts/setup/paths.mjs';
import { PlainProblem } from '@/scripts/setup/plain-problem.mjs';
import { createEmptyDatabase } from '@/tests/support/database';
import { addAccount, givenAccountContext, staffFor } from './account-context';
import { setUpSecondFactor } from './ways-in-world';

const context = givenAccountContext();

/** `npm run accounts`, as somebody on the server calls it. */
async function accounts(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', './scripts/register-typescript.mjs', 'scripts/accounts.ts', ...args],
    { cwd: ROOT, env: { ...process.env, DATABASE_URL: context.url, SMTP_URL: '', MAIL_FROM: '' } },
  );
  return stdout;
}

it('whoever runs the server gets an only owner in again who forgot the password, without mail', async () => {
  const owner = await addAccount(context, 'OWNER');
  expect(await accounts('list')).toContain(owner.email);
  const printed = await accounts('recovery-link', owner.email.toUpperCase());
  const [, token = ''] = /\/recover\/(\S+)/.exec(printed) ?? [];
  expect(await lookAtRecovery(context, token)).toMatchObject({ email: owner.email });
  expect(await context.history.isMarked(), 'no mark where the app has not started').toBe(false);
  await expect(accounts('recovery-link', 'nobody@example.org')).rejects.toThrow('no account');
}, 60_000);

it('whoever runs the server turns a second factor off, its person is told on a page, and a copy from before is noticed', async () => {
  const member = await addAccount(context);
  await setUpSecondFactor(context, member);
  const [copy] = await context.database.$queryRaw<
    { endings: bigint }[]
  >`SELECT endings FROM history`;
  await accounts('second-factor-off', member.email);
  await context.database.$executeRaw`UPDATE history SET endings = ${copy?.endings ?? 0n}`;
  expect(await context.history.check()).toBe(false);
  const { email, signInKey } = member;
  const signedIn = await signIn(context, {
    email,
    signInKey,
    code: '',
    device: '',
    replaces: null,
  });
  expect(signedIn.status).toBe('signed_in');
  expect((await staffFor(context, member)).wasSecondFactorReset).toBe(true);
}, 60_000);

it('whoever runs the server is told in one line what a database without tables needs', async () => {
  const empty = await createEmptyDatabase();
  const parsed = parseSettings({ DATABASE_URL: empty.url });
  if (!parsed.ok) throw new Error('These are settings.');
  try {
    const work = vi.fn(() => Promise.resolve());
    await expect(withDatabase(parsed.settings, work)).rejects.toThrow(PlainProblem);
    await expect(withDatabase(parsed.settings, work)).rejects.toThrow(/^.*npm run migrate.*$/);
    expect(work).not.toHaveBeenCalled();
  } finally {
    await empty.drop();
  }
});
