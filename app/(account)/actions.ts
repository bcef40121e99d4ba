'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const findPasswordSalt = action(operations.findPasswordSalt);
export const signUp = action(operations.signUp);
export const acceptInvitation = action(operations.acceptInvitation);
export const readOwnVault = action(operations.readOwnVault);
export const readVaultShare = action(operations.readVaultShare);
export const lockOwnVault = action(operations.lockOwnVault);
