'use server';

import * as operations from '@/lib/dashboard/operations';
import { formAction } from '@/lib/server/action';

/** Destroys a secret from its sender's list. Works without JavaScript. */
export const destroySent = formAction(operations.destroySent);
