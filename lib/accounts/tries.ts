/**
 * A try at a password or a code of the second factor: taken before it is looked at, counted if it was
 * wrong, and told to whom it is about where it is the first of its kind. All of them go through here,
 * by whichever door they come.
 */
import 'server-only';
import type { Context } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import {
  giveGuessBack,
  noteFailedTry,
  takeGuess,
  type FailedTry,
  type Guess,
  type Guessed,
  type NotedFailure,
} from './guesses';
import { dashboardOf, findAddressee, queue } from './notices';
import type { PasswordProof } from './proof';
import { acceptCode, isFactorReadable, readSecondFactorCode } from './second-factor';
import type { PasswordCredentials, SealedVault } from './sign-up';

type TryOutcome =
  | 'right'
  | 'wrong'
  /** It is too early for it: it was not looked at. */
  | 'slowed'
  /** There was no room to look at it. */
  | 'busy';

/** Whose password or code is tried: an account, or an address that has none. */
type TriedAt = PasswordProof | { readonly accountId: null; readonly email: string };

/** @param check with where the browser counts if it is known to the account; null where there is no room */
export async function tryPassword(
  context: Context,
  at: TriedAt,
  what: 'password' | 'password again',
  check: (browser: string | null) => Promise<boolean | null>,
): Promise<TryOutcome> {
  const guess = await guessOf(context, at, what);
  if (!(await takeGuess(context, guess))) {
    await fail(context, at, { what, how: 'slowed', isAfterPassword: false });
    return 'slowed';
  }
  const isRight = await check(guess.by);
  if (isRight === false) {
    await fail(context, at, { what, how: 'wrong', isAfterPassword: false });
    return 'wrong';
  }
  await giveGuessBack(context, guess);
  return isRight === null ? 'busy' : 'right';
}

/** At the account with this password. */
interface TriedCode extends PasswordProof {
  readonly code: string;
  /** The password was right just now. */
  readonly isAfterPassword: boolean;
}

type CodeRefusal = 'second_factor_wrong' | 'second_factor_used' | 'code_slowed';

/**
 * A code of the list has 79 random bits: nobody guesses it, so it is never too early for one.
 *
 * @param accept what the code is good for. One that was used already is no guess: nobody is slowed for it
 */
export async function tryCode<Accepted>(
  context: Context,
  { code, isAfterPassword, ...at }: TriedCode,
  accept: () => Promise<{ readonly accepted: Accepted } | 'used' | 'wrong'>,
  what: 'code' | 'first code' = 'code',
): Promise<{ readonly accepted: Accepted } | { readonly refusal: CodeRefusal }> {
  const guess =
    readSecondFactorCode(code)?.kind === 'recovery' ? null : await guessOf(context, at, what);
  if (guess !== null && !(await takeGuess(context, guess))) {
    await fail(context, at, { what, how: 'slowed', isAfterPassword: false });
    return { refusal: 'code_slowed' };
  }
  const outcome = await accept();
  if (outcome === 'wrong') {
    await fail(context, at, { what, how: 'wrong', isAfterPassword });
    return { refusal: 'second_factor_wrong' };
  }
  if (guess !== null) await giveGuessBack(context, guess);
  return outcome === 'used' ? { refusal: 'second_factor_used' } : outcome;
}

/** Why a code that signs in, or sets a new password, is refused; null for a right one, used up now. */
export async function refusalOfCode(
  context: Context,
  tried: TriedCode,
): Promise<CodeRefusal | 'second_factor_unreadable' | null> {
  const { accountId, code } = tried;
  const accept = async () => {
    const outcome = await acceptCode(context, accountId, code);
    return outcome === 'accepted' ? { accepted: true } : outcome;
  };
  // The code may be as right as it likes: it is no guess, and nobody is to be warned of it.
  if (!(await isFactorReadable(context, accountId))) {
    const outcome = await accept();
    if (outcome === 'used') return 'second_factor_used';
    return outcome === 'wrong' ? 'second_factor_unreadable' : null;
  }
  const outcome = await tryCode(context, tried, accept);
  return 'refusal' in outcome ? outcome.refusal : null;
}

async function guessOf(context: Context, at: TriedAt, what: Guessed): Promise<Guess> {
  if (at.accountId === null) {
    // The same work as for an account.
    await context.browser.knownTo({ accountId: at.email, signInHash: '' });
    return { of: at.email, what, by: null };
  }
  return { of: at.accountId, what, by: await context.browser.knownTo(at) };
}

async function fail(context: Context, at: TriedAt, failed: Omit<FailedTry, 'of'>): Promise<void> {
  const noted = await noteFailedTry(context, { of: at.accountId ?? at.email, ...failed });
  if (at.accountId !== null) tell(context, at.accountId, noted);
}

/** Once the answer is out, so that neither its time nor a mail server says whether there is an account. */
function tell(context: Context, accountId: string, noted: NotedFailure): void {
  const { isFirstBurst, isFirstWrongCode, count, since } = noted;
  if (!isFirstBurst && !isFirstWrongCode) return;
  context.afterwards(async () => {
    const person = await findAddressee(context.database, accountId);
    if (person === null) return;
    const to = { to: person.email, name: person.name, dashboardLink: dashboardOf(context) };
    if (isFirstWrongCode) {
      await queue(context, { template: 'wrongCode', ...to, triedAt: new Date() });
    }
    if (isFirstBurst) {
      await queue(context, { template: 'guessed', ...to, count, since: new Date(since) });
    }
  });
}

interface MadeOfPassword {
  readonly credentials: PasswordCredentials;
  /** `seedByRecovery` null: it was left as it is. */
  readonly vault: Omit<SealedVault, 'seedByRecovery'> & {
    readonly seedByRecovery: Uint8Array | null;
  };
}

/**
 * Whether a new password that is sent again, since the answer to it was lost, is exactly what is in
 * force already; null where there is no room to verify it now. Rules: nothing is remembered of the
 * first time: what is stored is compared with what is sent. Salt and wrapped seeds were drawn by the
 * browser that made them, so that no other caller finds anything; one who has them still shows the
 * sign-in key, and a wrong one is a guess like any other. Nothing is done, told or handed out here.
 */
export async function wasDoneBefore(
  context: Context,
  { credentials: { salt, signInKey }, vault }: MadeOfPassword,
): Promise<boolean | null> {
  const { publicKey, seedByPassword, seedByRecovery } = vault;
  const found = await guarded(() =>
    context.database.account.findFirst({
      where: {
        passwordSalt: Buffer.from(salt),
        vaultPublicKey: Buffer.from(publicKey),
        vaultSeedByPassword: Buffer.from(seedByPassword),
        ...(seedByRecovery === null ? {} : { vaultSeedByRecovery: Buffer.from(seedByRecovery) }),
      },
      select: { id: true, signInHash: true },
    }),
  );
  if (found === null) return false;
  const { id: accountId, signInHash } = found;
  const tried = await tryPassword(context, { accountId, signInHash }, 'password', (browser) =>
    context.withStretchingRoom(roomOf(browser), () =>
      context.verifySignInKey(signInHash, signInKey),
    ),
  );
  return tried === 'busy' ? null : tried === 'right';
}

/** Where work for an account waits for its turn: a browser that is known to it, among such. */
export function roomOf(browser: string | null) {
  return browser === null
    ? ({ kind: 'account' } as const)
    : ({ kind: 'known', of: browser } as const);
}
