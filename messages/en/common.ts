/** Words that stand on every page. Other languages have the same shape. */
export const common = {
  language: { code: 'en', direction: 'ltr' as 'ltr' | 'rtl' },
  description: 'Send a secret through a link that opens once.',
  titleTemplate: '%s – {brand}',

  skipToContent: 'Skip to the content',
  header: {
    home: '{brand}, start page',
    navigation: 'Pages',
    howItWorks: 'How it works',
  },
  footer: {
    promise: 'What is sent through {brand} opens once.',
    signIn: 'Sign in',
    dashboard: 'Dashboard',
  },
  theme: {
    label: 'Colours',
    system: 'as on this device',
    light: 'light',
    dark: 'dark',
  },
  copying: {
    copied: 'Copied',
    selected: 'Selected, now copy it',
    failed: 'Could not copy: please select it by hand',
  },
  /** Beside a secret or a reply that was opened. */
  opened: {
    download: 'Download',
    hide: 'Hide',
    show: 'Show',
    remove: {
      button: 'Delete from this page',
      question:
        'Delete it here? There is no other copy: nobody can get it back, you neither, unless you have copied it.',
      confirm: 'Delete from this page',
      keep: 'Keep it here',
    },
    leaves:
      'It leaves the screen when you go back, or leave this page in the background for ten minutes. When you close the tab, nothing here can show it again.',
  },

  incompleteLink: {
    heading: 'This link is incomplete',
    text: 'Part of it is missing: some e-mail programs cut a long link where a line ends. Nothing was opened and nothing was changed by coming here.',
    next: 'Go back to the message you got, copy the whole link to its very end, and paste it into the address bar.',
  },

  notFound: {
    title: 'Nothing here',
    heading: 'There is no page at this address',
    text: 'The address may be incomplete: some e-mail programs cut long links at the end of a line. Copy the whole link into the address bar, or ask whoever sent it to send it again.',
    reassurance: 'Nothing was opened and nothing was lost by coming here.',
    home: 'Go to the start page',
  },
  error: {
    title: 'Something went wrong',
    heading: 'That did not work',
    text: 'Something went wrong here by a mistake of ours, and not of yours, so what was asked may or may not have been done. Tell whoever runs this site what you did and at what time: what went wrong stands in their log under that time.',
    textHere:
      'Something went wrong in this browser, not on the server. Nothing was lost: try again, or use another browser.',
    retry: 'Try again',
    home: 'Go to the start page',
  },
};
