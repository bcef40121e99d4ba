import { howItWorksQuestions } from '@/messages/en/how-it-works-questions';
import { howItWorksRequests } from '@/messages/en/how-it-works-requests';
import { howItWorksSteps } from '@/messages/en/how-it-works-steps';

/** The page that explains itself: `code` stands between backticks. */
export const howItWorks = {
  title: 'How it works',
  heading: 'How it works',

  /** For everybody: five sentences, no more. */
  sentences: [
    'Somebody writes a secret for you, a password perhaps, and it is encrypted before it is stored.',
    'The only key is inside the link that you are sent, and {brand} keeps neither the link nor the key.',
    'Looking at the link changes nothing; pressing the button opens the secret, once.',
    'After that the secret is erased here, and the link opens nothing any more.',
    'If somebody else has opened it before you, the page behind the link tells you so, and the sender can change the password before it does harm.',
  ],

  picture: {
    label: 'The way of a secret, in three steps',
    sealed: { heading: 'Sealed', text: 'The secret is locked like a letter under wax.' },
    link: {
      heading: 'The key is in the link',
      text: 'Whoever has the link has the key. Nobody keeps another.',
    },
    opened: { heading: 'Opened once', text: 'A broken seal shows, and it can’t be closed again.' },
  },

  contents: 'On this page',
  technical: {
    id: 'in-detail',
    heading: 'In detail',
    text: 'From here on for those who want to know exactly. There are two ways to seal. They differ in who holds the key while it is used: your browser, or the server.',
    tell: 'You can tell them apart by the link: one with a `#` in it was sealed in a browser, one without was sealed on the server.',
  },

  names: {
    id: 'names',
    heading: 'The names',
    caption: 'The short names used below, and in the source',
    columns: { symbol: 'Name', meaning: 'What it is' },
    rows: [
      [
        'M0',
        'the secret as its sender wrote it, one text or several fields with their labels; never stored, never logged',
      ],
      ['K0', 'the message key: 16 random bytes, which live only in the link'],
      ['P', 'the passphrase, stretched to 32 bytes; only where there is a passphrase'],
      ['M1', 'M0 encrypted under K0 and P: what the database holds'],
      ['ID0', 'the number of the message in the database: 64 random bits'],
      [
        'K1',
        'the server’s key, a new one every two hours, day or week, by how long the secret may wait, in a file outside the database; ‘under K1’ means under one of three keys derived from it, each for one use',
      ],
      ['ID1', 'what stands in the link of a browser-sealed message: ID0, encrypted under K1'],
      ['M2', 'what stands in the link of a server-sealed message: ID0 and K0, encrypted under K1'],
      [
        'H0',
        'the link verifier, stored beside M1: what a link is checked against before anything happens',
      ],
    ] as readonly (readonly [string, string])[],
  },

  ...howItWorksSteps,
  ...howItWorksRequests,

  sees: {
    id: 'what-the-server-sees',
    heading: 'What the server sees',
    caption: 'What passes through the server or is kept there, for each seal',
    columns: { what: 'What', browser: 'Browser seal', server: 'Server seal' },
    rows: [
      ['The secret', 'never', 'while it encrypts it and while it opens it'],
      ['The key, `K0`', 'never', 'while it encrypts, and whenever the link is loaded'],
      ['The passphrase', 'never', 'while it encrypts, and at each try'],
      ['The link', 'the part before `#`', 'all of it, whenever it is loaded; it is not kept'],
      ['The encrypted secret, `M1`', 'kept until it is opened, destroyed or expired', 'the same'],
      ['The size of the secret', 'rounded up', 'exact in passing, kept rounded up'],
      ['The note to yourself', 'kept', 'kept'],
      ['Times, state, wrong tries', 'kept', 'kept'],
      ['Your network address', 'in passing, as with every website', 'the same'],
      [
        'What a server with altered code could read',
        'new secrets only through altered pages in a browser, where that can be found',
        'every secret that passes, unseen',
      ],
    ] as readonly (readonly [string, string, string])[],
  },

  learns: {
    id: 'who-learns-what',
    heading: 'Who can learn what',
    caption: 'What each party can learn, whichever the seal',
    columns: { who: 'Who has', learns: 'learns' },
    rows: [
      ['the link, already used', 'that it was opened, and when'],
      [
        'the link, not yet used, without a passphrase',
        'the secret, once, leaving a trace that the others see',
      ],
      [
        'the link, but not the passphrase',
        'that something waits and until when, but nothing of the secret; after ten wrong tries it is destroyed',
      ],
      [
        'the sender’s page',
        'the note, the times, the state and the number of wrong tries, never the secret; it can destroy it',
      ],
      ['the link of a request', 'the question, and who asks; it can answer, and read no answer'],
      [
        'an account of the staff that a request was not shared with, the owner’s too',
        'nothing of it, neither question nor answer',
      ],
      [
        'a copy of the database',
        'rounded sizes, times, states, notes and questions; of the staff names, addresses and the hash of a key from their password',
      ],
      ['the database and the links', 'no secret: without the server’s keys nothing opens'],
      [
        'the database, the links and the server’s keys',
        'the secrets that wait in that copy; behind a passphrase only by guessing it; nothing of times whose key is destroyed',
      ],
      [
        'the database and the server’s keys',
        'no reply: those open with a vault, and a vault with its password or recovery code',
      ],
      [
        'the running server, from now on',
        'server-sealed secrets and replies as they pass; browser-sealed ones only by serving altered code',
      ],
    ] as readonly (readonly [string, string])[],
  },

  questions: { id: 'questions', heading: 'What people ask', list: howItWorksQuestions },
};
