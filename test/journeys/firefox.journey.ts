import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { isRecorded, path, press, says, textOf, useFirefox, SMALL } from './firefoxPage.ts';

const { errors, open, site } = useFirefox();

/** The line of now in the figure of pass@k. */
const lineOfNow = (page: Page) =>
  page.$$eval('svg[aria-label^="Held-out pass@k"] path', (paths) =>
    paths.map((path) => path.getAttribute('d')).join(),
  );

describe.skipIf(!path)('in Firefox', () => {
  it('the page opens with its recorded run, fits the window, and trains live', async () => {
    const page = await open(site().url);
    await isRecorded(page);
    expect(await textOf(page, '[data-headline="pass@1"]')).toContain('0.347');
    await page.goto('about:blank');

    await page.goto(`${site().url}#${SMALL}&steps=12&lr=0.003`);
    await says(page, '.status', 'ready to train');
    const before = await lineOfNow(page);
    await press(page, 'Play');
    await says(page, '.status', 'finished at step 12');
    await press(page, 'More');
    await expect.poll(() => page.$('.badge')).not.toBe(null);
    expect(await textOf(page, '.badge')).toMatch(/WebAssembly|WebGL on/);
    const after = await lineOfNow(page);
    expect(after).not.toBe(before);

    // Back by the keyboard, and the figures with it.
    await page.focus('input[type=range][aria-label^=Timeline]');
    await page.keyboard.press('Home');
    await says(page, 'body', 'step 0 of 12');
    await expect.poll(() => lineOfNow(page), { timeout: 30_000 }).not.toBe(after);
    expect(errors).toEqual([]);
  });
});
