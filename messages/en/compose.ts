import type { Strength } from '@/lib/browser/estimate-strength';
import type { ExpiresIn } from '@/lib/sealed/policy';

/** The page that takes a secret, and the result on the same page. */
export const compose = {
  title: 'Send a secret',
  heading: 'Send a secret',
  lead: 'You get a link to send. It opens once, then the secret is gone for good.',

  shape: { label: 'What to send', text: 'Plain text' },
  secret: {
    label: 'Your secret',
    hint: 'A password, a key, a few lines: any text.',
    fieldsHint: 'Your recipient sees each field with its label. What you leave empty is not sent.',
    size: '{size} of 1 MiB',
    tooLarge: 'This is too large: it has {size}, and up to 1 MiB of text fits. Nothing was sent.',
  },
  expiresIn: {
    label: 'Expires after',
    choices: {
      '5m': '5 minutes',
      '1h': '1 hour',
      '4h': '4 hours',
      '1d': '1 day',
      '3d': '3 days',
      '7d': '7 days',
      '30d': '30 days',
    } satisfies Record<ExpiresIn, string>,
  },
  passphrase: {
    label: 'Passphrase',
    hint: 'Optional. Tell it to your recipient another way than the link; the server can’t show it later.',
    requiredHint:
      'Required on this site. Tell it to your recipient another way than the link; the server can’t show it later.',
    generate: 'Generate',
    generated: 'Six words were drawn. Copy them before you go on:',
    copy: 'Copy passphrase',
    failed: 'The list of words could not be loaded. Try again, or choose words of your own.',
    strength: {
      easy: 'Easy to guess. Ten tries are allowed, which may be enough for this one.',
      short:
        'Short. Only ten tries are allowed, so it may do; it would not hold against somebody who takes over the server.',
      fair: 'Fair. Ten tries are far from enough to guess it.',
      strong:
        'Strong. It would hold even against somebody with a copy of everything on the server.',
    } satisfies Record<Strength, string>,
  },
  more: 'More options',
  note: {
    label: 'Note to yourself',
    hint: 'For your own overview. The recipient never sees it, but the server can read it.',
  },
  recipients: {
    label: 'Recipients',
    hint: 'One a line, up to 50: each gets a link of their own; the same name twice gets one. Only you see the names, but the server can read them.',
  },
  notify: {
    label: 'Notify me when opened',
    hint: 'By e-mail, also when it is destroyed unread. The mail says nothing of the secret.',
    withoutMail: 'This site sends no mail yet: look at your dashboard instead.',
  },
  encrypt: {
    label: 'Encrypt',
    browser: 'in this browser',
    browserHint: 'The server never sees the secret. The recipient needs JavaScript.',
    server: 'on the server, so the link opens without JavaScript',
    serverHint: 'The server sees the secret while it encrypts it, and keeps no readable copy.',
    withoutScript:
      'Without JavaScript the server encrypts your secret and keeps no readable copy. With JavaScript your browser does, and the server never sees it.',
    withoutCrypto:
      'Your browser offers no encryption to this page: browsers do so only over https. The server encrypts instead and keeps no readable copy.',
  },
  membersOnly: {
    heading: 'Sending is for the staff of this site',
    text: 'Sign in to send a secret: from anybody else it is refused, however much they have written. To open one that you got, use its link: that needs no account.',
    signIn: 'Sign in',
    signInElsewhere: 'Sign in (in a new tab), then come back and press again',
  },
  next: 'Nobody can read it or get it back after it was opened or has expired, not even you.',
  submit: 'Create secret link',
  submitting: 'Creating the link …',
  cancel: 'Cancel',
  retry: 'What you wrote is still here.',
  reload: 'Copy what you wrote, then reload the page.',
  retypeSecret: 'The secret is never sent back to your browser: please enter it again.',
  steps: {
    stretching: 'Making the passphrase hard to guess',
    sending: 'Sending the encrypted secret',
    sealingOnServer: 'The server is encrypting the secret',
  },
  stretchingLong: 'Still at work; an older phone may need half a minute',

  result: {
    heading: 'Your link is ready',
    lead: 'Send it to the one person who should read the secret.',
    for: 'It is for {recipient}.',
    link: 'Secret link',
    copy: 'Copy link',
    share: 'Share…',
    shareFailed: 'Sharing did not work here. Copy the link instead.',
    qr: 'Show QR code',
    qrLabel: 'QR code of the secret link',
    qrFailed: 'The QR code could not be drawn. Copy the link instead.',
    warningHeading: 'Don’t open it yourself',
    warning: 'It opens only once. If you open it, your recipient can’t.',
    expires: 'It can be opened once until {when}.',
    passphrase:
      'Send the passphrase another way than the link: say it on the phone, for example, if the link goes by e-mail.',
    keptPassphrase: {
      label: 'Passphrase',
      hidden: 'hidden',
      copy: 'Copy passphrase',
      show: 'Show',
      showLong: 'Show passphrase',
      hide: 'Mask',
      hideLong: 'Mask passphrase',
      hint: 'It stands here until you leave this page. The server does not have it, so nobody can look it up later.',
    },
    seal: {
      browser:
        'Your browser encrypted the secret. The server stores what it can’t read; the key is in the link alone.',
      server:
        'The server encrypted the secret and kept no readable copy; the key is in the link alone. The link opens without JavaScript.',
    },
    track: 'Track or destroy this secret',
    trackHint:
      'That page is for you alone. It opens in a new tab and tells whether the secret was opened.',
    another: 'Send another',
    leaving: {
      question: 'You have not copied the link yet, and nobody can show it again. Leave it?',
      confirm: 'Send another',
      keep: 'Stay here',
    },
    leavingPassphrase: {
      question:
        'You have neither copied the passphrase here nor looked at it, and nobody can look it up later. Leave it?',
      confirm: 'Send another',
      keep: 'Stay here',
    },
    leavingSeveral: {
      question: 'You have not copied all links yet, and nobody can show them again. Leave them?',
      confirm: 'Send another',
      keep: 'Stay here',
    },
    several: {
      heading: 'Your {count} links are ready',
      lead: 'Each opens once. Send every link to the one person whose name stands over it.',
      warning: 'Each opens only once. If you open one, its recipient can’t.',
      copy: 'Copy link for {recipient}',
      copyAll: 'Copy all',
      copyAllHint: 'Names and links, one a line: for yourself. Send each person only their own.',
      expires: 'Each can be opened once until {when}.',
      passphrase:
        'All have the same passphrase. Send it another way than the links: say it on the phone, for example.',
      track: 'Follow them on your dashboard',
      trackHint:
        'It opens in a new tab, tells who has opened theirs, and can destroy what still waits.',
    },
  },
};
