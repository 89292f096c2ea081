import type { FrameLocator } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { startDeck, type HostPage } from '../journeys/hostPage.ts';
import { useSite } from '../journeys/site.ts';
import { standsStill } from '../journeys/slides.ts';
import { DECK } from '../../src/ui/lecture/deck.ts';

const open = useSite();

const SMALL = 'engine=wasm&prompts=2&group-size=4&eval-problems=8&eval-samples=0&eval-every=5';

/** A poll gives up after a second by itself, in which a busy machine does little. */
const PATIENCE = { timeout: 60_000 };

const says = (page: FrameLocator, words: string) =>
  page.locator('.status', { hasText: words }).waitFor(PATIENCE);

describe('each slide', () => {
  it.each([
    [1024, 768],
    [1280, 720],
    [1366, 768],
    [1920, 1080],
    [1920, 1200],
    [960, 520],
  ])('stands still at %i × %i, with nothing beyond the window', async (width, height) => {
    for (const { id, figures, isFixed = false } of DECK) {
      const { page } = await open(`#view=lecture&slide=${id}`, { width, height });
      for (const name of figures)
        await page.waitForSelector(`[data-figure=${name}] :is(svg[role=img], [role=gridcell])`);
      await standsStill(page);
      expect((await page.locator('[data-headline]').count()) > 0).toBe(height > 600 && !isFixed);
      await page.context().close();
    }
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
      `${address}#view=lecture&slide=coin&step=3&steps=6&hide=deck&${SMALL}`,
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
    await says(coin, 'live, seed 1, step 3 of 6');
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
    await says(again, 'live, seed 1, step 3 of 6');
    expect(await again.locator('[data-headline="pass@1"] b').textContent()).toBe(first);

    // With the focus in the frame the presenter's keys turn the deck around it.
    await again.locator('h1').click();
    await page.keyboard.press('PageDown');
    await says(current(), 'recorded run, seed 1, step 0');
  });
});
