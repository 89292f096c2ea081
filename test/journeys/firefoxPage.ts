import { readdir, readFile } from 'node:fs/promises';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { firefoxPath } from '../firefox.ts';
import { serveSite, type ServedSite } from './site.ts';

export const path = firefoxPath();
export const SMALL = 'v=2&prompts=4&group-size=4&eval-problems=12&eval-samples=0&eval-every=4';

/**
 * The built site in Firefox, driven over WebDriver BiDi. By Puppeteer, since Playwright 1.65 (its channel `moz-firefox`)
 * opens no page in an extended-support release: whatever its options, it first sends `emulation.setMediaFeaturesOverride`,
 * which Firefox 153 answers with "unknown command".
 */
export function useFirefox() {
  const errors: string[] = [];
  let site: ServedSite;
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close();
    browser = null;
  };
  beforeAll(async () => {
    if (path) site = await serveSite();
  });
  afterEach(async () => {
    await close();
    errors.length = 0;
  });
  afterAll(() => site?.close());

  return {
    /** What the pages have complained of since the test began. */
    errors,
    site: (): ServedSite => site,
    /** The processes of the browser that compute for its GPU. */
    gpuProcesses: () => gpuProcessesUnder(browser!.process()!.pid!),
    /** Opens an address in a browser of its own, in the place of the one before. */
    async open(
      address: string,
      {
        width = 1440,
        height = 900,
        preferences = {} as Record<string, unknown>,
        /** The name of a screen; none is needed but for WebGL. */
        display = null as string | null,
      } = {},
    ): Promise<Page> {
      await close();
      browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath: path!,
        headless: display === null,
        env: { ...process.env, ...(display === null ? {} : { DISPLAY: display }) },
        extraPrefsFirefox: preferences,
      });
      const page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.setViewport({ width, height }).catch((error: Error) => {
        // With the size it sets an orientation, which a release with extended support does not know.
        if (!error.message.includes('setScreenOrientationOverride')) throw error;
      });
      await page.goto(address);
      return page;
    },
  };
}

/** Those that a process has started, by what Firefox writes at the end of their command lines. */
async function gpuProcessesUnder(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter(Number.isInteger)) {
    const [status, command] = await Promise.all(
      ['status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    const isChild = status!.includes(`PPid:\t${parent}\n`);
    if (isChild && command!.split('\0').filter(Boolean).at(-1) === 'gpu') found.push(pid);
  }
  return found;
}

type Where = Page | Frame;
/**
 * Waits until the element's text contains the words. By asking again and again, since Puppeteer's own waiting needs what the
 * page's policy forbids.
 */
export async function says(where: Where, selector: string, words: string): Promise<void> {
  const text = () =>
    // A page that is being left has nothing to ask.
    where.evaluate((at) => document.querySelector(at)?.textContent ?? '', selector).catch(() => '');
  await expect.poll(text, { timeout: 60_000 }).toContain(words);
}
export const isRecorded = (page: Page) => says(page, 'main', 'crossing at k');
export const textOf = (where: Where, selector: string) =>
  where.$eval(selector, (element) => element.textContent);
export async function press(where: Where, name: string): Promise<void> {
  const buttonOf = async () => {
    for (const button of await where.$$('button'))
      if (await button.evaluate((at, wanted) => at.textContent.includes(wanted), name))
        return button;
    return null;
  };
  await expect.poll(buttonOf, { timeout: 60_000 }).not.toBe(null);
  // By itself, since Puppeteer looks for the place of a frame in a way that Firefox does not know.
  await (await buttonOf())!.evaluate((element) => element.click());
}
