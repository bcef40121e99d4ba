import { countLosses } from '@/lib/accounts/views';

/**
 * Sends along what the page said goes with an account, so that nothing goes that it did not say.
 *
 * @param alone what nobody else can read, as it is shown
 */
export function setLosses(
  form: FormData,
  alone: readonly { readonly sealedReplies: number }[],
): void {
  for (const [name, count] of Object.entries(countLosses(alone))) form.set(name, String(count));
}
