'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const saveProfile = action(operations.saveProfile);
export const changePassword = action(operations.changePassword);
export const changeEmail = action(operations.changeEmail);
