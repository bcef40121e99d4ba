import { askAgain } from './ask-again';

/** Milliseconds; after these the lease ends by itself anyway. */
const WAITS = [1000, 3000, 8000, 20_000] as const;

/**
 * Tells the server that the secret has been shown, so that the ciphertext goes
 * now and not when the lease ends. Nobody waits for it and nobody is told if
 * it fails: then the lease does the same a little later.
 *
 * @param claim what it was claimed by, as the fields of the action
 */
export async function acknowledgeQuietly(
  ask: (form: FormData) => Promise<{ readonly status: 'done' | 'refused' }>,
  claim: Readonly<Record<string, string>>,
): Promise<void> {
  const form = new FormData();
  for (const [field, value] of Object.entries(claim)) form.set(field, value);
  try {
    await askAgain('acknowledge', () => ask(form), WAITS);
  } catch {
    // The lease ends the claim.
  }
}
