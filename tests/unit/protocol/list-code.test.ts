import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawCodeList, foldListCode, hashListCode, isListCode } from '@/lib/protocol/codes';

const ACCOUNT = '00000000-0000-4000-8000-000000000001';

describe('a list of codes', () => {
  it('is ten codes of four groups of four, without the letters that are taken for digits', () => {
    for (let round = 0; round < 100; round += 1) {
      const codes = drawCodeList();
      expect(new Set(codes).size).toBe(10);
      for (const code of codes)
        expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
    }
  });

  it('is new every time, and favours no letter', () => {
    const codes = Array.from({ length: 500 }, drawCodeList).flat();
    expect(new Set(codes).size).toBe(5_000);
    const counts = new Map<string, number>();
    for (const letter of codes.join('').replaceAll('-', '')) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    // 80,000 letters of 31: about 2,581 of each, give or take 50; eight such steps are never seen.
    expect(counts.size).toBe(31);
    for (const count of counts.values()) expect(Math.abs(count - 80_000 / 31)).toBeLessThan(400);
  });

  it('is read in whatever spelling it is typed', () => {
    const [code = ''] = drawCodeList();
    for (const typed of [code, code.toUpperCase(), code.replaceAll('-', ' '), ` ${code} `]) {
      expect(isListCode(foldListCode(typed))).toBe(true);
    }
    for (const no of ['', code.slice(1), `${code}a`, code.replace(/^./, '1')]) {
      expect(isListCode(foldListCode(no))).toBe(false);
    }
  });
});

describe('what a server keeps of a code', () => {
  it('is the hash that the specification gives, for one account alone', async () => {
    const written = `sealpost v1 list code ${ACCOUNT} abcdefghjkmnpqrs`;
    const expected = createHash('sha256').update(written).digest();
    expect(Buffer.from(await hashListCode(ACCOUNT, 'abcd-efgh-jkmn-pqrs'))).toEqual(expected);
    expect(Buffer.from(await hashListCode(ACCOUNT, 'ABCD EFGH JKMN PQRS'))).toEqual(expected);
    expect(expected.toString('hex')).toBe(
      'd033a819202293881afd6c67589b247c8a783123cceb0ecaa8c12a824af35051',
    );
    const other = ACCOUNT.replace(/1$/, '2');
    expect(Buffer.from(await hashListCode(other, 'abcd-efgh-jkmn-pqrs'))).not.toEqual(expected);
  });
});
