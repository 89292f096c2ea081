import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { setInOneFont, violations } from './axe.ts';
import { reaches, scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK =
  '#v=2&engine=wasm&prompts=2&group-size=4&eval-problems=12&eval-samples=0&eval-every=2';

const openFolds = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });

describe('anyone', () => {
  it.each([
    [1440, 'light', 720],
    // A narrow phone, and half of the window: magnified to 200 %.
    [390, 'dark', 360],
  ] as const)(
    'can use the page at %i px in %s, with every card, fold and dialog open',
    async (width, colorScheme, narrow) => {
      const { page, errors } = await open(`${QUICK}&steps=4`, { width, height: 844, colorScheme });
      await statusSays(page, 'ready to train');
      const isOpen = async (title: string): Promise<void> => {
        await page.getByRole('dialog', { name: title }).waitFor();
        expect(await violations(page, { within: 'dialog:modal' }), title).toEqual([]);
      };
      await page.keyboard.press('?');
      await isOpen('Keys');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Share' }).click();
      await isOpen('Share');
      await page.getByRole('button', { name: 'Embed …' }).click();
      await isOpen('Put this run into a page');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Put' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await openFolds(page);
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await reaches(page, 1);
      await scrollThrough(page);
      await page.getByRole('button', { name: /^Look into/ }).click();
      await page.locator('.microscope .said').waitFor();
      await openFolds(page);
      for (const button of await page.getByRole('button', { name: /: data$/ }).all())
        await button.click();
      await page.locator('.data table').nth(4).waitFor();
      expect(await violations(page)).toEqual([]);

      await page.setViewportSize({ width: narrow, height: 740 });
      await setInOneFont(page);
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { timeout: 30_000 })
        .toBeLessThanOrEqual(narrow);
      expect(errors).toEqual([]);
    },
  );

  it('with a keyboard alone skips to the figures, reaches the controls in their order, and goes to every section', async () => {
    const { page } = await open(`${QUICK}&steps=4`);
    await statusSays(page, 'ready to train');
    await page.getByRole('link', { name: 'Compare' }).waitFor();
    await page.getByRole('slider', { name: 'Held-out pass@k: cursor' }).waitFor();
    const address = page.url();
    const wanted = [
      ...['Skip to the figures', '▶ Play', 'Step', 'Reset', 'New seed'],
      ...['pass@1', 'entropy', 'Run', 'Compare', 'Held-out pass@k: cursor'],
    ];
    const reached: string[] = [];
    while (!reached.includes(wanted.at(-1)!) && reached.length < 60) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          return (element.ariaLabel ?? element.textContent).replace(/\s+/g, ' ').trim();
        }),
      );
    }
    expect(
      reached.filter((name) => wanted.includes(name)),
      reached.join(' | '),
    ).toEqual(wanted);

    for (const [name, id] of [
      ['Skip to the figures', 'run'],
      ['Algorithm', 'algorithm'],
      ['Compare', 'compare'],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement!.id)).toBe(id);
      expect(page.url()).toBe(address);
    }
    const top = await page.evaluate(
      () => document.activeElement!.getBoundingClientRect().top / innerHeight,
    );
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(0.4);
  });

  it('sees nothing move while it trains, in a wide window and on a phone', async () => {
    const { page } = await open(`${QUICK}&steps=30`);
    await page.getByRole('link', { name: 'Compare' }).waitFor();
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await statusSays(page, 'ready to train');
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => {
        const shifts: string[] = [];
        Object.assign(window, { shifts });
        type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as Shift[])
            shifts.push(
              `${entry.value}: ${entry.sources.map(({ node }) => node?.textContent?.slice(0, 60) || (node as Element)?.outerHTML?.slice(0, 60)).join(' | ')}`,
            );
        }).observe({ type: 'layout-shift' });
        // Not by a real click: what moves within half a second of one is not told.
        [...document.querySelectorAll('button')]
          .find(({ textContent }) => textContent.includes('Play'))!
          .click();
      });
      await statusSays(page, 'finished at step 30');
      const shifts = await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
      expect(shifts, `${width} px`).toEqual([]);
      await page.getByRole('button', { name: 'Reset' }).click();
    }
  });
});

it('at first sight the recorded run is there with both figures, nothing computes, and Play begins one worker', async () => {
  const scripts: string[] = [];
  const { page, errors } = await open('', {
    width: 1440,
    height: 900,
    before: async (page) =>
      page.on('request', (request) => scripts.push(request.url().split('/').at(-1)!)),
  });
  await page.getByText('Recorded run', { exact: true }).waitFor();
  await page.locator('[data-headline="pass@1"]', { hasText: '0.347' }).waitFor();
  await page.waitForSelector('[data-card=problems] > *');
  // Both begin well within the window, whatever fonts there are.
  const tops = await page
    .locator('#run figure')
    .evaluateAll((figures) => figures.map((figure) => figure.getBoundingClientRect().top));
  expect(tops.length).toBe(2);
  expect(Math.max(...tops)).toBeLessThanOrEqual(600);
  await page.waitForLoadState('networkidle');
  expect(scripts.filter((name) => /^(worker|engine)/.test(name))).toEqual([]);
  expect(page.workers()).toEqual([]);

  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'evaluating the base');
  expect(page.workers().length).toBe(1);
  expect(errors).toEqual([]);
});
