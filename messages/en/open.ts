/** The page behind a secret link: before, after, and when there is nothing to open. */
export const open = {
  title: 'A secret for you',
  from: 'From {brand}',

  waiting: {
    heading: 'Somebody sent you a secret',
    lead: 'It can be shown once, on this device. After that it is gone from {brand}, and this link opens nothing any more.',
    until: 'You can open it until {when}.',
    passphrase: {
      label: 'Passphrase',
      hint: 'The sender gave it to you another way than this link.',
      missing: 'Enter the passphrase first. If you have none, ask the sender.',
    },
    show: 'Show it to me now',
    showHint: 'A person ticks this box; the robots that check links in e-mail don’t.',
    open: 'Open secret',
    opening: 'Opening …',
    destroy: 'Destroy without opening',
    destroying: 'Destroying …',
    destroyQuestion: {
      question:
        'Destroy it unread? Nobody can open this secret any more then, you neither, and this can’t be undone.',
      confirm: 'Destroy without opening',
      keep: 'Keep it',
    },
    pressYourself: 'Nothing was opened. Press the button yourself to open the secret.',
    wrongPassphrase:
      'This is not the right passphrase. {count} tries are left; then the secret is destroyed. Check it letter by letter: capital letters and spaces may count.',
    fewTries: '{count} of 10 tries are left; then the secret is destroyed.',
    oneTry: 'One try is left: if it is wrong, the secret is destroyed. Ask the sender first.',
    lastTry:
      'This is not the right passphrase. One try is left: if it is wrong too, the secret is destroyed. Ask the sender first.',
    cancel: 'Cancel',
    retry: 'Try again',
    reload: 'Reload the page',
    steps: {
      stretching: 'Checking the passphrase',
      fetching: 'Fetching the secret',
      destroying: 'Destroying the secret',
    },
    stretchingLong: 'Still at work; an older phone may need half a minute',
  },

  looking: {
    heading: 'Looking at your link',
    text: 'This takes a moment. Nothing is opened by looking.',
    late: 'What this page needs has not arrived yet, and nothing was opened. Load the page again, or use another browser.',
  },
  failed: {
    heading: 'Not just now',
    text: 'Whether there is a secret behind this link can’t be told at the moment. Nothing was opened by coming here.',
  },
  needsScript: {
    heading: 'This link needs JavaScript',
    text: 'The secret behind this link can only be decrypted in your browser, and JavaScript is switched off in it. Nothing was opened. Allow JavaScript for this page and load it again, or open the link in another browser.',
    alternative:
      'Or ask the sender for a link that opens without JavaScript: they choose it under “More options”.',
  },
  needsHttps: {
    heading: 'Your browser can’t decrypt here',
    text: 'The secret behind this link can only be decrypted in your browser, which offers no encryption to this page: browsers do so only over https. Nothing was opened. Try another browser, or tell the sender.',
  },
  incomplete: {
    heading: 'This link is incomplete',
    text: 'The part after “#” is missing: it is the key to the secret. Some programs cut it off. Nothing was opened: go back to the message you got, copy the whole link to its very end, and paste it into the address bar.',
  },

  opened: {
    heading: 'Your secret',
    onlyCopy:
      'This was the only copy. It is gone from the server, and the link opens nothing any more.',
    onlyCopyUntil:
      'This was the only copy. The link opens nothing for anybody else; should you reload or go back, this tab can show it again until {when}. Then it is gone from the server.',
    onlyCopyForNow:
      'This was the only copy, and the link opens nothing any more. For a short time, reloading this page shows it again; going back, or opening the link anew, does not.',
    keep: 'Put it in a safe place now, then close this page.',
    masked: 'Your secret is hidden. It is still on this page.',
    region: 'Secret',
    copy: 'Copy secret',
    fileName: 'secret.txt',
    announced: 'The secret is shown below.',
  },
  hidden: {
    heading: 'The secret is not here any more',
    byPerson:
      'You deleted it from this page. There is no other copy here: the link opens nothing any more.',
    byLeaving:
      'It left this page while you were away. There is no other copy here: the link opens nothing any more.',
  },
  shownBefore: {
    heading: 'You opened this secret already',
    text: 'It was shown in this tab on {when}, and that was the only copy. If you need it again, ask the sender to send it again.',
  },
  again: {
    heading: 'You can see your secret again',
    text: 'You opened it in this tab, and this tab can show it again for a short while. Then it is gone for good: put it in a safe place.',
  },
  repeat: {
    heading: 'The secret may not have reached you',
    text: 'It was opened in this tab, but its arrival was never confirmed. For a short while this tab, and no other, can fetch it again.',
  },

  ended: {
    opened: {
      heading: 'This secret was opened already',
      when: 'It was opened on {when}, and secrets here can be opened only once.',
      alarm: 'If that was not you, tell the sender now: somebody else has read it.',
    },
    expired: {
      heading: 'This secret has expired',
      when: 'Its time ran out on {when}, and nobody had opened it. It is gone for good.',
      next: 'If you still need it, ask the sender to send it again.',
    },
    sender: {
      heading: 'The sender destroyed this secret',
      when: 'That was on {when}. Nobody had opened it, and nobody can any more.',
      next: 'If you still need it, ask the sender.',
    },
    recipient: {
      heading: 'This secret was destroyed unopened',
      when: 'That was on {when}, through this link. Nobody had opened it, and nobody can any more.',
      next: 'If that was not you, tell the sender.',
    },
    wrong_passphrases: {
      heading: 'This secret was destroyed',
      when: 'Ten wrong passphrases were entered, the last on {when}. Nobody has read it, and nobody can any more.',
      next: 'If you need it, ask the sender to send it again. If those tries were not yours, tell them that too.',
    },
    restore: {
      heading: 'This secret was erased',
      when: 'The database of this site was restored from an older copy, and what still waited in it was erased on {when}. This secret may have been read before that.',
      next: 'Ask the sender to send it again. If you never opened it, tell them that too.',
    },
  },
  unreadable: {
    heading: 'This secret can’t be read any more',
    text: 'What is stored of it was altered or damaged. Nothing was shown to anybody by this, and nothing was used up.',
    next: 'Tell the sender, and ask them to send it again.',
  },
  unknown: {
    heading: 'There is no secret here',
    lead: 'This link opens nothing. That can have several causes:',
    causes: [
      'The secret was opened already, has expired or was destroyed, some time ago.',
      'The link is incomplete or was changed on its way: copy it again, to its very end.',
      'It was never a link to a secret.',
    ],
    next: 'Ask the sender to send it again. Nothing was opened by coming here.',
  },
};
