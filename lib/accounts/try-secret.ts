/**
 * A try at a password or a code of the second factor: taken before it is looked at, counted if it was
 * wrong, and told to whom it is about where it is the first of its kind. All of them go through here,
 * by whichever door they come.
 */
import type { FailedTry, Guess, Guessed, NotedFailure } from './guess-ports';
import type { PasswordProof } from './own-account-ports';
import type { AccountDesk } from './ports';
import { readSecondFactorCode } from './second-factor-code';

export type TryOutcome =
  | 'right'
  | 'wrong'
  /** It is too early for it: it was not looked at. */
  | 'slowed'
  /** There was no room to look at it. */
  | 'busy';

/** Whose password or code is tried: an account, or an address that has none. */
export type TriedAt = PasswordProof | { readonly accountId: null; readonly email: string };

/** @param check with where the browser counts if it is known to the account; null where there is no room */
export async function tryPassword(
  desk: AccountDesk,
  at: TriedAt,
  what: 'password' | 'password again',
  check: (browser: string | null) => Promise<boolean | null>,
): Promise<TryOutcome> {
  const guess = await guessOf(desk, at, what);
  if (!(await desk.guesses.take(guess))) {
    await fail(desk, at, { what, how: 'slowed', isAfterPassword: false });
    return 'slowed';
  }
  const isRight = await check(guess.by);
  if (isRight === false) {
    await fail(desk, at, { what, how: 'wrong', isAfterPassword: false });
    return 'wrong';
  }
  await desk.guesses.giveBack(guess);
  return isRight === null ? 'busy' : 'right';
}

/**
 * A code of the list has 79 random bits: nobody guesses it, so it is never too early for one.
 *
 * @param isAfterPassword the password was right just now
 * @param accept what the code is good for. One that was used already is no guess: nobody is slowed for it
 */
export async function tryCode<Accepted>(
  desk: AccountDesk,
  { code, isAfterPassword, ...at }: TriedCode,
  accept: () => Promise<{ readonly accepted: Accepted } | 'used' | 'wrong'>,
  what: 'code' | 'first code' = 'code',
): Promise<{ readonly accepted: Accepted } | { readonly refusal: CodeRefusal }> {
  const guess =
    readSecondFactorCode(code)?.kind === 'recovery' ? null : await guessOf(desk, at, what);
  if (guess !== null && !(await desk.guesses.take(guess))) {
    await fail(desk, at, { what, how: 'slowed', isAfterPassword: false });
    return { refusal: 'code_slowed' };
  }
  const outcome = await accept();
  if (outcome === 'wrong') {
    await fail(desk, at, { what, how: 'wrong', isAfterPassword });
    return { refusal: 'second_factor_wrong' };
  }
  if (guess !== null) await desk.guesses.giveBack(guess);
  return outcome === 'used' ? { refusal: 'second_factor_used' } : outcome;
}

/** At the account with this password. */
export interface TriedCode extends PasswordProof {
  readonly code: string;
  readonly isAfterPassword: boolean;
}

type CodeRefusal = 'second_factor_wrong' | 'second_factor_used' | 'code_slowed';

/** Why a code that signs in, or sets a new password, is refused; null for a right one, used up now. */
export async function refusalOfCode(
  desk: AccountDesk,
  tried: TriedCode,
): Promise<CodeRefusal | 'second_factor_unreadable' | null> {
  const { accountId, code } = tried;
  const accept = async () => {
    const outcome = await desk.secondFactor.accept(accountId, code);
    return outcome === 'accepted' ? { accepted: true } : outcome;
  };
  // The code may be as right as it likes: it is no guess, and nobody is to be warned of it.
  if (!(await desk.secondFactor.isReadable(accountId))) {
    const outcome = await accept();
    if (outcome === 'used') return 'second_factor_used';
    return outcome === 'wrong' ? 'second_factor_unreadable' : null;
  }
  const outcome = await tryCode(desk, tried, accept);
  return 'refusal' in outcome ? outcome.refusal : null;
}

async function guessOf(desk: AccountDesk, at: TriedAt, what: Guessed): Promise<Guess> {
  if (at.accountId === null) {
    // The same work as for an account.
    await desk.browser.knownTo({ accountId: at.email, signInHash: '' });
    return { of: at.email, what, by: null };
  }
  return { of: at.accountId, what, by: await desk.browser.knownTo(at) };
}

async function fail(desk: AccountDesk, at: TriedAt, failed: Omit<FailedTry, 'of'>): Promise<void> {
  const noted = await desk.guesses.note({ of: at.accountId ?? at.email, ...failed });
  if (at.accountId !== null) tell(desk, at.accountId, noted);
}

/** Once the answer is out, so that neither its time nor a mail server says whether there is an account. */
function tell(desk: AccountDesk, accountId: string, noted: NotedFailure): void {
  const { isFirstBurst, isFirstWrongCode } = noted;
  if (!isFirstBurst && !isFirstWrongCode) return;
  desk.afterwards(async () => {
    const person = await desk.members.findAddressee(accountId);
    if (person === null) return;
    if (isFirstWrongCode) await desk.mail.wrongCode(person);
    if (isFirstBurst) await desk.mail.guessed(person, noted);
  });
}
