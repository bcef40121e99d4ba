'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const changeRecoveryCode = action(operations.changeRecoveryCode);
