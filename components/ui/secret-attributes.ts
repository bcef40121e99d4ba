/**
 * For whatever shows a secret, one of its fields, a passphrase or a link: a browser that
 * translates pages would send it elsewhere, and might alter it.
 */
export const SHOWN_SECRET = { translate: 'no', spellCheck: false } as const;

/** For whatever one is typed into or read from: nothing corrects, completes, offers or keeps it. */
export const TYPED_SECRET = {
  ...SHOWN_SECRET,
  autoComplete: 'off',
  autoCapitalize: 'none',
  autoCorrect: 'off',
  // 1Password, LastPass, Bitwarden, Dashlane
  'data-1p-ignore': 'true',
  'data-lpignore': 'true',
  'data-bwignore': 'true',
  'data-form-type': 'other',
} as const;
