import { describe, expect, it } from 'vitest';
import type { SendingPolicy } from '@/lib/sealed/sending-policy';
import { allowedExpiries, mustSignIn, refusalOfSending } from '@/lib/sealed/sending-policy';
import { EXPIRIES, EXPIRY_CHOICES } from '@/lib/sealed/policy';

const OPEN: SendingPolicy = {
  whoMaySend: 'anyone',
  longestExpiry: EXPIRIES['30d'],
  passphraseRequired: false,
};
const WANTED = {
  isStaff: false,
  expiresIn: '7d',
  hasPassphrase: false,
  needsList: false,
} as const;

describe('the owner’s policy for sending', () => {
  it('refuses nothing while it is open', () => {
    expect(refusalOfSending(OPEN, WANTED)).toBeNull();
    expect(allowedExpiries(OPEN)).toEqual(EXPIRY_CHOICES);
  });

  it('keeps those out who are not signed in, where only members may send', () => {
    const policy: SendingPolicy = { ...OPEN, whoMaySend: 'members' };
    expect(mustSignIn(policy, false)).toBe(true);
    expect(refusalOfSending(policy, WANTED)).toEqual({ field: null, code: 'sign_in_required' });
    expect(refusalOfSending(policy, { ...WANTED, isStaff: true })).toBeNull();
  });

  it('gives recipients and notices to none but those who have a list to find them in', () => {
    const wanted = { ...WANTED, needsList: true };
    expect(refusalOfSending(OPEN, wanted)).toEqual({ field: null, code: 'sign_in_required' });
    expect(refusalOfSending(OPEN, { ...wanted, isStaff: true })).toBeNull();
  });

  it('lets nothing wait longer than is allowed, members and owners neither', () => {
    const policy: SendingPolicy = { ...OPEN, longestExpiry: EXPIRIES['1d'] };
    expect(allowedExpiries(policy)).toEqual(['5m', '1h', '4h', '1d']);
    expect(refusalOfSending(policy, { ...WANTED, isStaff: true, expiresIn: '3d' })).toEqual({
      field: 'expiresIn',
      code: 'expiry_not_allowed',
    });
    expect(refusalOfSending(policy, { ...WANTED, expiresIn: '1d' })).toBeNull();
  });

  it('asks everybody for a passphrase, where one is required', () => {
    const policy: SendingPolicy = { ...OPEN, passphraseRequired: true };
    expect(refusalOfSending(policy, { ...WANTED, isStaff: true })).toEqual({
      field: 'passphrase',
      code: 'passphrase_required',
    });
    expect(refusalOfSending(policy, { ...WANTED, hasPassphrase: true })).toBeNull();
  });
});
