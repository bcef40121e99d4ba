/** Actions that anybody may call: sealing, opening, replying, signing in. */
import 'server-only';
import type { z } from 'zod';
import { formAction, type FormAction } from './form-action';

export type PublicAction<Schema extends z.ZodType, Outcome> = Omit<
  FormAction<Schema, object, Outcome>,
  'authorise'
>;

const ANYBODY = {};

export function publicAction<Schema extends z.ZodType, Outcome extends { readonly status: string }>(
  action: PublicAction<Schema, Outcome>,
): (posted: unknown) => Promise<Outcome> {
  return formAction<Schema, object, Outcome>({
    ...action,
    authorise: () => Promise.resolve(ANYBODY),
  });
}
