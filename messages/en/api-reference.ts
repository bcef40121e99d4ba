/** The page for who writes a client. What stands in its tables is the document's own. */
export const apiReference = {
  title: 'For programs',
  heading: 'For programs',
  lead: 'Everything that {brand} does without an account, as JSON over HTTP.',
  basics: [
    'Every address takes a `POST` whose body is one JSON object, as `application/json` in UTF-8. A name that is not listed here, or that stands twice, is refused. Binary values are base64url without padding. Tokens, proofs and secrets are in bodies alone: an address is logged on its way.',
    'Nobody signs in: what you hold is what counts. Cookies are not read, and scripts of other sites may not ask: no answer allows another origin. Where the owner of this site lets only members send, sending is refused as `sign_in_required`.',
    'With the browser seal your program encrypts and decrypts, and this site learns nothing. How that is done, byte by byte, is in the specification of the protocol, and a short client is in the documentation, both beside the source of this site. With the server seal this site encrypts and decrypts, as for a browser without scripts.',
    'An answer may be lost. Asking what a link opens, and what became of something, changes nothing. Opening takes a `nonce`, which you keep: the same request gives the same answer until the lease ends. A reply with the same `nonce` is one reply. To send a secret once, give an `Idempotency-Key` of your own, drawn at random and kept secret as a link is: for a day the same body with the same key gives the same links.',
    'Answers may gain members: ignore those that you don’t know.',
  ],
  document: 'The same as an OpenAPI document',
  contents: 'Addresses',
  sent: 'Sent',
  sentForSeal: 'Sent, with the seal “{seal}”',
  answered: 'Answered with {status}',
  nothing: 'Answered with {status} and no body.',
  or: ' or ',
  columns: { name: 'Name', form: 'Form', code: 'Code', meaning: 'Status and meaning' },
  problems: {
    id: 'problems',
    heading: 'What is refused',
    texts: [
      'As `application/problem+json`, with `status`, `title`, `code` and, where it is about one of the names in the body, `field`. Codes stay as they are; titles may change. What ended says how in `ending`; a wrong passphrase says how many tries are left in `triesLeft`.',
      'What does not exist, and what is not proved, are one answer: `unknown`. With 429 and 503 `Retry-After` says after how many seconds at the most it is worth asking again. After `unavailable` what was asked may have been done; after any other refusal it was not.',
    ],
    caption: 'All codes',
  },
} as const;
