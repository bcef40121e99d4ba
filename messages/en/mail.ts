/**
 * Words of what is sent by mail. `subject` and `text` may quote a name or a note; none of them ever
 * quotes a secret.
 */
export const mail = {
  greeting: 'Hello {name},',
  plainLink: 'Or copy this address into your browser:',
  footer: '{brand} sent this mail by itself: nobody reads answers to it.',

  invitation: {
    subject: '{inviter} invites you to {brand}',
    subjectNobody: 'You are invited to {brand}',
    heading: 'You are invited',
    text: '{inviter} invites you to {brand}, where you send passwords and other secrets through links that open once, and ask your clients for theirs.',
    textNobody:
      'You are invited to {brand}, where you send passwords and other secrets through links that open once, and ask your clients for theirs.',
    roles: {
      OWNER: 'As an owner you also decide who else is invited.',
      MEMBER: '',
    },
    button: 'Create your account',
    until: 'The link works once, until {when}.',
    notYou: 'If you expected no invitation, ignore this mail: nothing happens without you.',
  },
  recovery: {
    subject: 'Set a new password for {brand}',
    heading: 'Set a new password',
    text: 'Somebody, most likely you, asked for a new password for your account.',
    keep: 'Have your recovery code at hand: without it, replies that you have not opened yet stay closed for good.',
    button: 'Set a new password',
    until: 'The link works once, until {when}.',
    notYou: 'If that was not you, ignore this mail: your password stays as it is.',
  },
  replyArrived: {
    subject: 'A reply arrived: {question}',
    heading: 'A reply arrived',
    text: 'The request “{question}” has a new reply.',
    once: 'It opens once, for those who were chosen as its readers.',
    several: {
      subject: '{count} replies wait: {question}',
      heading: '{count} replies wait for you',
      text: 'When this mail was written, {count} replies to the request “{question}” were waiting unread.',
      once: 'Each opens once, for those who were chosen as readers.',
    },
    quiet: 'While a reply waits unread, no further mail tells you of more.',
    button: 'Open the dashboard',
    notHere: 'The reply itself is not in this mail, and no key to it either: sign in to read it.',
  },
  secretOpened: {
    subject: 'Opened: {what}',
    subjectNobody: 'A secret of yours was opened',
    heading: 'Your secret was opened',
    text: '“{what}” was opened on {when}.',
    textNobody: 'A secret of yours was opened on {when}.',
    button: 'Open the dashboard',
    alarm: 'If your recipient did not open it, somebody else has read it: change what was in it.',
  },
  secretDestroyed: {
    subject: 'Destroyed unread: {what}',
    subjectNobody: 'A secret of yours was destroyed unread',
    heading: 'Your secret was destroyed unread',
    text: {
      recipient: 'Somebody with the link destroyed “{what}” on {when}, without opening it.',
      wrong_passphrases:
        'Somebody with the link entered ten wrong passphrases for “{what}”. It was destroyed on {when}.',
    },
    textNobody: {
      recipient:
        'Somebody with the link destroyed a secret of yours on {when}, without opening it.',
      wrong_passphrases:
        'Somebody with the link entered ten wrong passphrases for a secret of yours. It was destroyed on {when}.',
    },
    button: 'Open the dashboard',
    unread: 'Nobody has read it, and nobody can any more. If it is still needed, send it again.',
  },
  passwordChanged: {
    subject: 'Your password for {brand} was changed',
    heading: 'Your password was changed',
    text: 'The password of your account was changed, and all its other sessions were ended.',
    button: 'Open the dashboard',
    notYou: 'If that was not you, set a new password at once, and tell whoever runs this site.',
  },
};
