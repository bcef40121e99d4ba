'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const startSecondFactor = action(operations.startSecondFactor);
export const confirmSecondFactor = action(operations.confirmSecondFactor);
export const renewSecondFactorCodes = action(operations.renewSecondFactorCodes);
export const turnOffSecondFactor = action(operations.turnOffSecondFactor);
