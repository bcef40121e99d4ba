/** Asking for a secret: every step. The specification, in lib/protocol/README.md, says the same in bytes. */
export const howItWorksRequests = {
  requests: {
    id: 'requests',
    heading: 'Asking for a secret',
    text: 'Staff can ask a client for a secret with a link. The client needs no account; the answer is sealed to keys that only the staff who were named can use, and that the server never holds.',
    sealing: {
      heading: 'Asking',
      steps: [
        'Each account has a vault: a key pair of X-Wing (ML-KEM-768 with X25519), made in the browser when the account is made. Its private seed, 32 bytes, is stored only encrypted: once under a key that the browser derives from the password with Argon2id, and once under the recovery code, which is shown a single time. The password itself is never sent; what signs in is a second key from the same derivation.',
        'While a vault is open, the browser keeps its seed encrypted under a key of two halves: one it keeps itself, the other is with its session on the server, which hands it out for each use until the lock time is over and then erases it. So a copied disk opens nothing once the vault has locked.',
        'For each request the browser makes a key pair of its own. It encrypts the private seed for the vault of the one who asks, under a key that only that vault has, and seals it for each of the others who may read the answer with HPKE (RFC 9180), under a key that the two vaults agree on. All of these are bound to the request, its key and its question, so that nobody can put another in their place. It sends the server these sealed seeds, the public key and the question.',
        'The server answers with a token, which is AES-256-SIV of a purpose byte and the number of the request under `K1`. The browser makes the link: `/r/`, the token, `#` and a fingerprint, the first 16 bytes of SHA-256 over the public key and the question.',
      ],
    },
    opening: {
      heading: 'Answering and reading',
      steps: [
        'The client’s browser loads the page by the token and gets the question and the public key. It compares both with the fingerprint behind the `#`, which no server has seen. If they differ, it says so, seals nothing and sends nothing.',
        'The client presses **Send securely**. The browser pads what was typed, seals it with HPKE to the public key, bound to this request, and sends the result. Without JavaScript the form is sent to the server, which seals it to the same key at once and keeps nothing else.',
        'The server encrypts the reply once more under `K1` and stores it, if there is still room and time: one statement decides that, so that of two replies for the last place one is taken and the other is told.',
        'A reader presses **Open reply**. One statement turns it from sealed to claimed by their browser, as with any secret here. The browser, whose vault has opened and checked the request’s seed before, opens the reply with it, shows it, and acknowledges; then the server erases it.',
        'To let a colleague read, the browser opens the seed and seals it for their vault as well. When the request ends, its sealed seeds and replies are erased.',
      ],
    },
  },
};
