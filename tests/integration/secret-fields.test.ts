import { describe, expect, it } from 'vitest';
import { openServerSealed } from '@/lib/sealed/open';
import { composeForm } from '@/lib/sealed/sending-schema';
import type { SecretField } from '@/lib/protocol/envelope';
import { given, givenDatabase } from '@/tests/support/given';
import { createTestDesk, createTestKeyring, newNonce, tokenOf, sealOne } from './desk';

const FIELDS: readonly SecretField[] = [
  { kind: 'url', label: 'Address of the canary', value: 'https://example.com' },
  { kind: 'text', label: 'User name', value: '' },
  { kind: 'password', label: 'Password', value: ' canary "\\ <b> ' },
  { kind: 'multiline', label: 'Key', value: 'one\n\ttwo\n' },
];

const database = givenDatabase();
const desk = given(
  async () => createTestDesk(database.url, await createTestKeyring()),
  (opened) => opened.close(),
);

describe.each(['', 'a passphrase'])('fields sealed on the server, passphrase %j', (passphrase) => {
  it('open once as they were posted, and nothing of them lies in the database', async () => {
    const posted = { fields: JSON.stringify(FIELDS), passphrase, expiresIn: '1h', note: '' };
    const sealed = await sealOne(desk, composeForm.parse(posted));
    const rows = await desk.client.$queryRaw<
      { row: string }[]
    >`SELECT m::text AS row FROM sealed_items m`;
    const stored = rows.map(({ row }) => row).join('\n');
    expect(stored).not.toContain('canary');
    expect(stored).not.toContain(Buffer.from('canary').toString('hex'));

    const token = tokenOf(sealed.link);
    const open = () => openServerSealed(desk, { token, nonce: newNonce(), passphrase });
    expect(await open()).toMatchObject({
      status: 'opened',
      secret: { kind: 'fields', fields: FIELDS },
    });
    expect(await open()).toMatchObject({ status: 'ended', ending: { kind: 'opened' } });
  });
});
