/** The rules of requests that people can see. Expiries are those of messages. */

/** Characters (UTF-16 units, as a form control counts them). */
export const MAX_QUESTION_LENGTH = 500;

export const MAX_REPLIES = 50;
export const DEFAULT_REPLIES = 1;

/** How many of the staff one request can have as readers. */
export const MAX_READERS = 50;

/** Seconds for which replies can still be read once a request has expired. Then all is erased. */
export const KEEP_LIFETIME = 30 * 24 * 60 * 60;

/** Replies to one request that give their place back: each leaves a row, and may have been told of by mail. */
export const MAX_PLACES_FREED = 50;
