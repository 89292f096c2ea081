/**
 * Makes the pictures that the site has beside its pages: the icons from public/icon.svg, and public/og.png, which links
 * to the page are shown with, from the built page as it opens. Run by `npx tsx test/pictures.ts`.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { builtFolder } from './buildSite.ts';
import { startSite } from './journeys/site.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../public/${name}`, import.meta.url));

const site = await startSite({ folder: await builtFolder(), webgl: true });
const svg = await readFile(fileOf('icon.svg'), 'utf8');
for (const size of [192, 512]) {
  const page = await site.browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: fileOf(`icon-${size}.png`) });
  await page.close();
}

// Of the page, what can be read on a small card: the headline and the two figures, without controls.
const page = await site.browser.newPage({
  viewport: { width: 1500, height: 787 },
  deviceScaleFactor: 0.8,
  colorScheme: 'light',
  bypassCSP: true,
});
await page.goto(site.url);
await page.addStyleTag({
  content: `.bar, main > aside, header > :not(h1, p) { display: none !important }
    main { display: block !important }
    .strip { margin-bottom: 12px }`,
});
await page.waitForFunction(() => /crossing at k/.test(document.body.textContent));
await page.waitForLoadState('networkidle');
await page.screenshot({ path: fileOf('og.png') });
await site.browser.close();
await site.close();
