'use server';

import * as requests from '@/lib/requests/operations';
import * as operations from '@/lib/sealed/operations';
import { formAction } from '@/lib/server/action';

export const destroyFromStatus = formAction(operations.destroyFromStatus);

/** Destroys a reply for the client who sent it. Works without JavaScript. */
export const withdrawReply = formAction(requests.withdrawReply);
