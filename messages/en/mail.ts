import type { AccessChange } from '@/lib/accounts/outcomes';

interface ChangeWords {
  readonly subject: string;
  readonly heading: string;
  readonly text: string;
  /** What to do where it was not meant. */
  readonly then: string;
}

const NOT_YOU =
  'If that was not you, somebody has your password: set a new one at once, and tell whoever runs this site.';
const ASK_THEM = 'If you do not know why, ask them, in another way than by mail.';

const changes: Readonly<Record<AccessChange, ChangeWords>> = {
  account_made: {
    subject: 'Your account for {brand} is ready',
    heading: 'An account was made for you',
    text: 'An account was made with this address.',
    then: 'If that was not you, somebody else has used your invitation: tell whoever runs this site at once.',
  },
  second_factor_on: {
    subject: 'Second factor on for {brand}',
    heading: 'Your second factor is on',
    text: 'From now on, signing in takes a code from an authenticator app besides your password.',
    then: NOT_YOU,
  },
  second_factor_off: {
    subject: 'Second factor off for {brand}',
    heading: 'Your second factor is off',
    text: 'From now on, signing in takes your password alone, and the codes of your list are erased.',
    then: NOT_YOU,
  },
  second_factor_codes: {
    subject: 'New list of codes for {brand}',
    heading: 'You have a new list of codes',
    text: 'A new list of codes that stand in for your authenticator app was made. Those before stopped working.',
    then: NOT_YOU,
  },
  recovery_code: {
    subject: 'New recovery code for {brand}',
    heading: 'You have a new recovery code',
    text: 'A new recovery code was made for your vault. The one before opens nothing any more.',
    then: NOT_YOU,
  },
  recovery_link: {
    subject: 'A link to a new password for {brand}',
    heading: 'Somebody made a link to a new password for you',
    text: '{by} made a link by which your password can be set anew, to hand it to you. It works once, within an hour.',
    then: 'If you asked for none, change your password now: that ends the link. Then ask them why.',
  },
  made_owner: {
    subject: 'You are an owner of {brand} now',
    heading: 'You are an owner now',
    text: '{by} made you an owner: you can invite and remove people, and decide the policies.',
    then: ASK_THEM,
  },
  made_member: {
    subject: 'You are a member of {brand} now',
    heading: 'You are no owner any more',
    text: '{by} made you a member: inviting people and deciding policies is up to the owners.',
    then: ASK_THEM,
  },
  removed: {
    subject: 'Your account for {brand} was removed',
    heading: 'Your account was removed',
    text: '{by} removed your account. You are signed out everywhere.',
    then: ASK_THEM,
  },
  owner_invited: {
    subject: 'A new owner was invited to {brand}',
    heading: 'A new owner was invited',
    text: '{by} invited {address} as an owner, who can then invite and remove everybody else.',
    then: 'If that is not meant, withdraw the invitation under Settings, Members.',
  },
  second_factor_reset: {
    subject: 'Second factor off for {brand}',
    heading: 'Your second factor was turned off',
    text: '{by} turned your second factor off. Signing in takes your password alone until you set it up again.',
    then: 'If you asked for that, sign in and set it up again. If not, ask them at once, in another way than by mail.',
  },
  email_asked: {
    subject: 'Another address for your account at {brand}',
    heading: 'Your address is about to change',
    text: 'Your account is to have the address {address}, once it is confirmed from there.',
    then: 'If that was not you, somebody has your password: set a new one at once. That ends it.',
  },
  email_changed: {
    subject: 'Another address for your account at {brand}',
    heading: 'Your address was changed',
    text: 'Your account has the address {address} now. This is the last mail to this one.',
    then: 'If that was not you, tell whoever runs this site at once.',
  },
  account_deleted: {
    subject: 'Your account for {brand} is deleted',
    heading: 'Your account is deleted',
    text: 'Your account is deleted, with everything that only you could read. You are signed out everywhere.',
    then: 'If that was not you, tell whoever runs this site.',
  },
  hand_over_asked: {
    subject: 'Please hand your requests over',
    heading: 'Please hand your requests over',
    text: '{by} is about to remove your account. Some of your requests can be read by nobody else: they would stop, and their unopened replies be lost.',
    then: 'Open each of them from the dashboard, and add somebody under “Who can read the replies”.',
  },
  database_restored: {
    subject: 'The database of {brand} was put back to an older copy',
    heading: 'The database was put back to an older copy',
    text: 'Members, roles, passwords, second factors and readers are those of the day of the copy. Everybody was signed out, and invitations, recovery links and the lists of codes that stand in for authenticator apps were ended.',
    then: 'Look through Settings, Members: who was removed after that day has an account again. Make changes of after that day once more.',
  },
};

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
  confirmEmail: {
    subject: 'Confirm your address for {brand}',
    heading: 'Confirm your address',
    text: 'Somebody, most likely you, wants {address} to be the address of their account.',
    button: 'Confirm this address',
    until: 'The link works once, until {when}.',
    notYou: 'If that was not you, ignore this mail: nothing happens without you.',
  },
  guessed: {
    subject: 'Somebody tries to get into your account at {brand}',
    heading: 'Many tries at your account failed',
    text: '{count} tries to get into your account have failed since {when}, most of them lately. Some may be your own.',
    held: 'Browsers in which you never signed in are let try a few dozen times a day at the most. The browsers that you use are not held up by it.',
    secondFactor:
      'A long password that you use nowhere else withstands this. If yours is another one, change it, and turn on a second factor.',
    button: 'Open the dashboard',
    once: 'Your settings show, under Security, how many tries have failed. You get this mail once, until a week has passed without any.',
  },
  wrongCode: {
    subject: 'Your password for {brand} was right, the code was not',
    heading: 'The password was right, the code was not',
    text: 'Somebody tried to sign in to your account on {when}, with the right password and a wrong code of the second factor. They did not get in.',
    notYou:
      'If that was you, mistyping, all is well. If not, somebody has your password: change it at once.',
    button: 'Open the dashboard',
    once: 'You get this mail for the first wrong code, and not again until a week has passed without any failed try.',
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
  accessChanged: { button: 'Open the dashboard', changes },
};
