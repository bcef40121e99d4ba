/** The page behind a request's link, where a client replies; and the client's own status page. */
export const reply = {
  title: 'A request for you',
  from: 'From {brand}',
  heading: '{name} asks you for something secret',
  headingNobody: '{brand} asks you for something secret',
  asksFor: 'What is needed',
  readers: 'Only {names} can read what you send.',
  seal: 'It is encrypted before it leaves this page. Not even the server can read it.',
  sealOnServer:
    'Without JavaScript the server encrypts what you send as soon as it arrives and keeps no readable copy.',
  until: 'You can reply until {when}.',
  free: { label: 'Your reply', hint: 'A password, a key, a few lines: any text.' },
  submit: 'Send securely',
  steps: { sealing: 'Encrypting in your browser', sending: 'Sending the encrypted reply' },
  submitting: 'Sending …',
  retry: 'What you typed is still here.',
  reload: 'Copy what you typed, then reload the page.',
  empty: {
    question: 'You left {fields} empty. Send anyway?',
    anyway: 'Send anyway',
    back: 'Fill in the rest',
    box: 'What I leave empty is meant to be empty',
    boxHint:
      'Tick this if you do not fill in everything. Without it, nothing is sent then, and you have to type everything again.',
  },
  retype: 'What you typed is never sent back to your browser: please enter it again.',

  checking: {
    heading: 'Looking at your link',
    text: 'This takes a moment.',
  },
  incomplete: {
    heading: 'This link is incomplete',
    text: 'The part after “#” is missing, or its end is. It proves that what you send can be read only by the people who asked. Go back to the message you got, copy the whole link to its very end, and paste it into the address bar.',
  },
  altered: {
    heading: 'This link was changed on its way',
    text: 'The part after “#” is not as it was made. It proves that what you send can be read only by the people who asked. Go back to the message you got, copy the link to its very end, and paste it into the address bar.',
  },
  mismatch: {
    heading: 'Do not send anything',
    text: 'This page was given another key or another question than the one your link was made for. What you send could be read by somebody else, so nothing can be sent from here.',
    next: 'Tell the people who asked you, by phone or another way you trust, and ask them for a new link.',
  },
  needsHttps: {
    heading: 'Your browser can’t encrypt here',
    text: 'What you send has to be encrypted in your browser, which offers no encryption to this page: browsers do so only over https. Try another browser, or tell the people who asked you.',
  },

  sent: {
    heading: 'Sent',
    lead: 'Only {names} can read it, and only once.',
    leadNobody: 'Only the people who asked can read it, and only once.',
    seal: {
      browser: 'Your browser encrypted it. The server stores what it can’t read.',
      server: 'The server encrypted it at once and kept no readable copy.',
    },
    when: 'It was sent on {when}.',
    close:
      'You can close this page. It is sent, even if the link shows an empty form again: that is for another reply.',
    track: 'See what became of it, or take it back',
    trackHint: 'That page is for you alone. Keep its address if you want to look again.',
  },

  full: {
    heading: 'This request has been answered',
    text: 'It has all the replies that it allows. If one of them was yours, all is well.',
    next: 'If you still have something to send, ask for a new link.',
  },
  closed: {
    heading: 'This request is closed',
    text: 'The people who asked take no more replies through this link.',
    next: 'If you still have something to send, ask them for a new link.',
  },
  expired: {
    heading: 'This request has expired',
    text: 'Its time ran out, so it takes no more replies.',
    next: 'If you still have something to send, ask for a new link.',
  },
  unknown: {
    heading: 'There is no request here',
    lead: 'This link leads nowhere. That can have several causes:',
    causes: [
      'The request ended some time ago.',
      'The link is incomplete or was changed on its way: copy it again, to its very end.',
      'It was never a link to a request.',
    ],
    next: 'Ask for a new link. Nothing was sent by coming here.',
  },
  failed: {
    heading: 'Not just now',
    retry: 'Try again',
  },

  status: {
    title: 'Status of your reply',
    heading: {
      waiting: 'Waiting to be read',
      keptClosed: 'Kept closed for now',
      opened: 'Read',
      client: 'Taken back by you',
      restore: 'Erased after the database was restored',
      request_end: 'Destroyed unread',
    },
    lead: {
      waiting: 'Nobody has read your reply yet.',
      keptClosed:
        'The database of the site was restored from an older copy, so your reply may have been read already. It stays closed until whoever runs the site decides: then it opens all the same, or is erased.',
      opened:
        'Your reply was opened. Nobody else can open it; for a few minutes at most, the tab that opened it can show it again.',
      client: 'Nobody read your reply, and nobody can any more.',
      restore:
        'The database of the site was restored from an older copy, and your reply was erased with what waited in it. It may have been read before that. While the request takes replies, you can send it again by the link that you were given.',
      request_end: 'The request ended before anybody read your reply. It is gone for good.',
    },
    facts: {
      question: 'What was asked',
      askedBy: 'Asked by',
      sent: 'Sent',
      opened: 'Read',
      openedBy: 'Read by',
      destroyed: 'Destroyed',
      keepUntil: 'Erased, read or not',
      readers: 'Who can read it',
      added: ', added on {when}, after you sent it',
      seal: 'Encrypted',
      seals: { browser: 'in your browser', server: 'on the server' },
    },
    destroy: {
      heading: 'Sent by mistake?',
      hint: 'Take it back while nobody has read it. This can’t be undone.',
      button: 'Destroy now',
      question:
        'Destroy your reply? Nobody can read it any more then, you neither, and this can’t be undone.',
      confirm: 'Destroy now',
      keep: 'Keep it',
      pending: 'Destroying …',
      done: 'Your reply was destroyed. Nobody has read it. While the request takes replies, you can send another by the link that you were given.',
      tooLate: 'It was too late to take it back: it was read already.',
    },
    keep: {
      waiting:
        'Keep the address of this page if you want to look again. It can’t show your reply, but it can destroy it.',
      ended: 'Keep the address of this page if you want to look again. It can’t show your reply.',
    },
  },
};
