import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { reaches, scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK =
  'engine=reference&prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=4&lr=0.003';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const timeline = (page: Page) => page.getByRole('slider', { name: /^Timeline/ });
const label = (page: Page) => timeline(page).getAttribute('aria-valuetext');
const captionOf = (page: Page, title: string) =>
  page.locator('figure', { hasText: title }).first().textContent();
const stepOf = async (page: Page): Promise<number> => Number(await page.textContent('.step b'));

async function play(page: Page, steps: number): Promise<void> {
  await statusSays(page, 'ready to train');
  await button(page, 'Play').click();
  await statusSays(page, `finished at step ${steps}`);
}
async function set(page: Page, name: string, value: string): Promise<void> {
  await page.getByLabel(name, { exact: true }).fill(value);
  await page.getByLabel(name, { exact: true }).press('Enter');
}
/** The points of the lines that a figure draws, as they are on screen; those of other runs apart. */
async function drawn(page: Page, title: string): Promise<{ here: string[]; others: string[][] }> {
  const paths = await page.$$eval(`svg[aria-label^="${title}."] path:not(.band, .rug)`, (found) =>
    found.map((path) => ({
      isFaint: path.classList.contains('faint'),
      points: path.getAttribute('d')!.split(/[ML]/).slice(1),
    })),
  );
  return {
    here: paths.find(({ isFaint }) => !isFaint)!.points,
    others: paths.filter(({ isFaint }) => isFaint).map(({ points }) => points),
  };
}
/** How many cursors the figures over steps have, each. */
const cursors = (page: Page): Promise<number[]> =>
  Promise.all(
    ['pass@k over training', 'Sampling entropy', 'Reward'].map((title) =>
      page.locator(`svg[aria-label^="${title}."] line.cursor`).count(),
    ),
  );
/** The number of a column of the table of runs, in its order. */
const column = async (page: Page, name: string): Promise<number[]> =>
  (await page.locator(`[data-card=runs] [data-column=${name}]`).allTextContents()).map(Number);

describe('the timeline', () => {
  it('moves every figure back to a step, and on again to the latest', async () => {
    const { page } = await open(`#${QUICK}&steps=20`);
    await play(page, 20);
    await scrollThrough(page);
    await timeline(page).fill('10');
    expect(await label(page)).toBe('step 10 of 20 (looking back)');
    // Evaluations are at every fourth step.
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 8');
    expect(await page.textContent('section[aria-label="Metrics"]')).toContain('Step 10 in');
    expect(await page.textContent('section[aria-labelledby="completions-title"]')).toContain(
      'sampled at step 10',
    );
    expect(await cursors(page)).toEqual([1, 1, 1]);

    // Pointing at another step is for as long as the pointer is there.
    await page.locator('svg[aria-label^="Reward."]').hover({ position: { x: 50, y: 60 } });
    expect(await label(page)).toBe('step 0 of 20 (looking back)');
    await page.mouse.move(5, 5);
    expect(await label(page)).toBe('step 10 of 20 (looking back)');

    await timeline(page).press('ArrowLeft');
    expect(await label(page)).toBe('step 9 of 20 (looking back)');
    await timeline(page).press('Home');
    expect(await label(page)).toBe('step 0 of 20 (looking back)');
    await timeline(page).press('End');
    expect(await label(page)).toBe('step 20 of 20 (now)');
    await timeline(page).fill('3');
    await button(page, /^Now$/).click();
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 20');
    expect(await cursors(page)).toEqual([0, 0, 0]);
  });

  it('works on the recorded run, which cannot be branched', async () => {
    const { page } = await open();
    await page.getByText('Recorded run').waitFor();
    await timeline(page).fill('100');
    expect(await label(page)).toBe('step 100 of 300 (looking back)');
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 100');
    await button(page, 'Branch').click();
    expect(await page.textContent('[role=alert]')).toContain('This run is a recording');
  });
});

describe('a branch', () => {
  it('goes on from a checkpoint with another learning rate; the run so far is its ghost', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=24`);
    await play(page, 24);
    await timeline(page).fill('12');
    await button(page, 'Branch at 11').click();
    expect(await page.textContent('[role=alert]')).toContain('would repeat the same rows');
    await set(page, 'Learning rate', '0.03');
    await button(page, 'Branch at 11').click();
    await statusSays(page, 'branched off at step 11');
    expect(await stepOf(page)).toBe(11);
    await page.getByText('ghost A: run 1, lr 0.003 instead of 0.03').waitFor();
    await button(page, 'Play').click();
    await statusSays(page, 'finished at step 24');
    const { here, others } = await drawn(page, 'Sampling entropy');
    expect([here.length, others.length]).toEqual([25, 1]);
    expect(others[0]!.slice(0, 12)).toEqual(here.slice(0, 12));
    for (let step = 13; step <= 24; step++)
      expect(others[0]![step], `${step}`).not.toBe(here[step]);
    expect((await drawn(page, 'Held-out pass@k')).others.length).toBe(1);
    await button(page, 'Hide ghost A').click();
    expect((await drawn(page, 'Sampling entropy')).others).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('says why it is not possible with other problems', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await page.getByText('All settings').click();
    await set(page, 'Problems', '12');
    await button(page, /^Branch at/).click();
    expect(await page.textContent('[role=alert]')).toContain(
      'a branch keeps the problems and the base of its run; changed: evalProblems',
    );
    expect(await stepOf(page)).toBe(8);
  });
});

describe('Run to step', () => {
  it('stops there, goes on beyond the end, and names what cannot be', async () => {
    const { page } = await open(`#${QUICK}&steps=16`);
    await statusSays(page, 'ready to train');
    const runTo = (step: string) => set(page, 'Run to step', step);
    await runTo('12');
    await reaches(page, 12);
    await statusSays(page, 'paused');
    expect(await stepOf(page)).toBe(12);
    const first = (await drawn(page, 'Sampling entropy')).here.length;
    expect(first).toBe(13);
    await runTo('soon');
    expect(await page.textContent('[role=alert]')).toContain(
      'run to step is ‘soon’, expected a whole number above 12, at most 100000',
    );
    await runTo('40');
    await reaches(page, 40);
    await statusSays(page, 'paused');
    // 16 doubled until it is not less than 40.
    expect(await page.textContent('.step')).toContain('40 / 64');
    expect((await drawn(page, 'Sampling entropy')).here.length).toBe(41);
    await scrollThrough(page);
    // It is still the same run.
    expect(await column(page, 'steps')).toEqual([40]);
  });

  it('beyond the end of power sampling has the rows of a run of so many moves', async () => {
    const pages = await Promise.all(
      [3, 6].map((steps) =>
        open(
          `#${QUICK}&experiment=power-sampling&warm-steps=9&chains=4&eval-every=1&steps=${steps}`,
        ),
      ),
    );
    const [extended, whole] = await Promise.all(
      pages.map(async ({ page, errors }, i) => {
        await statusSays(page, 'ready to train');
        // What was asked for in vain stands beside the settings, with the reason.
        expect(await page.locator('[data-control=warm-steps]').textContent()).toMatch(
          /No effect at present: power sampling trains nothing/,
        );
        if (i === 0) await play(page, 3);
        await set(page, 'Run to step', '5');
        await reaches(page, 5);
        await statusSays(page, 'paused');
        expect(await page.textContent('.step')).toContain('5 / 6');
        expect(errors).toEqual([]);
        return (await drawn(page, 'Sampling entropy')).here;
      }),
    );
    expect(extended).toHaveLength(6);
    expect(extended).toEqual(whole);
  });
});

describe('Cancel', () => {
  it('ends a pretraining; Play begins it again', async () => {
    const { page, errors } = await open(`#${QUICK}&base=live&pretrain-steps=200&width=16&steps=2`);
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

  it('ends an evaluation of a run, which waits with all its rows; Play makes it and goes on', async () => {
    // Each evaluation takes seconds: 80 problems, of each of which 128 answers are drawn.
    const long = QUICK.replace(
      'eval-problems=24&eval-samples=0',
      'eval-problems=80&eval-samples=128',
    );
    const { page, errors } = await open(`#${long}&steps=8`);
    const bar = page.getByRole('progressbar', { name: 'evaluating problems' });
    const evaluates = async (): Promise<void> => {
      await statusSays(page, 'evaluating problems');
      expect(await page.textContent('.status')).toMatch(/evaluating problems, \d+ of \d+/);
      const done = Number(await bar.getAttribute('value'));
      // It moves.
      await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(done);
    };
    /** The entropy has a point for every row. */
    const points = async (title: string) => (await drawn(page, title)).here.length;
    const waits = async (step: number, evaluated: string): Promise<void> => {
      await statusSays(page, 'evaluation cancelled, Play makes it');
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
    await waits(4, 'for the base');
    await button(page, 'Play').click();
    await evaluates();
    await expect
      .poll(() => captionOf(page, 'Held-out pass@k'), { timeout: 60_000 })
      .toContain('At step 4');

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
  it('are listed with their numbers, sorted, shown as ghosts, loaded and forgotten', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await set(page, 'Learning rate', '0');
    await button(page, 'Reset').click();
    await play(page, 8);
    await scrollThrough(page);
    const card = page.locator('[data-card=runs]');
    expect(await column(page, 'steps')).toEqual([8, 8]);
    expect(await card.locator('[data-column=differs]').allTextContents()).toEqual([
      'lr 0.003 instead of 0',
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

  it('repeat with 3 seeds as a band whose middle is the mean of the three', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await scrollThrough(page);
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

describe('the keys', () => {
  it('play, pause, step, reset, pin, ask for a new seed and list themselves', async () => {
    const { page } = await open(`#${QUICK}&steps=100000`);
    await statusSays(page, 'ready to train');
    await timeline(page).waitFor();
    await page.keyboard.press('.');
    await reaches(page, 1);
    await page.keyboard.press('ArrowRight');
    await reaches(page, 2);
    await page.keyboard.press('Space');
    await reaches(page, 5);
    await page.keyboard.press('Space');
    await statusSays(page, 'paused');
    await page.keyboard.press('p');
    await page.getByText('ghost A: this run, once another begins').waitFor();
    await page.keyboard.press('r');
    await statusSays(page, 'ready to train');
    expect(await stepOf(page)).toBe(0);
    await page.getByText('ghost A: run 1, the same settings').waitFor();
    await page.keyboard.press('n');
    await page.waitForFunction(() => /seed=\d+/.test(location.hash));
    await statusSays(page, 'ready to train');

    // In a field they write.
    await page.getByLabel('Learning rate').focus();
    await page.keyboard.press('r');
    await page.keyboard.press('.');
    expect(await stepOf(page)).toBe(0);

    await page.getByRole('button', { name: 'Keys' }).focus();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keys' });
    await list.waitFor();
    expect(await list.locator('tr').count()).toBe(10);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Keys',
    );
  });
});

describe('a phone of 390 px', () => {
  it('has all controls within reach of a finger, and nothing beside the window', async () => {
    const { page } = await open(`#${QUICK}&steps=8`, { width: 390, height: 844 });
    await play(page, 8);
    await timeline(page).fill('4');
    await button(page, 'More').click();
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
