import type { FrameLocator, Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { DECK, SLIDES } from '../../src/ui/lecture/deck.ts';
import { violations } from './axe.ts';
import { startDeck, type HostPage } from './hostPage.ts';
import { useSite } from './site.ts';

const open = useSite();

const SMALL =
  'engine=reference&prompts=4&group-size=4&eval-problems=12&eval-samples=0&eval-every=5';

const heading = (page: Page | FrameLocator) => page.locator('h1').textContent();
const says = (page: Page | FrameLocator, words: string) =>
  page.locator('.status', { hasText: words }).waitFor({ timeout: 60_000 });

describe('the lecture', () => {
  it('shows a recorded run at once, at the step of its slide, with nothing that computes', async () => {
    const { page, errors } = await open('#view=lecture&slide=crossing');
    await says(page, 'recorded run, seed 1, step 300');
    expect(await heading(page)).toBe(SLIDES.crossing);
    await page.getByText('crossing at k ≈ 11').waitFor();
    expect(await page.locator('[data-headline="pass@1"] b').textContent()).toBe('0.341');
    expect(page.workers().length).toBe(0);

    await page.keyboard.press('Home');
    expect(await heading(page)).toBe(SLIDES.base);
    await says(page, 'recorded run, seed 1, step 0');
    await page.keyboard.press('PageDown');
    await says(page, 'recorded run, seed 1, step 60');
    expect(errors).toEqual([]);
  });

  it('goes through the deck by the keys of a presenter, and names the slide in the address', async () => {
    const { page } = await open('#view=lecture&theme=dark');
    await page.waitForSelector('h1');
    const keys = ['ArrowRight', 'PageDown', 'n', 'PageUp', 'p', 'ArrowLeft'];
    const places = [1, 2, 3, 2, 1, 0];
    for (const [i, key] of keys.entries()) {
      await page.keyboard.press(key);
      expect(await heading(page)).toBe(SLIDES[DECK[places[i]!]!.id]);
    }
    // Beyond the ends there is nothing.
    await page.keyboard.press('ArrowLeft');
    expect(await heading(page)).toBe(SLIDES[DECK[0]!.id]);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    const last = DECK.at(-1)!;
    expect(await heading(page)).toBe(SLIDES[last.id]);
    expect(page.url()).toContain(`#view=lecture&slide=${last.id}&theme=dark`);
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
    await page.reload();
    await page.waitForSelector('h1');
    expect(await heading(page)).toBe(SLIDES[last.id]);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });

  it('has all else on keys: figures one at a time, size, theme, a dark screen, the list', async () => {
    const { page } = await open('#view=lecture&slide=crossing');
    const shown = () =>
      page
        .locator('[data-figure]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-figure')));
    await page.waitForSelector('[data-figure=training] svg');
    expect(await shown()).toEqual(['passk', 'training']);
    await page.keyboard.press('v');
    expect(await shown()).toEqual(['passk']);
    await page.keyboard.press('v');
    expect(await shown()).toEqual(['training']);
    await page.keyboard.press('v');
    expect(await shown()).toEqual(['passk', 'training']);

    const height = async () => (await page.locator('h1').boundingBox())!.height;
    const before = await height();
    await page.keyboard.press('+');
    expect(await height()).toBeGreaterThan(1.05 * before);
    await page.keyboard.press('-');

    await page.keyboard.press('t');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.keyboard.press('b');
    await page.locator('.black').waitFor();
    await page.keyboard.press('x');
    expect(await page.locator('.black').count()).toBe(0);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys of a presenter' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('trains a slide of its own settings live, and shows no recording of others for it', async () => {
    const { page, errors } = await open(`#view=lecture&slide=still&${SMALL}&steps=10`);
    await says(page, 'ready: space trains it here');
    expect(await page.getByText('Recorded run').count()).toBe(0);
    const base = await page.locator('[data-headline="pass@1"] .from').textContent();
    await page.keyboard.press(' ');
    await says(page, 'live, seed 1, step 10 of 10');
    // The learning rate is 0, to the last digit.
    expect(await page.locator('[data-headline="pass@1"] b').textContent()).toBe(base);
    expect(await page.locator('[data-headline="pass@1"] .change').textContent()).toContain(
      'no change',
    );
    await page.keyboard.press('r');
    await says(page, 'ready: space trains it here');
    expect(errors).toEqual([]);
  });

  it('trains to its step with a bar beside it, and stays where that is cancelled', async () => {
    const { page, errors } = await open(`#view=lecture&slide=still&${SMALL}&steps=5000&step=4000`);
    const bar = page.getByRole('progressbar', { name: /4,?000/ });
    await bar.waitFor({ timeout: 60_000 });
    expect(Number(await bar.getAttribute('max'))).toBe(4000);
    await expect
      .poll(async () => Number(await bar.getAttribute('value')), { timeout: 60_000 })
      .toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await bar.waitFor({ state: 'detached' });
    const place = await page.getByText(/live, seed 1, step \d+ of 5,?000/).textContent();
    await page.waitForTimeout(500);
    expect(await page.getByText(/live, seed 1, step/).textContent()).toBe(place);
    expect(errors).toEqual([]);
  });

  it('names what of its link it cannot show', async () => {
    const { page } = await open('#view=lecture&slide=cinema&figures=volume');
    await page.getByText("slide is 'cinema', expected one of base, training, crossing").waitFor();
    await page.getByText("figures has 'volume', expected some of passk").waitFor();
    expect(await heading(page)).toBe(SLIDES[DECK[0]!.id]);
  });

  it.each([
    [1440, 900],
    [1920, 1080],
    [960, 700],
  ])(
    'fits a window of %i × %i without scrolling, with type for the last row',
    async (width, height) => {
      const { page } = await open('#view=lecture&slide=crossing', { width, height });
      await page.waitForSelector('[data-figure=training] svg');
      await page.waitForTimeout(500);
      for (const { id } of DECK.slice(0, 4)) {
        await page.keyboard.press('Home');
        for (let at = 0; at < DECK.findIndex((slide) => slide.id === id); at++)
          await page.keyboard.press('ArrowRight');
        await expect
          .poll(() =>
            page.evaluate(() => {
              const { scrollWidth, scrollHeight } = document.documentElement;
              return [scrollWidth - innerWidth, scrollHeight - innerHeight];
            }),
          )
          .toEqual([0, 0]);
      }
      const size = await page
        .locator('[data-headline="pass@1"] b')
        .evaluate((element) => element.getBoundingClientRect().height);
      expect(size).toBeGreaterThan(height / 30);
    },
  );

  it.each(['light', 'dark'] as const)('has nothing that axe finds (%s)', async (colorScheme) => {
    const { page } = await open('#view=lecture&slide=crossing', { colorScheme });
    await page.waitForSelector('[data-figure=training] svg');
    expect(await violations(page)).toEqual([]);
  });
});

describe('in a deck of reveal.js', () => {
  let deck: HostPage | null = null;
  afterEach(() => deck?.close());

  it('starts at the right step, also when its frame has been unloaded and is loaded again', async () => {
    const site = await open('#view=lecture');
    const address = site.page.url().split('#')[0]!;
    deck = await startDeck([
      `${address}#view=lecture&slide=crossing&hide=deck`,
      `${address}#view=lecture&slide=coin&step=6&steps=12&hide=deck&${SMALL}`,
      `${address}#view=lecture&slide=base&hide=deck`,
      `${address}#view=lecture&slide=lost&hide=deck`,
    ]);
    const { page } = site;
    await page.goto(deck.url);
    const current = (): FrameLocator => page.frameLocator('section.present iframe');
    const turn = (method: 'next' | 'prev') =>
      page.evaluate(
        (name) => (window as unknown as { Reveal: Record<string, () => void> }).Reveal[name]!(),
        method,
      );

    await says(current(), 'recorded run, seed 1, step 300');
    await turn('next');
    const coin = current();
    await says(coin, 'live, seed 1, step 6 of 12');
    const first = await coin.locator('[data-headline="pass@1"] b').textContent();
    expect(await coin.locator('[data-control=deck]').first().isVisible()).toBe(false);

    // Two slides on, its frame is gone; back again, the same run stands at the same step.
    await turn('next');
    await turn('next');
    await expect
      .poll(() => page.locator('section').nth(1).locator('iframe').getAttribute('src'))
      .toBeNull();
    await turn('prev');
    await turn('prev');
    const again = current();
    await says(again, 'live, seed 1, step 6 of 12');
    expect(await again.locator('[data-headline="pass@1"] b').textContent()).toBe(first);

    // With the focus in the frame the presenter's keys turn the deck around it.
    await again.locator('h1').click();
    await page.keyboard.press('PageDown');
    await says(current(), 'recorded run, seed 1, step 0');
  });
});
