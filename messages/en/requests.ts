import type { RequestCondition } from '@/lib/requests/outcomes';

/** The pages on which staff ask for secrets and read the replies. */
export const requests = {
  /** Wherever somebody is chosen, or can read. */
  person: '{name} ({email})',
  create: {
    title: 'New request',
    heading: 'Ask for a secret',
    lead: 'You get a link to send to your client. Only the people you choose can read the reply; the server can’t.',
    question: {
      label: 'What do you need?',
      hint: 'Your client reads this. Say what it is for and where they find it.',
    },
    template: {
      label: 'Ask for',
      hint: 'Your client gets one box for each field below; with none, one box for anything.',
    },
    anything: 'Anything',
    expiresIn: 'Expires after',
    repliesAllowed: {
      label: 'Replies allowed',
      hint: 'From 1 to 50. Each reply can be read once.',
    },
    readers: {
      legend: 'Who else may read the replies',
      hint: 'You can always read them. You can add others later.',
      nobody: 'You are the only one with an account so far.',
    },
    notice: {
      legend: 'Who is told by e-mail',
      me: 'Tell me by e-mail when a reply arrives',
      colleague: 'Tell {name} by e-mail',
      hint: 'The mail says that something arrived, never what.',
      noMail: 'No mail server is set up here, so no mail goes out. Replies show on your dashboard.',
    },
    submit: 'Create request link',
    submitting: 'Creating the link …',
    steps: { making: 'Making the keys', sending: 'Storing the request' },
    retry: 'What you typed is still here.',
    reload: 'Copy what you typed, then reload the page.',
  },
  result: {
    heading: 'Your request is ready',
    lead: 'Send this link to the person whose secret you need.',
    link: 'Request link',
    copy: 'Copy link',
    mail: {
      label: 'Text for an e-mail',
      copy: 'Copy text',
      text: 'Hello,\n\nplease send us this:\n\n{question}\n\nUse this link, it takes a minute and needs no account:\n{link}\n\nWhat you send is encrypted so that only we can read it. Please don’t send it by e-mail. The link works until {when}.\n',
    },
    expires: 'It takes replies until {when}.',
    whole:
      'Send the whole link: the part after “#” lets your client’s browser check whom it encrypts for.',
    qr: 'Show QR code',
    qrLabel: 'QR code of the request link',
    qrFailed: 'The QR code could not be drawn. Copy the link instead.',
    inbox: 'See this request and its replies',
    another: 'Create another request',
  },
  inbox: {
    title: 'Request',
    conditions: {
      open: 'Takes replies',
      full: 'Has all its replies',
      closed: 'Closed',
      expired: 'Expired',
      ended: 'Ended, all is erased',
    } satisfies Record<RequestCondition, string>,
    facts: {
      state: 'State',
      askedBy: 'Asked by',
      nobody: 'somebody without an account any more',
      created: 'Created',
      expires: 'Takes replies until',
      keepUntil: 'All is erased on',
      replies: 'Replies',
      count: '{received} of {allowed}',
      fields: 'Fields',
      free: 'one free reply',
    },
    link: {
      heading: 'The link',
      lead: 'The same link as before: send it again if it got lost.',
      colleague: 'The link as {name} shared it with you: send it again if it got lost.',
      unproven:
        'Send it again only if it is, to the last character, the link that was sent before.',
    },
    replies: {
      heading: 'Replies',
      none: 'No reply has arrived yet.',
      item: 'Reply {number}',
      arrived: 'Arrived {when}',
      seal: {
        browser: 'encrypted in the client’s browser',
        server: 'encrypted by the server, as the client had no JavaScript',
      },
      waiting: 'Can be opened once.',
      onlyTime:
        'Opening it is the only time: whoever of those who can read it opens it, it is gone for all the others.',
      onlyTimeAlone: 'Opening it is the only time: it is shown once, to you, and then it is gone.',
      waitingForOthers: 'Waits for one of those who can read it; you can’t.',
      keptClosed:
        'Kept closed for now: the database was restored from an older copy, so this reply may have been read already. Whoever runs the server decides whether it opens or is erased.',
      unreadable: 'Nobody can open it any more.',
      openedBy: 'Opened by {name} on {when}.',
      opened: 'Opened on {when}.',
      destroyed: {
        client: 'Taken back by the client on {when}, unread.',
        restore:
          'Erased on {when}, after the database was restored. It may have been read before that.',
        request_end: 'Erased on {when}, unread.',
      },
      open: 'Open reply',
      opening: 'Opening …',
      repeat:
        'You opened this reply, but its arrival was never confirmed. For a short while you can fetch it again.',
    },
    opened: {
      region: 'Reply',
      onlyCopyUntil:
        'This was the only copy, and it opens for nobody else. Should you reload or go back, this tab can show it again until {when}; then it is gone from the server.',
      onlyCopy: 'This was the only copy. It is gone from the server and opens for nobody any more.',
      copy: 'Copy reply',
      fileName: 'reply.txt',
      leaves:
        'It leaves the screen when you go back; when you close the tab, nothing here can show it again. When your vault locks, or the page is in the background for ten minutes, it is hidden, and your vault shows it again.',
      masked: 'The reply is hidden. It is still on this page.',
      deleted: 'The reply is not on this page any more. There is no other copy here.',
      hidden: 'The reply is hidden. This tab still has it, sealed; your vault opens it again.',
      showAgain: 'Show it again',
    },
    noAccess:
      'You manage this request, but you are not one of those who can read its replies. Each of them can add you again: if you have a new vault, ask one of them to.',
    otherVault: {
      heading: 'Your vault can’t open this request',
      text: 'It was shared with an earlier vault of yours, or what is stored was altered. Ask {name} to remove you from the readers and add you again.',
      somebody: 'whoever asked',
    },
    altered: {
      heading: 'This request was altered',
      text: 'Your vault made this request, and what the server keeps of it now is something else: another key, another question, or another copy of the key. Don’t send its link again, don’t trust replies to it, and tell whoever runs the server. Destroy it and ask anew.',
    },
    unproven: {
      heading: 'Nobody can prove whose key this request has',
      text: 'It was made or shared before keys were checked, or by somebody who has a new vault since, or no account any more. If its link is not, to the last character, the one that your client got, somebody may have put their own key in its place: then don’t send it, and ask anew.',
    },
    readers: {
      heading: 'Who can read the replies',
      lost: 'Somebody who could read the replies can’t since {when}: they have a new vault, or no account any more. Add whoever should read on.',
      add: 'Add a colleague',
      tell: 'Tell them by e-mail when a reply arrives',
      addSubmit: 'Add',
      adding: 'Adding …',
      choose: 'Choose somebody',
      notChosen: 'Choose whom to add first. Nobody was added.',
      giveBack:
        'Whoever asked can’t read the replies, perhaps since they have a new vault. You can, so you can let them read again.',
      everybody: 'There is no other account to add.',
      remove: 'Remove {name}',
      removing: 'Removing …',
      removeSelf: {
        byCreator:
          'You can’t read the replies any more then, unless another reader adds you again. You can still close or destroy the request.',
        byReader:
          'You can’t see this request any more then, unless another of its readers adds you again.',
        confirm: 'Remove me',
        keep: 'Stay a reader',
      },
      you: '{name} (you)',
    },
    notice: {
      heading: 'Who is told by e-mail when a reply arrives',
      nobody: 'Nobody.',
      start: 'Tell me by e-mail',
      stop: 'Stop telling me',
      pending: 'Saving …',
    },
    manage: {
      heading: 'Change this request',
      extend: {
        label: 'Let it run, from now on, for',
        hint: 'Counted from now. What came can be read for 30 days longer than that.',
        hintFull:
          'It has all its replies. What came is kept for 30 days longer than the time you choose, counted from now.',
        submit: 'Extend',
        pending: 'Extending …',
        takes: {
          longer: 'It takes replies until {when} now.',
          unchanged: 'Nothing changed: it takes replies until {when} already.',
        },
        kept: {
          longer: 'It is kept until {when} now.',
          unchanged: 'Nothing changed: it is kept until {when} already.',
        },
      },
      close: {
        hint: 'Take no more replies. What came can still be read.',
        submit: 'Close request',
        pending: 'Closing …',
        question:
          'Close it? Whoever is writing a reply can’t send it any more, and a closed request does not open again.',
        confirm: 'Close request',
        keep: 'Leave it open',
      },
      destroy: {
        hint: 'Erase the request and every reply that nobody has read. This can’t be undone.',
        submit: 'Destroy request',
        pending: 'Destroying …',
        question:
          'Destroy it? The link takes no more replies, and those that nobody has read are erased. This can’t be undone.',
        confirm: 'Destroy it for good',
        keep: 'Keep it',
      },
      done: 'Done.',
    },
    unknown: {
      heading: 'There is no request here for you',
      lead: 'This address belongs to no request that you made or may read.',
      causes: [
        'It ended some time ago, and what was known of it has been deleted.',
        'It is a colleague’s, who has not shared it with you, or not again since you have a new vault.',
        'The address is incomplete.',
      ],
      next: 'Go to the dashboard',
    },
  },
};
