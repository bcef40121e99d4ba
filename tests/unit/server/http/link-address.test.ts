import { describe, expect, it } from 'vitest';
import { properUrl } from '@/lib/server/http/link-address';

const TOKEN = 'AbC-_'.repeat(8);
const STARTS = ['/s/', '/invitation/', '/recover/', '/email/'];

describe('a link that ends with a token and holds nothing else', () => {
  it.each(STARTS)('is read past what was taken along with it: %s', (start) => {
    const taken = ['.', ')', '>', '*', '"', '/', '.)', '%3E', '%20', '%C2%BB', '&f=1', '.?utm=1'];
    for (const behind of taken)
      expect(properUrl(start + TOKEN + behind), behind).toBe(start + TOKEN);
  });

  it.each(STARTS)('keeps its query, by which a part of its page is asked for: %s', (start) => {
    for (const query of ['?_rsc=x', '?utm=1', '?']) {
      expect(properUrl(start + TOKEN + query)).toBe(start + TOKEN + query);
    }
  });

  it.each(STARTS)('has one spelling: whatever else is in it is no token: %s', (start) => {
    for (const odd of ['%41', '=', '+', '/x', '%23x', '~A', '%2F..%2Fx', '%']) {
      expect(properUrl(start + TOKEN + odd + 'A'), odd).toBe(`${start}~`);
    }
    expect(properUrl(`${start}%29`)).toBe(`${start}~`);
  });

  it('is only what stands under one of these addresses', () => {
    for (const url of [
      '/recover',
      '/recover?x=.',
      '/recover/',
      '/sign-in?next=/s/x.',
      '/settings.',
    ]) {
      expect(properUrl(url)).toBe(url);
    }
  });
});
