'use server';

import * as operations from '@/lib/requests/operations';
import { action, formAction } from '@/lib/server/action';

/** What the reply form does by itself, without JavaScript. */
export const replyOnServer = formAction(operations.replyOnServer);

/** Takes a reply that this server can't read. */
export const storeSealedReply = action(operations.storeReply);
