import { readFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, contentSecurity } from '../../src/build/contentSecurity.ts';
import { buildSite } from '../buildSite.ts';

const source = await readFile(new URL('../../index.html', import.meta.url), 'utf8');
const POLICY = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"/;

describe('the content security policy', () => {
  it('of the page is the one that is told of, before anything that it is to hold', () => {
    expect(POLICY.exec(source)![1]).toBe(CONTENT_SECURITY_POLICY);
    const before = source.slice(0, source.search(POLICY));
    expect(before).not.toMatch(/<(script|link|style|img)/);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
  });

  it('is looser while developing, in styles and sockets only', () => {
    const html = contentSecurity().transformIndexHtml(source);
    const added = POLICY.exec(html)![1]!.replace(CONTENT_SECURITY_POLICY, '');
    expect(added).toBe("; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:");
    expect(contentSecurity().apply).toBe('serve');
  });

  it('is in every built page, and no built page has a script or a style of its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rlvr-trust-'));
    try {
      await buildSite(folder);
      const pages = (await readdir(folder, { recursive: true })).filter((f) => f.endsWith('.html'));
      expect(pages).toContain('index.html');
      for (const page of pages) {
        const html = await readFile(join(folder, page), 'utf8');
        expect(POLICY.exec(html)?.[1], page).toBe(CONTENT_SECURITY_POLICY);
        for (const [script] of html.matchAll(/<script\b[^>]*>/g))
          expect(script, page).toMatch(/\bsrc="\.{1,2}\//);
        expect(html, page).not.toMatch(/<style\b|\sstyle=|\son\w+=|javascript:/i);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
