import type { FrameLocator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { DECK } from '../../src/ui/lecture/deck.ts';
import * as SLIDES from '../../src/messages/slides.ts';
import { violationsOfBothSchemes } from './axe.ts';
import { beyondWindow, standsStill } from './slides.ts';
import { useSite } from './site.ts';

const open = useSite();

const SMALL = 'v=2&engine=wasm&prompts=2&group-size=4&eval-problems=8&eval-samples=0&eval-every=5';

/** A poll gives up after a second by itself, in which a busy machine does little. */
const PATIENCE = { timeout: 60_000 };

const says = (page: Page | FrameLocator, words: string) =>
  page.locator('.status', { hasText: words }).waitFor(PATIENCE);
const isSlide = (page: Page, place: number) =>
  page.locator('h1', { hasText: SLIDES[DECK.at(place)!.id] }).waitFor();

describe('the lecture', () => {
  it('shows a recorded run with nothing that computes, turns by keys, and is there after a reload', async () => {
    const { page, errors } = await open('#view=lecture&slide=crossing&theme=dark');
    await says(page, 'recorded run, seed 1, step 300');
    await page.getByText('crossing at k ≈ 8').waitFor();
    expect(page.workers().length).toBe(0);
    await page.keyboard.press('Home');
    await isSlide(page, 0);
    await says(page, 'recorded run, seed 1, step 0');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await isSlide(page, -1);
    expect(page.url()).toContain(`#view=lecture&slide=${DECK.at(-1)!.id}&theme=dark`);
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
    await page.reload();
    await isSlide(page, -1);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    expect(errors).toEqual([]);
  });

  it('trains a slide of its own settings live, and to its step, unless that is cancelled', async () => {
    const { page, errors } = await open(`#view=lecture&slide=still&${SMALL}&steps=5`);
    await says(page, 'ready: space trains it here');
    expect(await page.getByText('Recorded run').count()).toBe(0);
    const base = await page.locator('[data-headline="pass@1"] .from').textContent();
    await page.keyboard.press(' ');
    await says(page, 'live, seed 1, step 5 of 5');
    // The learning rate is 0, to the last digit.
    expect(await page.locator('[data-headline="pass@1"] b').textContent()).toBe(base);
    await page.keyboard.press('r');
    await says(page, 'ready: space trains it here');

    const url = page.url().split('#')[0]!;
    await page.goto(`${url}#view=lecture&slide=still&${SMALL}&steps=50000&step=40000`);
    const bar = page.getByRole('progressbar', { name: /40,?000/ });
    await expect
      .poll(async () => Number(await bar.getAttribute('value')), PATIENCE)
      .toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await bar.waitFor({ state: 'detached' });
    // It waits where it is: one step more is one step more.
    const place = async (): Promise<number> => {
      const words = (await page.locator('.status').textContent())!;
      return Number(/live, seed 1, step (\d+) of 50,?000/.exec(words)![1]);
    };
    const at = await place();
    await page.keyboard.press('.');
    await expect.poll(place, PATIENCE).toBe(at + 1);
    expect(errors).toEqual([]);
  });

  it('stands still on a projector and has all within the window, with type for the last row, and can be used by everyone', async () => {
    const { page } = await open('#view=lecture&slide=lost', { width: 1920, height: 1080 });
    await page.waitForSelector('[data-figure=problems] [role=gridcell]');
    await standsStill(page);
    for (const key of ['+', '+', '+', '-', '-', '-', '-', '-', '-', '-'] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => beyondWindow(page), PATIENCE).toEqual([]);
    }
    await page.reload();
    await isSlide(page, 3);
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector('[data-figure=training] svg');
    await page.waitForSelector('[data-figure=passk] svg');
    await standsStill(page);
    // As it is on screen: pixels of the page by how much each of the drawing's is enlarged.
    const sizes = await page.$$eval('[data-figure] .drawing text', (texts) =>
      texts.map((text) => {
        const svg = (text as SVGTextElement).ownerSVGElement!;
        const enlarged = svg.getBoundingClientRect().width / Number(svg.getAttribute('width'));
        return enlarged * parseFloat(getComputedStyle(text).fontSize);
      }),
    );
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(26);
    expect(await violationsOfBothSchemes(page)).toEqual([]);
  });

  it('ends with a large model beside the recorded run of the toy, whatever has been trained', async () => {
    const { page, errors } = await open('#view=lecture&slide=large', { width: 960, height: 520 });
    const figures = page.locator('[data-figure=large] figure');
    // 481 and 465 of 500 problems, as published.
    await figures.nth(0).getByText('crossing at k 14–15').waitFor();
    expect(await figures.nth(0).locator('.legend b').allTextContents()).toEqual(['0.962', '0.930']);
    await figures.nth(1).getByText('crossing at k ≈ 8.2').waitFor();
    const shown = await figures.nth(1).locator('.legend b').allTextContents();
    expect(Number(shown[1])).toBeLessThan(Number(shown[0]));
    expect(await page.locator('[data-figure=large] a').getAttribute('href')).toContain('math500');
    expect(await page.locator('[data-headline]').count()).toBe(0);
    await standsStill(page);
    expect(await violationsOfBothSchemes(page)).toEqual([]);
    // Where another task has no such slide, the one before it is shown.
    await page.keyboard.press('k');
    await page.locator('h1', { hasText: SLIDES.narrow }).waitFor();
    expect(errors).toEqual([]);
  });

  it('takes the live run along to the next slide and back, and has it again after slides of others', async () => {
    const { page, errors } = await open('#view=lecture&slide=training');
    await says(page, 'recorded run, seed 1, step 60');
    await page.keyboard.press(' ');
    const place = async (): Promise<number> => {
      const words = (await page.locator('.status').textContent())!;
      return Number(/live, seed 1, step (\d+) of 300/.exec(words)?.[1] ?? -1);
    };
    await expect.poll(place, PATIENCE).toBeGreaterThan(1);
    await page.keyboard.press('ArrowRight');
    await isSlide(page, 2);
    await expect.poll(place, PATIENCE).toBeGreaterThan(2);
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Train' }).waitFor(PATIENCE);
    const at = await place();
    await page.keyboard.press('ArrowLeft');
    expect(await place()).toBe(at);
    // Before training: the base alone, whatever has been trained.
    await page.keyboard.press('Home');
    expect(await place()).toBe(0);
    expect(await page.locator('[data-figure=passk] .legend').textContent()).not.toContain('now');

    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await says(page, 'ready: space trains it here');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(place, PATIENCE).toBe(at);
    await expect.poll(() => page.getByRole('button', { name: 'Step' }).isEnabled()).toBe(true);
    await page.keyboard.press('.');
    await expect.poll(place, PATIENCE).toBe(at + 1);
    expect(errors).toEqual([]);
  });

  it('is about the task of its link on all slides, and trains to the step of one', async () => {
    const { page, errors } = await open('#view=lecture&task=maze&slide=base');
    await says(page, 'ready: space trains it here');
    expect(await page.locator('[data-task]').getAttribute('data-task')).toBe('maze');
    await page.keyboard.press('ArrowRight');
    expect(page.url()).toContain('#v=2&task=maze&view=lecture&slide=training');
    const trains = () => page.getByText(/live, seed 1, step [1-9]/).waitFor(PATIENCE);
    await trains();
    // What the slide trains by itself to its step, the presenter's space takes on and does not stop.
    await page.keyboard.press(' ');
    await page.getByText(/live, seed 1, step (6[1-9]|[7-9]\d|\d{3})/).waitFor(PATIENCE);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('k');
    await says(page, 'getting ready');
    await trains();
    expect(page.url()).toContain('#v=2&task=programs&view=lecture&slide=training');
    expect(errors).toEqual([]);
  });
});
