import { describe, expect, it } from 'vitest';
import { siteAddress } from '../../src/build/linkCards.ts';

describe('SITE_URL', () => {
  it('may be left out, end with a slash or not, and be nothing but an address', () => {
    expect(siteAddress(undefined)).toBe('./');
    expect(siteAddress('https://example.org')).toBe('https://example.org/');
    expect(siteAddress('http://localhost:80/a/')).toBe('http://localhost/a/');
    for (const wrong of ['example.org', 'ftp://example.org', 'https://example.org/?a', '/rlvr'])
      expect(() => siteAddress(wrong)).toThrow(`SITE_URL is '${wrong}', expected an address`);
  });
});
