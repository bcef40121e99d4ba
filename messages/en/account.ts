import type { PartingWord } from '@/lib/browser/leave-page';

/** Words of signing up, signing in, and of the vault. */
export const account = {
  ownersOnly: {
    heading: 'This is for owners',
    text: 'Only the owners of this site can see and change this.',
    back: 'Your settings',
  },
  notNow: { heading: 'Not just now', retry: 'Try again' },

  fields: {
    name: { label: 'Name', hint: 'As clients and colleagues should see it.' },
    email: { label: 'E-mail' },
    password: {
      label: 'Password',
      show: 'Show password',
      newHint:
        'At least 12 characters. It never leaves this browser; what clients send you is encrypted with it.',
    },
    code: {
      label: 'Code',
      hint: 'Six digits from your authenticator app, or one of the ten codes that you saved with it.',
    },
  },
  steps: {
    stretching: 'Working with your password',
    signingIn: 'Signing in',
    creating: 'Creating the account',
    unlocking: 'Unlocking',
  },
  stretchingLong: 'Still at work; an older device may need half a minute',
  needsScript: {
    heading: 'Staff need JavaScript',
    text: 'Your password must not leave your browser, so your browser has to do the work. Allow JavaScript for this page and load it again. Clients can reply without it, and secrets whose sender chose so open without it.',
  },
  /** At an address by plain http, in whatever browser. */
  needsHttps: {
    heading: 'Staff need https',
    text: 'Your password must not leave your browser unencrypted, and browsers let a page encrypt only over https, which this address has not. Open the site over https; if it has no such address, whoever runs the server has to put https in front of it.',
  },
  noEncryption:
    'Your browser offers no encryption to this page, and your password must not leave it without. Use another browser.',

  signIn: {
    title: 'Sign in',
    heading: 'Sign in',
    lead: 'For the staff of {brand}. To open a secret you got, use its link: no account is needed.',
    submit: 'Sign in',
    codeLead: 'Your password is right. One more step.',
    forgotten: 'Forgotten your password?',
    noAccount: 'No account yet?',
    unowned: {
      heading: 'Nobody owns this site yet',
      text: 'There is no account to sign in with. The first one becomes the owner’s.',
      signUp: 'Create the owner’s account',
    },
  },
  signUp: {
    title: 'Create account',
    ownerHeading: 'Make this site yours',
    ownerLead:
      'The first account becomes the owner: it decides who may send, and invites everybody else.',
    invitedHeading: 'Join {brand}',
    invitedLead: '{inviter} invited you. Your account is for {email}.',
    invitedLeadNobody: 'You were invited. Your account is for {email}.',
    submit: 'Create account',
    untilThen: 'Your account is made when you press this, and not before.',
    signInInstead: 'Sign in instead',
    needed: {
      heading: 'Accounts are made by invitation',
      text: 'This site has an owner already. Ask them to invite you.',
    },
    unknown: {
      heading: 'This invitation can’t be used',
      text: 'It was used already, has expired or was withdrawn; or its link was changed on its way. Ask for a new one.',
    },
  },
  recoveryCode: {
    heading: 'Your recovery code',
    lead: 'If you ever forget your password, this code keeps what clients sent you readable. Nobody can show it to you again.',
    region: 'Recovery code',
    copy: 'Copy code',
    download: 'Download',
    fileName: 'recovery-code.txt',
    fileText: 'Recovery code for {brand} ({email}):\n\n{code}\n',
    keep: 'Keep it where you keep important papers, or in a password manager: not in your mailbox.',
    saved: 'I have saved it',
  },
  vault: {
    late: 'What this page needs to open your vault has not arrived yet. Nothing is lost: load the page again, or use another browser.',
    heading: 'Unlock your vault',
    lead: 'What clients send you is locked while you are away. Enter your password to read it in this browser.',
    leadAgain:
      'Your vault is locked here now. What this page showed comes back once you unlock it, as long as you may still read it. If you were signed out, sign in in another tab first.',
    goesWithThePage:
      'This browser keeps nothing for this site, as private windows may: your vault is open on this page alone, and each other page asks for your password.',
    submit: 'Unlock',
  },
  /** Said once on the page that comes after. */
  parting: {
    signedOut: 'You are signed out.',
    accountDeleted: 'Your account is deleted, and you are signed out everywhere.',
  } satisfies Record<PartingWord, string>,
  navigation: {
    label: 'Staff',
    dashboard: 'Dashboard',
    newSecret: 'New secret',
    newRequest: 'New request',
    settings: 'Settings',
    signOut: 'Sign out',
    signingOut: 'Signing out …',
    signOutFailed:
      'The server did not confirm that you are signed out, so you may be signed in still. Your vault is locked in this browser. Try again in a moment.',
    leaving: {
      question:
        'Something on this page is not saved or sent yet, and goes when you sign out. Sign out all the same?',
      confirm: 'Sign out',
      keep: 'Stay on this page',
    },
  },

  confirmEmail: {
    title: 'Confirm your address',
    heading: 'Confirm your address',
    lead: 'Once you confirm it, you sign in as {email}, and mail goes there.',
    submit: 'Confirm this address',
    working: 'Confirming',
    doneHeading: 'Your address is confirmed',
    done: 'You sign in as {email} from now on. Your password stays the same.',
    goOn: 'Open the dashboard',
    unknown: {
      heading: 'This link can’t be used',
      text: 'It was used already or has expired; or the link was changed on its way. If the address was confirmed by it, that holds. If not, enter the new address once more, under Settings.',
    },
  },
};
