import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, contentSecurity, WASM } from '../../src/build/contentSecurity.ts';

const source = await readFile(new URL('../../index.html', import.meta.url), 'utf8');
const POLICY = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"/;

describe('the content security policy', () => {
  it('of the page is the one that is told of, before anything that it is to hold', () => {
    expect(POLICY.exec(source)![1]).toBe(CONTENT_SECURITY_POLICY);
    const before = source.slice(0, source.search(POLICY));
    expect(before).not.toMatch(/<(script|link|style|img)/);
    expect(CONTENT_SECURITY_POLICY.replace(WASM, '')).not.toMatch(/unsafe|\*|https?:/);
  });

  it('is looser while developing, in styles and sockets only', () => {
    const html = contentSecurity().transformIndexHtml(source);
    const added = POLICY.exec(html)![1]!.replace(CONTENT_SECURITY_POLICY, '');
    expect(added).toBe("; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:");
    expect(contentSecurity().apply).toBe('serve');
  });
});
