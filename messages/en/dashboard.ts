import type { Kind, Shown } from '@/lib/dashboard/query';
import type { RequestCondition, WhoReads } from '@/lib/requests/outcomes';

/** What somebody sent and asked for. */
export const dashboard = {
  title: 'Dashboard',
  heading: 'Dashboard',
  lead: 'What you sent and what you asked for, newest first. Links to secrets are not kept: nobody can look them up here. What has ended leaves the list after a while: a secret of up to 4 hours within hours, others within days or weeks.',
  newSecret: 'New secret',
  newRequest: 'New request',

  restored: {
    heading: 'Secrets and replies are kept closed',
    waiting: 'The database was restored from an older copy. From before that still wait: {count}.',
    why: 'They stay closed, since they may have been read after the copy was made. What was made afterwards works as always.',
    decide:
      'Whoever runs the server decides about them by one start: with `RESTORED_DATABASE=discard` they are erased, and have to be sent again; with `RESTORED_DATABASE=open` they open all the same.',
  },

  filters: {
    show: {
      label: 'Show by state',
      choices: { all: 'Any state', waiting: 'Waiting', ended: 'Ended' } satisfies Record<
        Shown,
        string
      >,
    },
    kind: {
      label: 'Show by kind',
      choices: {
        all: 'Any kind',
        secrets: 'Secrets',
        requests: 'Requests',
      } satisfies Record<Kind, string>,
    },
  },
  list: 'Sent and asked for',
  older: 'Older',
  newest: 'Back to the newest',

  secret: {
    kind: 'Secret',
    unnamed: 'Secret without a note',
    seals: { browser: 'encrypted in your browser', server: 'encrypted on the server' },
    states: {
      waiting: 'Waiting to be opened',
      keptClosed:
        'Kept closed: the database was restored from an older copy, and this may have been read already. Whoever runs the server decides whether it opens.',
      opened: 'Opened {when}',
      expired: 'Expired unopened {when}',
      sender: 'Destroyed by you {when}',
      recipient: 'Destroyed unread through its link {when}',
      wrong_passphrases: 'Destroyed after ten wrong passphrases {when}',
      restore:
        'Erased {when} after the database was restored from an older copy. It may have been read before: send it again.',
    },
    created: 'Sent {when}',
    expires: 'Expires {when}',
    wrongPassphrases: 'Wrong passphrases: {count} of 10',
    notifies: 'You are told by e-mail when it is opened',
  },
  destroy: {
    ask: 'Destroy …',
    question: 'Destroy it? Nobody can open it any more then, and this can’t be undone.',
    keep: 'Keep it',
    button: 'Destroy “{label}”',
    unnamed: 'Destroy this secret',
    pending: 'Destroying …',
    tooLate: 'It was too late to destroy it.',
  },
  request: {
    kind: 'Request',
    states: {
      open: 'Waiting for a reply',
      full: 'All replies have come',
      closed: 'Closed',
      expired: 'Expired',
      ended: 'Erased',
    } satisfies Record<RequestCondition, string>,
    openForMore: 'Waiting for more replies',
    created: 'Asked {when}',
    expires: 'Takes replies until {when}',
    from: 'Asked by {name}',
    replies: '{received} of {allowed} replies',
    toRead: {
      self: '{count} to read',
      others: '{count} to be read by others',
      nobody: '{count} that nobody can open any more',
    } satisfies Record<WhoReads, string>,
    keptClosed:
      'Replies kept closed: {count}. The database was restored from an older copy, and they may have been read already. Whoever runs the server decides whether they open.',
    erased:
      'Replies erased after the database was restored from an older copy: {count}. They may have been read before: ask for them again.',
    lastReply: 'Last reply {when}',
  },

  empty: {
    heading: 'Nothing here',
    text: 'Send a secret: write it, press “Create secret link”, and send the link to the one person who should read it. Then you see here whether it was opened.',
    request:
      'If you need a secret from a client, make a request: they answer it without an account.',
    newVault:
      'If you have a new vault, what colleagues had shared with you comes back once they add you again.',
  },
  emptyFilter: {
    heading: 'Nothing fits',
    text: 'There is something in your list, or will be, but nothing of this kind.',
    all: 'Show everything',
  },
  secondFactorReset: {
    heading: 'Your second factor was turned off',
    text: 'An owner, or whoever runs this server, turned it off. Signing in takes your password alone until you set it up again. If you did not ask for that, ask them.',
    setUp: 'Set up a second factor',
    seen: 'I have seen it',
    saving: 'Saving …',
  },
  accountsKeyLost: {
    heading: 'The key of second factors is lost',
    who: 'The server has another accounts key than the one by which second factors were stored. People whose app can’t be checked: {count}.',
    what: 'If there is a backup, put `KEYRING_FILE.accounts` back. If not, they sign in with a code of their list; or you turn their second factors off under Settings, Members, and they set them up again.',
  },
  wentBack: {
    heading: 'The database was put back to an older copy',
    when: 'That was noticed on',
    copy: 'The copy is from about',
    ended:
      'Everybody was signed out. Invitations, recovery links and the lists of codes that stand in for authenticator apps were ended, since those that were used or withdrawn after the copy would count again.',
    check:
      'Who is a member, who is an owner, passwords, second factors and who can read which replies are what they were on that day. Who was removed since then has an account again: look through Settings, Members, and make changes of after that day once more.',
    seen: 'I have checked the members',
    saving: 'Saving …',
  },
};
