/*
 * Arrows point one way: app → components, lib; lib/server → lib/sealed → lib/protocol; the
 * browser's side never reaches the server's. Each folder names what it may import from this
 * project; the rest is an error.
 */

/** What of lib/sealed a browser may hold: types, schemas and rules, none of the use cases. */
const BROWSER_SAFE_SEALED =
  'lib/sealed/(new-passphrase|outcomes|policy|recipients|schema|sending-policy|sending-schema)$';

/** The codes with which any form is refused, and what any text has to show. */
const REFUSALS = 'lib/(refusal-code|visible-text)$';

/** Of lib/accounts and lib/requests a browser may hold the same. */
const BROWSER_SAFE_ACCOUNTS =
  'lib/(accounts|requests)/(outcomes|policy|schema|email-address|views|reply-envelope)$';

/** What a secret consists of: rules and words of its shape, for both sides. */
const SECRETS = 'lib/secrets/';

/** @type {Record<string, { may: string[], noPackages?: string }>} */
const layers = {
  'lib/protocol': {
    may: ['lib/protocol/'],
    noPackages: '^(?!\\.|@/|@noble/ciphers/|@hpke/(common|core|dhkem-x25519|hybridkem-x-wing)$)',
  },
  'lib/secrets': {
    may: ['lib/secrets/', 'lib/protocol/', REFUSALS],
    noPackages: '^(next|react|@prisma|pg|node:)(/|$)',
  },
  'lib/sealed': {
    may: ['lib/sealed/', SECRETS, 'lib/protocol/', 'lib/server/', 'lib/qr-path$', REFUSALS],
    noPackages: '^(react|@prisma|pg)(/|$)',
  },
  'lib/accounts': {
    may: [
      'lib/accounts/',
      'lib/requests/ending$',
      'lib/sealed/(policy|schema|sending-policy)$',
      'lib/protocol/',
      'lib/server/',
      'lib/brand$',
      'lib/qr-path$',
      REFUSALS,
    ],
    noPackages: '^(@prisma|pg)(/|$)',
  },
  'lib/requests': {
    may: ['lib/requests/', 'lib/sealed/', SECRETS, 'lib/protocol/', 'lib/server/', REFUSALS],
    noPackages: '^(react|@prisma|pg)(/|$)',
  },
  'lib/dashboard': {
    may: [
      'lib/dashboard/',
      'lib/sealed/',
      'lib/requests/',
      'lib/protocol/',
      'lib/server/',
      REFUSALS,
    ],
    noPackages: '^(react|@prisma|pg)(/|$)',
  },
  'lib/server': {
    may: [
      'lib/server/',
      'lib/dashboard/',
      'lib/sealed/',
      'lib/accounts/',
      'lib/requests/',
      SECRETS,
      'lib/protocol/',
      'lib/brand$',
      'lib/format-instant$',
      'messages/',
      REFUSALS,
    ],
  },
  'lib/browser': {
    may: [
      'lib/browser/',
      BROWSER_SAFE_SEALED,
      BROWSER_SAFE_ACCOUNTS,
      SECRETS,
      'lib/protocol/',
      REFUSALS,
    ],
    noPackages: '^(server-only|argon2|@prisma|pg|node:)(/|$)',
  },
  messages: {
    may: [
      'lib/dashboard/(outcomes|query)$',
      'messages/',
      'lib/browser/',
      BROWSER_SAFE_SEALED,
      BROWSER_SAFE_ACCOUNTS,
      SECRETS,
      REFUSALS,
    ],
  },
  components: {
    may: [
      'components/',
      'lib/dashboard/(outcomes|query)$',
      'lib/browser/',
      BROWSER_SAFE_SEALED,
      BROWSER_SAFE_ACCOUNTS,
      SECRETS,
      REFUSALS,
      'lib/protocol/',
      'lib/brand$',
      'lib/format-instant$',
      'lib/qr-path$',
      'messages/',
    ],
    noPackages: '^(server-only|argon2|@prisma|pg|node:)(/|$)',
  },
  app: { may: ['app/', 'components/', 'lib/', 'messages/'], noPackages: '^(@prisma|pg)(/|$)' },
  scripts: { may: ['scripts/', 'lib/accounts/', 'lib/server/'] },
};

/** A relative path into another layer says the same as its alias, and would slip past it. */
const RELATIVE_INTO_A_LAYER =
  '^(\\.\\./)+(app|components|scripts|tests|lib/[a-z-]+|protocol|messages|sealed|accounts|requests|secrets|server|browser)/';

/** What a browser may hold of a room knows nothing of the server. Listed last: the last rule counts. */
const browserSafe = Object.fromEntries(
  [BROWSER_SAFE_SEALED, BROWSER_SAFE_ACCOUNTS]
    .map((pattern) => /^(.*)\/\((.*)\)\$$/.exec(pattern))
    .map((found) => [
      `${found?.[1]?.replace('(', '{').replace(')', '}').replace('|', ',')}/{${found?.[2]?.replaceAll('|', ',')}}.ts`,
      {
        may: ['lib/(sealed|accounts|requests)/', SECRETS, 'lib/protocol/', REFUSALS],
        noPackages: '^(next|react|server-only|@prisma|pg|node:)(/|$)',
      },
    ]),
);

/** @type {import('eslint').Linter.Config[]} */
export const importDirections = Object.entries({ ...layers, ...browserSafe }).map(
  ([folder, { may, noPackages }]) => ({
    files: [folder.endsWith('.ts') ? folder : `${folder}/**/*.{ts,tsx,mjs}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^@/(?!${may.join('|')})`,
              message: `${folder} may import only ${may.join(', ')} of this project.`,
            },
            ...(folder === 'scripts'
              ? []
              : [
                  { regex: RELATIVE_INTO_A_LAYER, message: 'Name another layer by its alias, @/…' },
                ]),
            ...(noPackages === undefined
              ? []
              : [{ regex: noPackages, message: `${folder} does not know this package.` }]),
          ],
        },
      ],
    },
  }),
);
