/** The sender's page about one secret. */
export const status = {
  title: 'Status',
  heading: {
    waiting: 'Waiting to be opened',
    keptClosed: 'Kept closed for now',
    opened: 'Opened',
    expired: 'Expired unopened',
    sender: 'Destroyed by you',
    recipient: 'Destroyed by the recipient',
    wrong_passphrases: 'Destroyed after wrong passphrases',
    restore: 'Erased after the database was restored',
  },
  lead: {
    waiting: 'Nobody has opened this secret yet.',
    keptClosed:
      'The database was restored from an older copy, so this secret may have been read already. It stays closed until whoever runs the server decides: then it opens all the same, or is erased.',
    opened:
      'The secret was opened. Nobody else can open it; for a few minutes at most, the tab that opened it can show it again.',
    expired: 'Nobody opened the secret in time. It is gone for good.',
    sender: 'Nobody opened the secret, and nobody can any more.',
    recipient: 'Somebody with the link destroyed the secret without opening it.',
    wrong_passphrases:
      'Somebody with the link entered ten wrong passphrases. Nobody has read the secret, and nobody can any more.',
    restore:
      'The database was restored from an older copy, and what still waited in it was erased, this secret too. It may have been read before that. Send it again if it is still needed.',
  },
  alarm: 'If your recipient did not open it, somebody else has read it: change what was in it.',
  facts: {
    note: 'Your note',
    created: 'Created',
    expires: 'Expires',
    expired: 'Would have expired',
    ended: {
      opened: 'Opened',
      expired: 'Expired',
      sender: 'Destroyed',
      recipient: 'Destroyed',
      wrong_passphrases: 'Destroyed',
      restore: 'Erased',
    },
    seal: 'Encrypted',
    seals: { browser: 'in your browser', server: 'on the server' },
    passphrase: 'Passphrase',
    noPassphrase: 'none',
    wrongPassphrases: 'set; {count} of 10 tries used up by wrong ones',
  },
  destroy: {
    heading: 'Sent to the wrong person?',
    hint: 'Destroy it while nobody has opened it. This can’t be undone.',
    button: 'Destroy now',
    question:
      'Destroy this secret? The link opens nothing any more then, for nobody, and this can’t be undone.',
    confirm: 'Destroy now',
    keep: 'Keep it',
    pending: 'Destroying …',
    done: 'The secret was destroyed. The link opens nothing any more.',
    tooLate: 'It was too late to destroy it.',
  },
  keep: {
    waiting:
      'Keep the address of this page if you want to look again. It can’t open the secret, but it can destroy it.',
    ended: 'Keep the address of this page if you want to look again. It can’t open anything.',
  },
  unknown: {
    heading: 'There is nothing here',
    lead: 'This address belongs to no secret that the server still knows.',
    causes: [
      'Its secret ended, and what was known of it has been deleted: within hours where it waited up to 4 hours, else after days or weeks.',
      'The address was changed on its way: copy it again, to its very end.',
    ],
    home: 'Send a secret',
  },
  unavailable: {
    heading: 'Not just now',
    retry: 'Try again',
  },
};
