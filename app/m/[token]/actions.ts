'use server';

import * as operations from '@/lib/sealed/operations';
import { action, formAction } from '@/lib/server/action';

export const openServerSealed = formAction(operations.openServerSealed);

export const knock = action(operations.knock);

export const claimBrowserSealed = action(operations.claim);

export const acknowledge = action(operations.acknowledge);

export const destroyBrowserSealed = action(operations.destroy);
