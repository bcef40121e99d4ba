/**
 * The only way this application writes to its log. Rules: an event is one of
 * the names below, a field one of the names below with a value of a plain kind;
 * there is no way to log a message, a form, an error object or a URL. What can
 * be done about an event is said in words of our own, the same each time.
 */
export type LogEvent =
  | 'database_connection_lost'
  | 'database_away'
  | 'database_back'
  | 'database_went_back'
  | 'restored_messages_refused'
  | 'restored_messages_open'
  | 'restored_messages_discarded'
  | 'fault'
  | 'request_failed'
  | 'request_refused'
  | 'accounts_key_lost'
  | 'accounts_key_found'
  | 'try_failed'
  | 'try_slowed'
  | 'limit_reached'
  | 'role_changed'
  | 'member_removed'
  | 'message_unreadable'
  | 'disk_full'
  | 'disk_read_only'
  | 'keyring_unusable'
  | 'database_unsafe'
  | 'database_safe'
  | 'clocks_differ'
  | 'clocks_agree'
  | 'sweep_done'
  | 'sweep_failed'
  | 'epoch_destroyed'
  | 'mail_sent'
  | 'mail_delayed'
  | 'mail_given_up'
  | 'mail_expired'
  | 'mail_queue_failed';

export interface LogFields {
  /** The name of an action, a page or a mail's template, never a path. */
  readonly at?: string;
  /** A code of ours, of PostgreSQL or of Prisma. */
  readonly code?: string;
  readonly count?: number;
  readonly epoch?: string;
  /** The kind of a bug, such as TypeError; never its message. */
  readonly error?: string;
  /** Where it was thrown: functions, files and lines. */
  readonly frames?: readonly string[];
}

const RESTORED =
  'The database was restored from an older copy. Secrets and replies from before stay closed, since they may have been read after the copy was made. Decide by one start: with RESTORED_DATABASE=discard they are erased, with RESTORED_DATABASE=open they open all the same.';

const CLOCKS =
  'The clock of this machine and that of its database differ by this many seconds. Secrets expire by the clock of the database, and no key is destroyed before both agree that it is time: set the one that is wrong.';

const NOTHING_OPENS =
  'Nothing is opened until what was opened can be recorded again; nothing was lost.';

const ACCOUNTS_KEY =
  'The accounts key (KEYRING_FILE.accounts) is not the one by which second factors were stored, so that of this many people can’t be checked. Put the right file back; or, if it is lost, let them sign in with a code of their list, or turn their second factors off with `npm run accounts -- second-factor-off <e-mail>`.';

const UNSAFE =
  'The database runs with fsync, full_page_writes or synchronous_commit off, so a crash could bring back a secret that was read. Nothing is opened until they are on again, or Sealpost is started with ALLOW_UNSAFE_DATABASE=1.';

const FAULT =
  'This is a mistake in Sealpost, not in your set-up. Who met it on a page was asked to tell you the time. Report it with this line, which holds nothing of what was sent.';

const ADVICE: Partial<Record<LogEvent, string>> = {
  accounts_key_lost: ACCOUNTS_KEY,
  clocks_differ: CLOCKS,
  disk_full: NOTHING_OPENS,
  disk_read_only: NOTHING_OPENS,
  database_unsafe: UNSAFE,
  fault: FAULT,
  restored_messages_refused: RESTORED,
};

type Level = 'info' | 'warn' | 'error';

const ALLOWED_FIELDS = ['at', 'code', 'count', 'epoch', 'error', 'frames'] as const;

function write(level: Level, event: LogEvent, fields: LogFields = {}): void {
  const line: Record<string, string | number | readonly string[]> = {
    time: new Date().toISOString(),
    level,
    event,
  };
  for (const name of ALLOWED_FIELDS) {
    const value = fields[name];
    if (value !== undefined) line[name] = value;
  }
  const advice = ADVICE[event];
  if (advice !== undefined) line['advice'] = advice;
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

export const log = {
  info: (event: LogEvent, fields?: LogFields) => {
    write('info', event, fields);
  },
  warn: (event: LogEvent, fields?: LogFields) => {
    write('warn', event, fields);
  },
  error: (event: LogEvent, fields?: LogFields) => {
    write('error', event, fields);
  },
};
