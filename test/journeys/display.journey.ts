import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { QUICK, layoutOf, openRoom, play, seeRooms, timeline } from './reader.ts';
import { statusSays, useSite } from './site.ts';

const open = useSite();

/** How many different looks elements have, by these properties. */
const looksOf = (page: Page, selector: string, ...properties: string[]): Promise<number> =>
  page
    .locator(selector)
    .evaluateAll(
      (elements, names) =>
        new Set(
          elements.map((element) =>
            names.map((name) => getComputedStyle(element).getPropertyValue(name)).join(),
          ),
        ).size,
      properties,
    );

/** The share of the window's height that the bar takes where the page is scrolled. */
async function stickingShare(page: Page): Promise<number> {
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  const bar = page.locator('.bar').first();
  return bar.evaluate((element) => element.getBoundingClientRect().bottom / innerHeight);
}

describe('as the reader has set the display', () => {
  it.each(['light', 'dark'] as const)(
    'in forced colours (%s) the map keeps its cells, the timeline its track, a tab its mark',
    async (colorScheme) => {
      const { page } = await open(`#${QUICK}&steps=20`, {
        colorScheme,
        before: (page) => page.emulateMedia({ forcedColors: 'active' }),
      });
      await play(page, 20);
      await openRoom(page, 'problems');
      await page.locator('[role=gridcell]').nth(23).waitFor();
      expect(
        await page
          .locator('[role=gridcell]')
          .first()
          .evaluate((cell) => getComputedStyle(cell).backgroundImage),
      ).toContain('gradient');
      expect(await looksOf(page, '[role=gridcell]', 'background-image')).toBeGreaterThan(10);
      // Lost and gained in the legend, whatever became of these few problems.
      expect(await looksOf(page, '.legend .key', 'border-top-color', 'border-top-style')).toBe(2);
      expect(await looksOf(page, '.ramp', 'background-image')).toBe(1);
      expect(
        await page.locator('.ramp').evaluate((ramp) => getComputedStyle(ramp).backgroundImage),
      ).toContain('gradient');
      expect(
        await timeline(page).evaluate((range) => getComputedStyle(range).forcedColorAdjust),
      ).toBe('none');
      expect(await looksOf(page, '#rooms [role=tab]', 'border-bottom-color')).toBe(2);
      // Each line of a figure has a colour of its own on the ground that the reader has set.
      const lines = 'svg[aria-label^="pass@k over training"] path:not(.domain)';
      expect(await looksOf(page, lines, 'stroke')).toBeGreaterThanOrEqual(4);
    },
  );

  it.each([
    ['the window magnified to 200 %', { width: 720, height: 450 }, '100%'],
    ['the text alone magnified to 200 %', { width: 1440, height: 900 }, '200%'],
    ['a phone that lies', { width: 844, height: 390 }, '100%'],
  ])('%s: nothing reaches beyond it, and the bar leaves room', async (_, size, fontSize) => {
    const { page, errors } = await open(`#${QUICK}&steps=4`, size);
    await statusSays(page, 'ready to train');
    await page.evaluate((text) => (document.documentElement.style.fontSize = text), fontSize);
    await timeline(page).waitFor();
    const range = await timeline(page).boundingBox();
    expect(range!.width).toBeGreaterThan(0.25 * size.width);
    await play(page, 4);
    await seeRooms(page, async (room) => {
      await expect
        .poll(async () => (await layoutOf(page)).beyond, { timeout: 30_000, message: room })
        .toBeLessThanOrEqual(0);
      expect(await stickingShare(page), room).toBeLessThanOrEqual(0.2);
      // What is pressed most is in what sticks.
      const play = (await page.locator('[data-control=play]').boundingBox())!;
      expect(play.y, room).toBeGreaterThanOrEqual(0);
    });
    expect(errors).toEqual([]);
  });
});
