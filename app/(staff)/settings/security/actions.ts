'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const saveVaultLock = action(operations.saveVaultLock);
export const endSession = action(operations.endSession);
export const endOtherSessions = action(operations.endOtherSessions);
export const acknowledgeReset = action(operations.acknowledgeReset);
