export interface Question {
  /** The anchor in the page's address. */
  readonly id: string;
  readonly question: string;
  /** Paragraphs. */
  readonly answer: readonly string[];
}

/** What people ask, answered without softening. */
export const howItWorksQuestions: readonly Question[] = [
  {
    id: 'encrypted-id',
    question: 'Why is the id inside the link encrypted?',
    answer: [
      'So that a link tells nothing to one who only sees it: not how many messages there are, nor which came before which, nor when or on which server key it was made.',
      'So that links can’t be made up. The encryption authenticates: a link that was not made with one of the server’s keys is recognised before the database is asked, and there is nothing to count through. A copy of the database lists the ids, but leads to no link.',
      'So that a link is good for one purpose. The purpose is encrypted along with the id: the sender’s page can’t be reached from the recipient’s link, and the sender’s link opens no secret.',
    ],
  },
  {
    id: 'key-length',
    question: 'Why does K0 have 128 bits?',
    answer: [
      'Because it can’t be guessed. A machine that tries a billion billion keys a second would need five million million years for half of them. Even one that compared every try with a million stolen messages at once would have 2¹⁰⁸ tries to make, and it would need the server’s keys first, to take off the second layer.',
      'A search with a future quantum computer (Grover’s algorithm) would still need about 2⁶⁴ steps one after the other, each a whole key derivation, for a single message that is usually gone within a week. That is a margin we accept; twice the length would make every link harder to copy and to read out.',
      'Each `K0` is used for one message only. The keys derived from it are 256 bits long, but are no stronger than the 128 bits they come from.',
    ],
  },
  {
    id: 'sending-safely',
    question: 'How do I send the link and the passphrase safely?',
    answer: [
      'Send the link any way you like and the passphrase another: the link by e-mail and the passphrase on the phone, for example. Both in one e-mail, or both in one chat, are as good as no passphrase.',
      'Don’t open the link yourself to try it: that would be the once. Make it expire soon. Write to a person, not to a mailbox that many read.',
      'Look at your status page afterwards. If it says ‘opened’ and your recipient says ‘not by me’, change the password that was in it. A secret need not say what it is for: send the password through the link and the user name another way.',
    ],
  },
  {
    id: 'interceptor',
    question: 'What could an interceptor do, and how would it be noticed?',
    answer: [
      'Somebody who reads your mail can open the link first, if there is no passphrase. Then your recipient’s page says that it was opened, and when, and your status page says the same: you know, and can change what was in it.',
      'A cleverer one opens it, puts the same secret into a new link and passes that on, so that your recipient notices nothing. Your status page then shows a time at which your recipient opened nothing, and the link they used is not the link you sent: ask for the time, or for its last few characters, on the phone. A passphrase that went another way stops this one altogether.',
      'With the link but without the passphrase they can still do harm: destroy the secret, or use up its ten tries. Both show on your page, and nothing is disclosed. One who only listens on the network sees that you use this site and about how much is sent, not what.',
    ],
  },
  {
    id: 'link-scanners',
    question: 'My mail provider checks every link. Does that open the secret?',
    answer: [
      'No. Loading the page changes nothing, however often and by whomever, and also when the page’s scripts are run. Opening takes the press of a button; without JavaScript, a ticked box as well.',
      'Some of these programs alter links: they turn `#` into `%23` or append something. The page understands the usual alterations. If the key was cut off, it says so, and nothing is opened.',
    ],
  },
  {
    id: 'old-links',
    question: 'What happens to a link of years ago?',
    answer: [
      'It is a row of characters and no more. The server’s keys change: every two hours for what lives for up to four hours, every day for up to seven days, every week for what lives longer. Each is destroyed once the last message that it sealed has expired. From then on the link can’t even be recognised as one that was once made here; whoever tries it gets the same answer as for an invented one.',
      'An old backup of the database does not change that: without the key of its time it opens nothing. Only a backup of the key file itself would, together with a database of that time and the link. So whoever runs a server should not keep copies of that file for longer than its keys live.',
      'Until its key is destroyed, a used link still says when it was opened.',
    ],
  },
  {
    id: 'no-trust',
    question: 'What if I don’t trust this server?',
    answer: [
      'With the browser seal you need not trust it with what it stores: it never gets the key. But it does send you the page that encrypts, and a page that was altered on purpose could send the key somewhere. No website can rule that out; it can only be made findable. The code your browser receives is the code that can be looked at there, and its content security policy lets it load nothing from another host.',
      'The server seal asks for more trust: the server sees the secret while it encrypts and opens it. Choose the browser seal if both sides have JavaScript.',
      'If that is not enough: use a server of your own; or encrypt the text with a tool of your choice first and send the result as the secret; or add a passphrase, which with the browser seal protects even against somebody who later copies everything that the server has.',
    ],
  },
  {
    id: 'verify',
    question: 'How can I check all this?',
    answer: [
      'Open your browser’s developer tools, look at its network panel and send a secret: what leaves your browser is in it, and with the browser seal neither your text nor the part after `#` is there.',
      'Read the specification in the source, `lib/protocol/README.md`. It gives every byte, and the test vectors in `tests/vectors` give every intermediate value, so that you can write a program of your own that opens the same messages. `npm test` checks them on the server’s and in a real browser’s implementation.',
      'The primitives are AES-256-GCM, AES-256-SIV (RFC 5297), HKDF-SHA-256 (RFC 5869), HMAC-SHA-256 and Argon2id (RFC 9106), from the platform or from audited libraries. None is our own.',
    ],
  },
  {
    id: 'run-your-own',
    question: 'How do I run one of my own?',
    answer: [
      'Get the source and Node 20.19 or newer, and type `npm start`. It brings its own database, builds itself and prints its address. For others to reach it, put it behind https and tell it its address in `APP_URL`; `README.md` says how.',
      'It is free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later): you may use, study, change and pass it on. The specification of the protocol is a part of the source: `lib/protocol/README.md`.',
    ],
  },
];
