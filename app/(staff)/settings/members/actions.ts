'use server';

import * as operations from '@/lib/accounts/operations';
import { action } from '@/lib/server/action';

export const changeRole = action(operations.changeRole);
export const removeMember = action(operations.removeMember);
export const makeRecoveryLink = action(operations.makeRecoveryLink);
export const inviteMember = action(operations.inviteMember);
export const revokeInvitation = action(operations.revokeInvitation);
export const resetSecondFactor = action(operations.resetSecondFactor);
export const askToHandOver = action(operations.askToHandOver);
export const confirmMembersChecked = action(operations.confirmMembersChecked);
