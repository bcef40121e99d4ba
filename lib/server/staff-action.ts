/**
 * Actions of staff. Each says by its rule who may call it; what a caller may
 * do to one row is a condition of the statement that does it.
 */
import 'server-only';
import type { z } from 'zod';
import type { Staff } from '@/lib/accounts/ports';
import type { RefusalCode } from '@/lib/refusal-code';
import { findStaff } from './accounts/current-staff';
import { mayCall, type StaffRule } from './accounts/staff-rule';
import { formAction, type FormAction } from './form-action';

export interface StaffAction<Schema extends z.ZodType, Outcome> extends Omit<
  FormAction<Schema, Staff, Outcome>,
  'authorise'
> {
  readonly rule: StaffRule;
}

export function staffAction<Schema extends z.ZodType, Outcome extends { readonly status: string }>({
  rule,
  ...action
}: StaffAction<Schema, Outcome>): (posted: unknown) => Promise<Outcome> {
  return formAction<Schema, Staff, Outcome>({ ...action, authorise: () => authorise(rule) });
}

async function authorise(rule: StaffRule): Promise<Staff | { readonly refusal: RefusalCode }> {
  const staff = await findStaff();
  if (staff === null) return { refusal: 'sign_in_required' };
  return mayCall(rule, staff) ? staff : { refusal: 'not_allowed' };
}
