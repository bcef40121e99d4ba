'use server';

import * as operations from '@/lib/sealed/operations';
import { action, formAction } from '@/lib/server/action';

export const sealOnServer = formAction(operations.sealOnServer);

export const storeBrowserSealed = action(operations.storeBrowserSealed);
