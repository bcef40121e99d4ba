import { describe, expect, it } from 'vitest';
import { dashboardPath, readDashboardQuery } from '@/lib/dashboard/query';

const EVERYTHING = { show: 'all', kind: 'all', after: null } as const;

describe('what the address of the dashboard asks for', () => {
  it.each([
    ['nothing', {}],
    ['other words', { show: 'every', kind: 'constructor', after: 'x' }],
    ['lists', { show: ['waiting', 'ended'], kind: ['secrets'], after: ['1-0123456789abcdef'] }],
    ['what a database might take for an operator', { show: '{"not":"all"}', after: "1-' OR 1=1" }],
    ['a number that is none', { after: 'NaN-0123456789abcdef' }],
    ['a number beyond all time', { after: '9999999999999999-0123456789abcdef' }],
  ])('is everything, from the newest, when it says %s', (_, given) => {
    expect(readDashboardQuery(given)).toEqual(EVERYTHING);
  });

  it('is read as it was written', () => {
    for (const query of [
      { show: 'waiting', kind: 'secrets', after: { createdAtMs: 17, handle: 'A'.repeat(34) } },
      { show: 'ended', kind: 'requests', after: { createdAtMs: 0, handle: '0123456789abcdef' } },
      { show: 'all', kind: 'all', after: null },
    ] as const) {
      const url = new URL(dashboardPath(query, query.after), 'http://localhost');
      expect(readDashboardQuery(Object.fromEntries(url.searchParams))).toEqual(query);
    }
    expect(dashboardPath(EVERYTHING)).toBe('/dashboard');
  });
});
