'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const askForRecovery = action(operations.askForRecovery);
export const recoverAccount = action(operations.recoverAccount);
