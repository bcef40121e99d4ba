/** Every step of both seals. The specification, in lib/protocol/README.md, says the same in bytes. */
export const howItWorksSteps = {
  browserSeal: {
    id: 'browser-seal',
    heading: 'The browser seal',
    text: 'The usual way. The browser encrypts and decrypts; the server stores what it can’t read. It needs JavaScript at both ends, and https.',
    sealing: {
      heading: 'Sealing',
      steps: [
        'The browser draws `K0`: 16 bytes from its generator for cryptographic keys.',
        'If there is a passphrase, it is brought to one spelling (Unicode NFKC) and stretched with Argon2id, 64 MiB of memory and 3 passes over a new 16-byte salt, into `P`.',
        'HKDF-SHA-256 derives three values from `K0` and `P`, or from `K0` alone where there is no passphrase: an encryption key, an open proof and a key commitment. A fourth, the knock proof, comes from `K0` alone. None of the four leads to another, or back to the key.',
        '`M0` is padded: its length is put before it and zeros after it, up to 256 bytes at least and to one of few round lengths beyond. A PIN ends up as long as a password.',
        'The padded text is encrypted with AES-256-GCM under the encryption key and 12 random bytes. `M1` is the key commitment, those 12 bytes, the ciphertext and a full 16-byte tag. The version, the kind of seal and the salt and cost of the passphrase are bound to it: change one and it does not open.',
        'The browser sends `M1`, the two proofs, the salt and cost, the expiry and the note. `M0`, `K0`, `P` and the passphrase stay where they are.',
        'The server draws `ID0` and keeps of the proofs only HMAC-SHA-256 values under `K1`: `H0` from the knock proof, and a second one from the open proof. It encrypts `M1` once more (AES-256-GCM), bound to the id, the seal, the expiry, the salt and cost and both of these, and stores the row.',
        'The server answers with `ID1`, which is AES-256-SIV of a purpose byte and `ID0` under `K1`: 34 characters. The browser makes the link, `/m/ID1#K0`. What stands after `#` is never sent to a server by any browser.',
      ],
    },
    opening: {
      heading: 'Opening',
      steps: [
        'The page is loaded by `/m/ID1`. It is the same for every link of this kind, real or invented, and loading it changes nothing.',
        'The browser derives the knock proof from `K0` and sends it. The server opens `ID1` with the key that it was made under, compares the HMAC of the proof, and only then says what there is: that a secret waits, until when, and the salt if there is a passphrase; or how it ended.',
        'The recipient presses **Open secret**. The browser stretches the passphrase, if there is one, derives the keys, and draws a claim nonce of 16 random bytes.',
        'The browser sends both proofs and the nonce. The open proof is right only for one who has link and passphrase both; a wrong one is counted, and the tenth destroys the message.',
        'One statement in the database, by the database’s own clock, turns the message from sealed to claimed by this nonce. Of any number of openers at the same moment, one is first.',
        'The server takes off its own layer and sends `M1`. If the answer is lost on the way, the same nonce gets it again for two minutes (or what whoever runs the server has set); no other ever does.',
        'The browser compares the key commitment, decrypts, checks the padding, and shows `M0`.',
        'Until the reader copies, downloads or deletes it, or those two minutes are over, the same tab can show it again after a slip; then the browser acknowledges, and the server erases `M1`, the salt and the check of the open proof. What remains is the state, the times and `H0`, so that one who holds the link can later be told that it was opened, and when.',
      ],
    },
  },

  serverSeal: {
    id: 'server-seal',
    heading: 'The server seal',
    text: 'For a sender or a recipient without JavaScript. The server encrypts and decrypts, and keeps nothing that it could read again: the key is in the link, and the link is not kept.',
    sealing: {
      heading: 'Sealing',
      steps: [
        'The form is sent to the server like any other form, secret and passphrase included; over https nobody on the way can read it.',
        'The server draws `K0` and, if there is a passphrase, stretches it to `P` exactly as a browser would.',
        'Keys are derived, `M0` is padded and encrypted exactly as above. `M1` is bound to the server seal, so that it can’t be passed off as the other kind.',
        'The server draws `ID0` and makes `M2`, which is AES-256-SIV of a purpose byte, `ID0` and `K0` under `K1`: 55 characters.',
        '`H0` is the HMAC-SHA-256 of `M2` under `K1`; a second one is made of the open proof. The server encrypts `M1` once more under `K1`, bound to the id, the seal, the expiry, the salt and cost and both of these, and stores it.',
        'The server answers with the link, `/m/M2`, and forgets `M0`, `K0`, `P`, the passphrase and the link itself.',
      ],
    },
    opening: {
      heading: 'Opening',
      steps: [
        'The page is loaded by `/m/M2`. The server opens `M2` with the key that it was made under; a link that fits none of its keys is turned away before the database is asked. It compares `H0`, shows what waits, and changes nothing.',
        'The recipient presses **Open secret**. The form carries a claim nonce that was made with the page. Without JavaScript a box must be ticked first, so that a robot that submits forms opens nothing.',
        'If there is a passphrase, the server stretches it, a few at a time, and derives the open proof, as a browser would. A wrong one is counted in the statement that compares it: of a hundred guesses at once ten count, and the tenth destroys the message.',
        'One statement in the database turns the message from sealed to claimed by this nonce, as above.',
        'The server takes off its own layer, decrypts with the `K0` that came in the link, and sends the text in a page that no cache may keep.',
        'Where a script runs, the browser acknowledges once the reader has taken the secret, and the server erases `M1` and the salt; without one they are erased when the two minutes are over. What remains is the state, the times and `H0`.',
      ],
    },
  },

  passphrase: {
    id: 'passphrase',
    heading: 'What the passphrase adds',
    paragraphs: [
      'Without a passphrase, whoever comes first with the link opens it. With one, the link is one half and the passphrase is the other, and they can travel by different ways.',
      'An online guesser has ten tries in all, then the message is destroyed. To guess without that limit one needs the link, a copy of the database and the server’s keys together; then each guess costs 64 MiB of memory and some tenths of a second. The six words that **Generate** draws stand for 66 bits: not to be guessed even so.',
      'With the browser seal, `P` is made in the browser and neither it nor the passphrase leaves it. With the server seal, the passphrase is sent to the server with the form and forgotten after use.',
    ],
  },

  once: {
    id: 'once',
    heading: 'Once, and not lost on the way',
    paragraphs: [
      'Asking for a page never changes anything, so previews, virus scanners and a curious click do no harm. Opening is a deliberate act, and the decision who was first is made in one place, by one statement.',
      'The short time in which the same browser may ask again is there for the train that enters a tunnel. It belongs to the nonce of that browser, of which the database keeps only a hash.',
      'After expiry a message can’t be opened, whether or not it was erased yet: the statement itself looks at the clock.',
    ],
  },
};
