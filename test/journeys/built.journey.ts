import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import {
  BEFORE_PLAY_BYTES,
  gzipBytes,
  manifestOf,
  scriptsBeforePlay,
} from '../../src/build/beforePlay.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/build/contentSecurity.ts';
import { SITE_URL as SITE } from '../builtSite.ts';
import { useSite } from './site.ts';

const folder = inject('site');
const read = (file: string) => readFile(join(folder, file));
/** The attributes of each tag of a name, as they stand. */
const tagsOf = (html: string, name: string): Record<string, string>[] =>
  [...html.matchAll(new RegExp(`<${name}\\s([^>]*)>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries(
      [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [
        key!,
        value!.replaceAll('&amp;', '&'),
      ]),
    ),
  );
/** Whether an address of the site is one of a file that was built. */
const isBuilt = (address: string): boolean =>
  address.startsWith(SITE) &&
  existsSync(join(folder, new URL(address).pathname.slice(new URL(SITE).pathname.length)));
/** Width and height of a PNG, from its first chunk. */
const sizeOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('a link to the page, shown by another site', () => {
  it('has a card, with whole addresses of files that there are', async () => {
    const html = (await read('index.html')).toString();
    const card = Object.fromEntries(
      tagsOf(html, 'meta').map(({ property, name, content }) => [property ?? name, content]),
    );
    expect(card).toMatchObject({
      'og:type': 'website',
      'og:title': 'RLVR Playground',
      'og:url': SITE,
      'twitter:card': 'summary_large_image',
    });
    expect(card['og:description']).toBe(card['description']);
    expect(isBuilt(card['og:url']!)).toBe(true);
    expect(isBuilt(card['og:image']!)).toBe(true);
    const picture = await read('og.png');
    expect(sizeOf(picture).map(String)).toEqual([card['og:image:width'], card['og:image:height']]);
    expect(picture.length).toBeLessThanOrEqual(150_000);
  });

  it('has an embed, as oEmbed describes it', async () => {
    const links = tagsOf((await read('index.html')).toString(), 'link');
    const { href } = links.find(({ type }) => type === 'application/json+oembed')!;
    expect(href).toBe(`${SITE}oembed.json`);
    const data = JSON.parse((await read('oembed.json')).toString());
    expect(data).toMatchObject({ version: '1.0', type: 'rich', provider_url: SITE });
    expect(isBuilt(data.thumbnail_url)).toBe(true);
    const [frame] = tagsOf(data.html, 'iframe');
    expect(isBuilt(frame!['src']!)).toBe(true);
    expect([Number(frame!['width']), Number(frame!['height'])]).toEqual([data.width, data.height]);
    expect(new URL(frame!['src']!).searchParams.get('preset')).toBe('crossing');
  });

  it('leaves the page of the frame as it is', async () => {
    const html = (await read('v1/embed.html')).toString();
    expect(html).not.toMatch(/og:|oembed/);
  });
});

describe('the app that the page can be installed as', () => {
  it('has the icons that it names, in the sizes that it says', async () => {
    const [link] = tagsOf((await read('index.html')).toString(), 'link').filter(
      ({ rel }) => rel === 'manifest',
    );
    const { icons, start_url } = JSON.parse((await read(link!['href']!)).toString());
    expect(start_url).toBe('./');
    const drawn = icons.filter(({ type }: { type: string }) => type === 'image/png');
    expect(drawn.length).toBe(2);
    for (const { src, sizes } of drawn) expect(sizeOf(await read(src)).join('x')).toBe(sizes);
    expect((await read('icon.svg')).toString()).toContain('viewBox="0 0 512 512"');
  });
});

describe('every built page', () => {
  it('has the policy, and no script or style of its own', async () => {
    const pages = (await readdir(folder, { recursive: true })).filter((f) => f.endsWith('.html'));
    expect(pages).toContain('index.html');
    for (const page of pages) {
      const html = (await read(page)).toString();
      const [policy] = tagsOf(html, 'meta').filter(
        (meta) => meta['http-equiv'] === 'Content-Security-Policy',
      );
      expect(policy?.['content'], page).toBe(CONTENT_SECURITY_POLICY);
      for (const [script] of html.matchAll(/<script\b[^>]*>/g))
        expect(script, page).toMatch(/\bsrc="\.{1,2}\//);
      expect(html, page).not.toMatch(/<style\b|\sstyle=|\son\w+=|javascript:/i);
    }
  });
});

describe('what the page loads before Play', () => {
  const open = useSite();
  const counted = scriptsBeforePlay(manifestOf(folder));

  it('is within its budget, with 15 % of room', () => {
    expect(counted.length).toBeGreaterThan(10);
    expect(1.15 * gzipBytes(folder, counted)).toBeLessThanOrEqual(BEFORE_PLAY_BYTES);
  });

  it('is what the build has counted, and nothing that computes', async () => {
    const loaded: string[] = [];
    const { page } = await open('', {
      before: async (page) => {
        page.on('response', (response) => {
          if (response.url().endsWith('.js')) loaded.push(new URL(response.url()).pathname);
        });
      },
    });
    await page.locator('[data-card=problems] > *').first().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    const names = loaded.map((path) => path.slice(path.indexOf('assets/')));
    expect(names).toContain(manifestOf(folder)['index.html']!.file);
    expect(names.filter((name) => !counted.includes(name))).toEqual([]);
    expect(page.workers()).toEqual([]);
  });
});
