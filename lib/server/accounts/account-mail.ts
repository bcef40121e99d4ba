/** Mail about accounts, put into the queue. */
import 'server-only';
import type { AccountMail } from '@/lib/accounts/ports';

export const accountMail: AccountMail = {
  isSetUp: () => false,
  invitation: () => Promise.resolve(false),
  recovery: () => Promise.resolve(false),
  passwordChanged: () => Promise.resolve(false),
};
