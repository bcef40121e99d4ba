import type { NewRequestValues } from '@/components/request/use-new-request';
import type { CreateErrors, CreateField } from '@/lib/requests/outcomes';
import { newRequestFields } from '@/lib/requests/schema';
import { isRefusalCode } from '@/lib/refusal-code';

const FIELDS: readonly CreateField[] = ['question', 'fields', 'expiresIn', 'repliesAllowed'];

/** The fields that the server would refuse, by its own schema; empty if none. */
export function checkNewRequest(values: NewRequestValues): CreateErrors {
  const issues = newRequestFields.safeParse(values).error?.issues ?? [];
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const issue = issues.find(({ path }) => path[0] === field);
      if (issue === undefined) return [];
      return [[field, isRefusalCode(issue.message) ? issue.message : 'input_malformed']];
    }),
  );
}
