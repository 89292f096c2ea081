import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import {
  QUICK,
  button,
  timeline,
  stepOf,
  captionOf,
  play,
  set,
  drawn,
  column,
  openMore,
  openRoom,
} from '../journeys/reader.ts';
import { reaches, statusSays, useSite } from '../journeys/site.ts';

const open = useSite();

const label = (page: Page) => timeline(page).getAttribute('aria-valuetext');

describe('the timeline', () => {
  it('works on the recorded run, which cannot be branched', async () => {
    const { page } = await open();
    await page.getByText('Recorded run').waitFor();
    await timeline(page).fill('100');
    expect(await label(page)).toBe('step 100 of 300');
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 100');
    await openMore(page);
    await button(page, 'Branch').click();
    expect(await page.textContent('[role=alert]')).toContain('This run is a recording');
  });
});

describe('a branch', () => {
  it('says why it is not possible with other problems', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await page.getByText('All settings').click();
    await set(page, 'Eval problems', '12');
    await openMore(page);
    await button(page, /^Branch at/).click();
    expect(await page.textContent('[role=alert]')).toContain(
      'a branch keeps the problems and the base of its run; changed: eval problems',
    );
    expect(await stepOf(page)).toBe(8);
  });
});

describe('Cancel', () => {
  it('ends an evaluation of a run, which waits with all its rows; Play makes it and goes on', async () => {
    // Each evaluation takes seconds: 160 problems, of each of which 256 answers are drawn, in plain TypeScript.
    const long = QUICK.replace(
      'eval-problems=24&eval-samples=0',
      'eval-problems=160&eval-samples=256',
    ).replace('engine=wasm', 'engine=reference');
    const { page, errors } = await open(`#${long}&steps=8`);
    const bar = page.getByRole('progressbar', { name: 'evaluating problems' });
    const evaluates = async (): Promise<void> => {
      await statusSays(page, 'evaluating problems');
      expect(await page.textContent('.status')).toMatch(/evaluating problems, \d+ of \d+/);
      const done = Number(await bar.getAttribute('value'));
      // It moves.
      await expect
        .poll(async () => Number(await bar.getAttribute('value')), { timeout: 30_000 })
        .toBeGreaterThan(done);
    };
    /** The entropy has a point for every row. */
    const points = async (title: string) => (await drawn(page, title)).here.length;
    const waits = async (step: number, evaluated: string): Promise<void> => {
      await statusSays(page, 'evaluation stopped, Play repeats it');
      expect(await bar.count()).toBe(0);
      await reaches(page, step);
      await page.waitForTimeout(1000);
      expect(await stepOf(page)).toBe(step);
      expect(await points('Sampling entropy')).toBe(step + 1);
      expect(await captionOf(page, 'Held-out pass@k')).toContain(evaluated);
    };
    await statusSays(page, 'ready to train');

    await button(page, 'Play').click();
    await evaluates();
    await button(page, 'Cancel').click();
    await waits(1, 'for the base');
    await button(page, 'Play').click();
    await evaluates();
    await expect
      .poll(() => captionOf(page, 'Held-out pass@k'), { timeout: 60_000 })
      .toMatch(/At step [124]/);

    // The last one, by keyboard: the run has not ended before it.
    await reaches(page, 7);
    await evaluates();
    await button(page, 'Cancel').focus();
    await page.keyboard.press('Enter');
    await waits(8, 'At step 4');
    // Who has pressed it stands at Play.
    expect(await page.locator(':focus').textContent()).toContain('Play');
    await page.keyboard.press('Enter');
    await statusSays(page, 'finished at step 8');
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 8');
    expect(await points('Sampling entropy')).toBe(9);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe('the runs tried', () => {
  it('repeat with 3 seeds as a band whose middle is the mean of the three', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await openRoom(page, 'runs');
    const card = page.locator('[data-card=runs]');
    await card.getByRole('button', { name: 'Repeat' }).click();
    const spread = card.locator('table', { hasText: 'Mean and range of 3 seeds at step 8' });
    await spread.waitFor();
    expect((await column(page, 'seed')).toSorted()).toEqual([1, 2, 3]);
    for (const [measure, name] of [
      ['pass@1', 'passAt1'],
      ['pass@256', 'passAt256'],
      ['entropy (nats)', 'entropy'],
    ] as const) {
      const values = await column(page, name);
      const row = spread.locator('tr', { has: page.getByText(measure, { exact: true }) });
      const [mean, low, high] = (await row.locator('td').allTextContents()).map(Number);
      // All are told to three digits, so a mean of them is off by at most half of the last, and is rounded itself.
      expect(Math.abs(mean! - values.reduce((sum, value) => sum + value, 0) / 3)).toBeLessThan(
        0.00101,
      );
      expect([low, high]).toEqual([Math.min(...values), Math.max(...values)]);
    }
    const bands = page.locator('svg[aria-label^="pass@k over training."] path.band');
    expect(await bands.count()).toBe(2);
    await page.getByText('mean and range of 3 seeds (run 1); not a confidence interval').waitFor();
    await button(page, 'Hide the band').click();
    expect(await bands.count()).toBe(0);
  });
});

describe('a phone of 390 px', () => {
  it('has all controls within reach of a finger, and nothing beside the window', async () => {
    const { page } = await open(`#${QUICK}&steps=8`, { width: 390, height: 844 });
    await play(page, 8);
    await timeline(page).fill('4');
    await openMore(page);
    await button(page, 'Pin').click();
    const { width, small, bar } = await page.evaluate(() => {
      const shown = [...document.querySelectorAll('.bar button, .bar input')].filter(
        (each) => each.getBoundingClientRect().width > 0,
      );
      return {
        width: document.documentElement.scrollWidth,
        small: shown
          .map((each) => [each.textContent, each.getBoundingClientRect().height] as const)
          .filter(([, height]) => height < 24),
        bar: document.querySelector('.bar')!.getBoundingClientRect().height,
      };
    });
    expect(width).toBe(390);
    expect(small).toEqual([]);
    expect(bar).toBeLessThan(844 / 2);
  });
});

describe('the runs tried', () => {
  it('are listed with their numbers, sorted, shown as ghosts, loaded and forgotten', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await set(page, 'Learning rate', '0');
    await button(page, 'Reset').click();
    await play(page, 8);
    await openRoom(page, 'runs');
    const card = page.locator('[data-card=runs]');
    expect(await column(page, 'steps')).toEqual([8, 8]);
    expect(await card.locator('[data-column=differs]').allTextContents()).toEqual([
      'learning rate 0.003 instead of 0',
      '',
    ]);
    const passAt1 = await column(page, 'passAt1');
    await card.getByRole('button', { name: 'pass@1' }).click();
    expect(await column(page, 'passAt1')).toEqual(passAt1.toSorted((a, b) => b - a));
    await card.getByRole('button', { name: 'pass@1' }).click();
    expect(await column(page, 'passAt1')).toEqual(passAt1.toSorted((a, b) => a - b));

    await card.getByRole('button', { name: 'Ghost run 1' }).click();
    expect((await drawn(page, 'Sampling entropy')).others.length).toBe(1);
    await card.getByRole('button', { name: 'Load run 1' }).click();
    expect(await page.getByLabel('Learning rate', { exact: true }).inputValue()).toBe('0.003');
    await card.getByRole('button', { name: 'Forget run 1' }).click();
    expect((await drawn(page, 'Sampling entropy')).others).toEqual([]);
    expect(await column(page, 'steps')).toEqual([8]);
  });
});

describe('Cancel', () => {
  it('ends a pretraining; Play begins it again', async () => {
    const { page, errors } = await open(`#${QUICK}&base=live&pretrain-steps=120&width=16&steps=2`);
    await statusSays(page, 'pretraining, loss');
    await button(page, 'Cancel').click();
    await statusSays(page, 'cancelled: pretraining');
    const said = await page.textContent('.status');
    await page.waitForTimeout(500);
    expect(await page.textContent('.status')).toBe(said);
    await button(page, 'Play again').click();
    await statusSays(page, 'pretraining, loss');
    await statusSays(page, 'finished at step 2');
    expect(errors).toEqual([]);
  });
});
