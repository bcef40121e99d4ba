'use server';

import * as operations from '@/lib/requests/operations';
import { action } from '@/lib/server/action';

export const createRequest = action(operations.createRequest);

export const claimReply = action(operations.claimReply);

export const acknowledgeReply = action(operations.acknowledgeReply);

export const addReader = action(operations.addReader);

export const keepSeed = action(operations.keepSeed);

export const removeReader = action(operations.removeReader);

export const chooseNotice = action(operations.chooseNotice);

export const extendRequest = action(operations.extendRequest);

export const closeRequest = action(operations.closeRequest);

export const destroyRequest = action(operations.destroyRequest);
