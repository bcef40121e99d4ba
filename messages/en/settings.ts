/** Words of the settings: one's own account, and what owners decide for everybody. */
import type { Role } from '@/lib/accounts/outcomes';

const roles: Readonly<Record<Role, { readonly label: string; readonly hint: string }>> = {
  MEMBER: { label: 'Member', hint: 'Sends secrets and asks clients for theirs.' },
  OWNER: {
    label: 'Owner',
    hint: 'An owner also invites and removes people, and decides the policies.',
  },
};

export const settings = {
  title: 'Settings',
  navigation: {
    label: 'Settings',
    you: 'You',
    security: 'Security',
    members: 'Members',
    policies: 'Policies',
  },
  /** Where the instance is reached by plain http over a network. */
  plainAddress: {
    heading: 'This site is reached without https',
    text: 'Links, passphrases and sign-ins can be read on the way. Whoever runs the server should put https in front of it and set APP_URL to match.',
  },
  saved: 'Saved.',
  working: 'Saving',
  checking: 'Working with your password',
  you: {
    heading: 'You',
    profile: { heading: 'Profile', email: 'You sign in as {email}.', submit: 'Save name' },
    password: {
      heading: 'Password',
      lead: 'Changing it signs you out everywhere else at once. What clients sent you stays readable, and your recovery code stays the same.',
      current: 'Current password',
      next: 'New password',
      submit: 'Change password',
      done: 'Your password is changed. Every other browser was signed out.',
    },
    email: {
      heading: 'E-mail address',
      lead: 'The new address gets a link that confirms it; until then nothing changes. The old one is told.',
      leadNoMail:
        'Mail is not set up here, so nobody can confirm the new address: it counts at once. Check it twice.',
      label: 'New e-mail address',
      submit: 'Change address',
      asked: 'A mail with a link is on its way to {email}. Open it there to confirm the address.',
      changed: 'You sign in as {email} from now on.',
    },
  },

  deleteAccount: {
    title: 'Delete account',
    heading: 'Delete your account',
    sectionLead: 'What clients sent to you alone goes with it.',
    open: 'Delete my account',
    lead: 'You are signed out everywhere, and what only you can read is lost. Links that you sent stay good.',
    onlyOwner:
      'You are the only owner of this site, and somebody has to be. Make somebody else an owner first, under Members; then you can delete your account here.',
    nothingAlone: 'There is no request whose replies only you can read: nothing is lost.',
    aloneHeading: 'What only you can read',
    aloneLead:
      'These requests stop, and their unopened replies are lost for good. To hand one over, open it and add somebody under “Who can read the replies”.',
    unopened: 'unopened replies: {count}',
    submit: 'Delete my account',
    question: 'Your account is deleted at once. This can’t be undone.',
    confirm: 'Yes, delete my account',
    keep: 'Keep my account',
  },

  security: {
    heading: 'Security',
    secondFactor: {
      heading: 'Second factor',
      off: 'Off. With it on, signing in takes a code from your phone besides the password.',
      on: 'On. Signing in takes a code from your authenticator app.',
      codesLeft: 'Recovery codes left: {count} of 10.',
      setUp: 'Set up a second factor',
      change: 'Change',
    },
    vault: {
      heading: 'Vault',
      lead: 'What clients send you is readable in this browser while the vault is open.',
      open: 'The vault is open in this browser.',
      locked: 'The vault is locked in this browser.',
      lockNow: 'Lock now',
      minutes: 'Lock when unused for',
      choices: { 5: '5 minutes', 15: '15 minutes', 60: '1 hour', 480: '8 hours' },
      submit: 'Save lock time',
      recoveryCode: 'New recovery code',
      recoveryCodeLead: 'Lost your recovery code, or somebody saw it? Make a new one.',
    },
    sessions: {
      heading: 'Where you are signed in',
      unknownDevice: 'A browser',
      thisOne: 'this browser',
      lastSeen: 'Last used',
      end: 'Sign out',
      endOf: 'Sign out {device}',
      ending: 'Signing out …',
      endOthers: 'Sign out everywhere else',
    },
    failed: {
      heading: 'Failed tries',
      lead: 'Wrong passwords and codes for your account, your own among them, and tries that came too soon to be looked at. Browsers that are new to your account are let try a few dozen times a day; those you have used are not held up by them.',
      none: 'None in the last seven days.',
      one: 'One failed try, on',
      many: '{count} failed tries since',
    },
  },

  secondFactor: {
    title: 'Second factor',
    setUpHeading: 'Set up a second factor',
    setUpLead:
      'You need an authenticator app on your phone. First enter your password: nobody else at your desk should do this.',
    setUp: 'Continue',
    scanHeading: 'Add this site to your app',
    scanLead:
      'Scan the code with the app, save the codes below, then enter the six digits that the app shows.',
    qrLabel: 'QR code for the authenticator app',
    key: 'Key',
    keyHint: 'To type into the app where it can’t scan.',
    copyKey: 'Copy key',
    openApp: 'Open in your authenticator app',
    code: 'Code',
    listHeading: 'Save your recovery codes',
    listLead:
      'If you lose your phone, each of these codes signs you in once. Nobody can show them to you again.',
    turningOn: {
      untilThen: 'Until you press the button below, your second factor is off.',
      codeHint: 'The six digits that the app shows now.',
      saved: 'I have saved them: turn it on',
      saving: 'Turning your second factor on',
    },
    listRegion: 'Recovery codes',
    copyList: 'Copy codes',
    downloadList: 'Download',
    fileName: 'second-factor-codes.txt',
    fileText:
      'Recovery codes of the second factor for {brand} ({email}), each good once:\n\n{codes}\n',
    onHeading: 'Second factor',
    onLead: 'Signing in takes a code from your authenticator app.',
    renewHeading: 'New recovery codes',
    renewLead:
      'Ten new codes. Those before work until you say that you have saved the new ones, with a code of your app or one of those before.',
    renew: 'Make new codes',
    renewing: {
      untilThen: 'Until you press the button below, the codes before work, and these do not.',
      codeHint: 'Six digits from your authenticator app, or one of the codes before these.',
      saved: 'I have saved them',
      saving: 'Putting the new codes in force',
    },
    offHeading: 'Turn it off',
    offLead:
      'Signing in takes your password alone then, and your recovery codes are erased. It takes a code of your app, or one of those.',
    turnOff: 'Turn off',
    back: 'Back to security',
  },

  recoveryCode: {
    title: 'New recovery code',
    heading: 'New recovery code',
    lead: 'The code that keeps what clients sent you readable if you forget your password. The one before works until you say that you have saved the new one.',
    submit: 'Make a new code',
    untilThen: 'Until you press the button below, the code before works, and this one does not.',
    saving: 'Putting the new code in force',
  },

  roles,
  members: {
    heading: 'Members',
    listHeading: 'Who has an account',
    you: 'you',
    secondFactorOn: 'second factor on',
    secondFactorOff: 'no second factor',
    manage: 'Manage {name}',
    makeOwner: 'Make owner',
    makeOwnerLead:
      '{name} can then invite and remove people, you among them, and decide the policies. {told}',
    makeOwnerConfirm: 'Yes, make owner',
    makeMember: 'Make member',
    makeMemberLead:
      '{name} can’t invite and remove people any more, and their open invitations end. {told}',
    makeSelfMemberLead:
      'You can’t invite and remove people any more then, and your open invitations end.',
    makeMemberConfirm: 'Yes, make member',
    told: {
      byMail: 'They are told by mail.',
      byNobody: 'Mail is not set up here, so nobody tells them: do it yourself.',
    },
    keep: 'Keep as it is',
    lastOwner:
      'The only owner: make somebody else one before this account can be a member’s or be removed.',
    recoveryLead:
      'Forgot the password? Make a link to a new one and hand it over yourself. It works once, within an hour.',
    recoveryLink: 'Make recovery link',
    recoveryQuestion: 'Whoever has this link can set a password for {name}. {told}',
    recoveryConfirm: 'Yes, make the link',
    removeLead:
      '{name} is signed out at once and can’t read replies any more. Requests that nobody else can read end, and their unread replies are erased. This can’t be undone. {told}',
    resetLead: 'Lost phone and list of codes? Turn the second factor off; they set it up again.',
    reset: 'Turn second factor off',
    resetQuestion:
      'Signing in as {name} takes the password alone then, and when they sign in next, a notice tells them. {told}',
    resetConfirm: 'Yes, turn it off',
    lossLead:
      'What nobody but {name} can read stops with the account, and its unopened replies are lost:',
    lossOf: 'a request of',
    lossReplies: 'unopened replies: {count}',
    handOverLead:
      'What they are about only {name} can see, and only {name} can share them with somebody else.',
    handOver: 'Ask {name} by mail to hand them over',
    handOverDone: 'A mail is on its way. Remove the account when this list is empty.',
    handOverNoMail: 'Ask {name} yourself to share them first.',
    remove: 'Remove {name}',
    removeConfirm: 'Yes, remove this account',
    removeKeep: 'Keep this account',
    removed: '{name} has no account here any more.',
    working: 'Working …',
  },
  invitations: {
    heading: 'Invite somebody',
    role: 'Role',
    submit: 'Invite',
    ownerLead: 'An owner can do everything that you can, so enter your password once more.',
    ownersTold: 'All owners are told by mail.',
    ownersNotTold: 'Mail is not set up here, so the other owners hear of it from you alone.',
    listHeading: 'Waiting invitations',
    none: 'No invitation is waiting.',
    until: 'Good until',
    revoke: 'Withdraw',
    revokeOf: 'Withdraw the invitation of {email}',
    revoking: 'Withdrawing …',
  },
  link: {
    invitation: 'Invitation link',
    recovery: 'Recovery link',
    mailed: 'A mail with this link is on its way to {email}. You can also send it yourself:',
    notMailed:
      'Mail is not set up here, so none went to {email}. Copy the link and send it yourself:',
    handOver: 'Hand this link to {email} yourself, in a way that reaches nobody else:',
    once: 'It works once. It is shown only now.',
    copy: 'Copy link',
  },

  policies: {
    heading: 'Policies',
    lead: 'For every link that is made from now on. Links that exist stay as they are.',
    whoMaySend: {
      label: 'Who may send',
      anyone: 'Anyone who reaches the page',
      anyoneHint: 'Nobody needs an account to make a link.',
      members: 'Members only',
      membersHint: 'Sending takes an account. Opening and replying never do.',
    },
    longestExpiry: 'Longest expiry',
    passphraseRequired: 'Require a passphrase',
    passphraseHint: 'Every secret must be locked with a passphrase as well.',
    submit: 'Save policies',
  },
};
