/** Words of coming back after a forgotten password. */
export const recovery = {
  title: 'New password',
  ask: {
    heading: 'Forgotten your password?',
    lead: 'Enter the address you sign in with. If it has an account, a link to a new password is sent there.',
    submit: 'Send link',
    working: 'Asking',
    doneHeading: 'Look into your mailbox',
    done: 'If {email} has an account here, a mail with a link is on its way. The link works once, within an hour.',
    notThere: 'No mail after some minutes? Look into the spam folder, and check the address.',
    back: 'Back to signing in',
  },
  noMail: {
    heading: 'Mail is not set up here',
    text: 'This site can’t send you a link. Ask an owner of the site: they can make a recovery link for you under Settings, Members, and hand it to you. If you are the only owner, whoever runs the server can make one there.',
  },
  unknown: {
    heading: 'This link can’t be used',
    text: 'It was used already or has expired; or it was changed on its way. Nothing was changed by coming here.',
    again: 'Ask for a new link',
  },

  form: {
    heading: 'Set a new password',
    lead: 'For {email}. All browsers are signed out when you are done.',
    password: 'New password',
    ways: {
      label: 'Your recovery code',
      kept: 'I have it',
      keptHint: 'What clients sent you stays readable.',
      lost: 'I don’t have the code',
      lostHint: 'You get a new, empty vault.',
    },
    recoveryCode: 'Recovery code',
    recoveryCodeHint: 'Eight groups of four letters and digits. Spaces and dashes don’t matter.',
    code: 'Code',
    codeHint:
      'Six digits from your authenticator app, or one of the ten codes that you saved with it.',
    losses: {
      heading: 'What is lost',
      nothing: 'Nothing is lost: there is no request whose replies you can read.',
      lead: 'Your new vault can’t read what you read now. Requests: {requests}. Unopened replies: {replies}.',
      allShared: {
        one: 'Colleagues can still read this request, and can share it with you again.',
        many: 'Colleagues can still read them all, and can share them with you again.',
      },
      allAlone: {
        one: 'Nobody else can read this request: it stops, and whatever waits there unopened is lost for good.',
        many: 'Nobody else can read any of these requests: they stop, and whatever waits there unopened is lost for good.',
      },
      someAlone: {
        one: 'Nobody else can read one of these requests: it stops, and whatever waits there unopened is lost for good. Unopened replies there: {lost}.',
        many: 'Nobody else can read {alone} of these requests: they stop, and whatever waits there unopened is lost for good. Unopened replies there: {lost}.',
      },
      restShared: {
        one: 'Colleagues can still read the other one, and can share it with you again.',
        many: 'Colleagues can still read the others, and can share them with you again.',
      },
      numbersOnly:
        'What was asked for is not shown here, since this page shows itself to whoever has the link.',
      confirm: 'I understand that I lose what is said here',
      confirmNothing: 'I understand that my old vault is replaced',
    },
    submit: 'Set new password',
    untilThen:
      'Nothing has changed yet. Your new password and this code hold once you press this; until then the link can be opened again.',
    steps: { stretching: 'Working with your password', saving: 'Setting the new password' },
  },
};
