import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import { firefoxPath } from '../firefox.ts';
import { startHostPage } from './hostPage.ts';
import { serveSite, type ServedSite } from './site.ts';

/**
 * The built site in Firefox, driven over WebDriver BiDi. Puppeteer, since Playwright's own way over BiDi asks more of
 * Firefox than an extended-support release has.
 */
const path = firefoxPath();
const SMALL = 'prompts=4&group-size=4&eval-problems=12&eval-samples=0&eval-every=4';

let site: ServedSite;
let browser: Browser | null = null;
const errors: string[] = [];
beforeAll(async () => {
  if (path) site = await serveSite();
});
afterEach(async () => {
  await browser?.close();
  errors.length = 0;
});
afterAll(() => site?.remove());

async function open(
  address: string,
  { width = 1440, height = 900, preferences = {} as Record<string, unknown> } = {},
): Promise<Page> {
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: path!,
    extraPrefsFirefox: preferences,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.setViewport({ width, height });
  await page.goto(address);
  return page;
}

type Where = Page | Frame;
/** Waits until the element's text contains the words. */
const says = (where: Where, selector: string, words: string) =>
  where.waitForFunction(
    (at, wanted) => document.querySelector(at)?.textContent?.includes(wanted),
    {},
    selector,
    words,
  );
const isRecorded = (page: Page) => says(page, 'main', 'crossing at k');
const textOf = (where: Where, selector: string) =>
  where.$eval(selector, (element) => element.textContent);
async function press(where: Where, name: string): Promise<void> {
  const button = await where.waitForSelector(`::-p-xpath(//button[contains(., '${name}')])`);
  await button!.click();
}
/** The line of now in the figure of pass@k. */
const lineOfNow = (page: Page) =>
  page.$$eval('svg[aria-label^="Held-out pass@k"] path', (paths) =>
    paths.map((path) => path.getAttribute('d')).join(),
  );

describe.skipIf(!path)('in Firefox', () => {
  it('the page opens with its recorded run, fits the window, and trains live', async () => {
    const page = await open(site.url);
    await isRecorded(page);
    expect(await textOf(page, '[data-headline="pass@1"]')).toContain('0.341');
    await page.goto('about:blank');

    await page.goto(`${site.url}#${SMALL}&steps=12&lr=0.003`);
    await says(page, '.status', 'ready to train');
    const before = await lineOfNow(page);
    await press(page, 'Play');
    await says(page, '.status', 'finished at step 12');
    expect(await textOf(page, 'header')).toMatch(/TypeScript|WebGL on/);
    const after = await lineOfNow(page);
    expect(after).not.toBe(before);

    // Back by the keyboard, and the figures with it.
    await page.focus('input[type=range][aria-label^=Timeline]');
    await page.keyboard.press('Home');
    await page.waitForFunction(() => /step 0 of 12/.test(document.body.textContent));
    await page.waitForFunction(
      (line) =>
        [...document.querySelectorAll('svg[aria-label^="Held-out pass@k"] path')]
          .map((path) => path.getAttribute('d'))
          .join() !== line,
      {},
      after,
    );
    expect(errors).toEqual([]);
  });

  it('has no bar to scroll sideways by, on a phone or a tablet', async () => {
    for (const width of [390, 768]) {
      const page = await open(site.url, { width });
      await isRecorded(page);
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      expect(scrollWidth, `at ${width} px`).toBe(clientWidth);
      expect(errors).toEqual([]);
      await browser!.close();
    }
  });

  it('trains on the TypeScript engine where WebGL is switched off, and says why', async () => {
    const page = await open(`${site.url}#${SMALL}&steps=4`, {
      preferences: { 'webgl.disabled': true },
    });
    await says(page, '.status', 'ready to train');
    await press(page, 'Play');
    await says(page, '.status', 'finished at step 4');
    expect(await textOf(page, 'header')).toContain('TypeScript');
    await says(page, 'body', 'WebGL cannot run here');
    expect(errors).toEqual([]);
  });

  it('runs an embed in a page of another origin', async () => {
    const host = await startHostPage(
      `<rlvr-playground id="a" engine="reference" steps="6" figures="passk"
        ${SMALL.replace(/([\w-]+)=(\w+)&?/g, '$1="$2" ')}></rlvr-playground>`,
      site.url,
    );
    try {
      const page = await open(host.url);
      const handle = await page.waitForSelector('#a >>> iframe');
      const frame = (await handle!.contentFrame())!;
      await press(frame, 'Run it here');
      await says(frame, '.status', 'finished at step 6');
      const state = await page.$eval('#a', (element) => (element as RlvrPlayground).state());
      expect(state).toMatchObject({ status: 'finished', step: 6 });
      // The other page has no icon, and a policy that lets none be looked for.
      expect(errors.filter((error) => !error.includes(`${host.url}favicon.ico`))).toEqual([]);
    } finally {
      await host.close();
    }
  });

  it('keeps the page for offline use', async () => {
    const page = await open(site.url);
    await isRecorded(page);
    await says(page, 'footer', 'Saved for offline use:');
    await site.stopServing();
    await page.reload();
    await isRecorded(page);
    expect(errors).toEqual([]);
  });
});
