'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const deleteAccount = action(operations.deleteAccount);
