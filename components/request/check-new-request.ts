import type { NewRequestValues } from '@/components/request/use-new-request';
import type { CreateErrors } from '@/lib/requests/outcomes';
import { newRequestFields } from '@/lib/requests/schema';
import { isRefusalCode } from '@/lib/refusal-code';

/** The fields that the server would refuse, by its own schema; empty if none. */
export function checkNewRequest(values: NewRequestValues): CreateErrors {
  const { success, error } = newRequestFields.safeParse(values);
  if (success) return {};
  return Object.fromEntries(
    error.issues
      .toReversed()
      .map(({ path, message }) => [path[0], isRefusalCode(message) ? message : 'input_malformed']),
  );
}
