/** Every way to send a secret, with what a form or a script posts for one. */
const copy = (fill: number) => ({
  ciphertext: Buffer.alloc(300, fill).toString('base64url'),
  openProof: Buffer.alloc(32, fill).toString('base64url'),
  knockProof: Buffer.alloc(32, fill).toString('base64url'),
});

const each = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const copies = (count: number) => JSON.stringify(each(count).map(copy));
const named = (count: number) =>
  each(count)
    .map((index) => `r${String(index)}`)
    .join('\n');

const LOCK = {
  salt: Buffer.alloc(16, 1).toString('base64url'),
  memoryKiB: '65536',
  passes: '3',
  lanes: '1',
};

interface WayToSend {
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
  /** What is posted besides for a passphrase. */
  readonly lock: Readonly<Record<string, string>>;
  /** The same for so many recipients, which only staff can name. */
  readonly forSeveral: (count: number) => Readonly<Record<string, string>>;
}

const [byServer, byBrowser] = [
  {
    key: 'app/(site)/actions.ts sealOnServer',
    fields: { secret: 'a secret', expiresIn: '1h' },
    lock: { passphrase: 'correct horse battery staple' },
    forSeveral: (count) => ({ secret: 'a secret', expiresIn: '1h', recipients: named(count) }),
  },
  {
    key: 'app/(site)/actions.ts storeBrowserSealed',
    fields: { copies: copies(1), expiresIn: '1h' },
    lock: LOCK,
    forSeveral: (count) => ({ copies: copies(count), expiresIn: '1h', recipients: named(count) }),
  },
] as const satisfies readonly WayToSend[];

export const SENDING: readonly [WayToSend, ...WayToSend[]] = [byServer, byBrowser];
