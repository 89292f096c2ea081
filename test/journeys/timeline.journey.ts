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
} from './reader.ts';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite();

const label = (page: Page) => timeline(page).getAttribute('aria-valuetext');

/** How many cursors a figure over steps has. */
const cursors = (page: Page, title: string): Promise<number> =>
  page.locator(`svg[aria-label^="${title}."] line.cursor`).count();

describe('the timeline', () => {
  it('moves every figure back to a step, and on again to the latest', async () => {
    const { page } = await open(`#${QUICK}&steps=20`);
    await play(page, 20);
    expect(await label(page)).toBe('step 20');
    await timeline(page).fill('10');
    expect(await label(page)).toBe('step 10 of 20');
    expect(await page.textContent('.timeline .label')).toBe('step 10 of 20');
    // Evaluations are at every fourth step.
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 8');
    await openRoom(page, 'update');
    const completions = page.locator('section[aria-labelledby="completions-title"]');
    await completions.getByText(/sampled at\s+step 10/).waitFor();
    await openRoom(page, 'measures');
    expect(await page.textContent('section[aria-label="Metrics"]')).toContain('Step 10 in');
    const over = ['pass@k over training', 'Sampling entropy', 'Reward'];
    for (const title of over) expect(await cursors(page, title), title).toBe(1);

    // Pointing at another step is for as long as the pointer is there.
    await page.locator('svg[aria-label^="Reward."]').hover({ position: { x: 50, y: 60 } });
    expect(await label(page)).toBe('step 0 of 20');
    await page.mouse.move(5, 5);
    expect(await label(page)).toBe('step 10 of 20');

    await timeline(page).press('ArrowLeft');
    expect(await label(page)).toBe('step 9 of 20');
    await timeline(page).press('Home');
    expect(await label(page)).toBe('step 0 of 20');
    await timeline(page).press('End');
    expect(await label(page)).toBe('step 20');
    await timeline(page).fill('3');
    await button(page, /^Now$/).click();
    expect(await captionOf(page, 'Held-out pass@k')).toContain('At step 20');
    for (const title of over) expect(await cursors(page, title), title).toBe(0);
  });
});

describe('a branch', () => {
  it('goes on from a checkpoint with another learning rate; the run so far is its ghost', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=24`);
    await play(page, 24);
    await timeline(page).fill('12');
    await openMore(page);
    await button(page, 'Branch at 11').click();
    expect(await page.textContent('[role=alert]')).toContain('would repeat the same rows');
    await set(page, 'Learning rate', '0.03');
    await button(page, 'Branch at 11').click();
    await statusSays(page, 'branched off at step 11');
    expect(await stepOf(page)).toBe(11);
    await page.getByText('ghost A: run 1, learning rate 0.003 instead of 0.03').waitFor();
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
});

describe('a run that was left', () => {
  const entropies = async (page: Page) => (await drawn(page, 'Sampling entropy')).here;

  it('by Reset comes back with its rows, and goes on beyond its end', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=10`);
    await play(page, 10);
    const before = await entropies(page);
    await button(page, 'Reset').click();
    await statusSays(page, 'ready to train');
    await page.getByText('The run of 10 steps is gone.').waitFor();
    await button(page, 'Undo').click();
    await statusSays(page, 'finished at step 10');
    expect(await entropies(page)).toEqual(before);
    expect(await button(page, 'Undo').count()).toBe(0);
    // Who has pressed it by a key goes on from there.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Play');
    await openMore(page);
    await set(page, 'Run to step', '13');
    await reaches(page, 13);
    await statusSays(page, 'paused');
    const after = await entropies(page);
    expect(after).toHaveLength(14);
    expect(errors).toEqual([]);

    // Which are the rows of a run that nobody has left.
    const other = await open(`#${QUICK}&steps=20`);
    await statusSays(other.page, 'ready to train');
    await openMore(other.page);
    await set(other.page, 'Run to step', '13');
    await reaches(other.page, 13);
    await statusSays(other.page, 'paused');
    expect(await entropies(other.page)).toEqual(after);
  });

  it('while it played comes back by a key, with its seed, and plays on', async () => {
    const { page } = await open(`#${QUICK}&seed=5&steps=100000`);
    await statusSays(page, 'ready to train');
    await page.keyboard.press('Space');
    await reaches(page, 6);
    await page.keyboard.press('n');
    await statusSays(page, 'ready to train');
    expect(await page.evaluate(() => location.hash)).not.toContain('seed=5&');
    await page.keyboard.press('u');
    await statusSays(page, 'training');
    const steps = await stepOf(page);
    await reaches(page, steps + 3);
    await page.keyboard.press('Space');
    await statusSays(page, 'paused');
    const last = await stepOf(page);
    // Each step once, also those that were computed again.
    expect(await entropies(page)).toHaveLength(last + 1);
    await page.waitForFunction(() => location.hash.includes('seed=5&'));
  });
});

describe('Run to step', () => {
  it('stops there, goes on beyond the end, and names what cannot be', async () => {
    const { page } = await open(`#${QUICK}&steps=16`);
    await statusSays(page, 'ready to train');
    await openMore(page);
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
    await openRoom(page, 'runs');
    // It is still the same run.
    expect(await column(page, 'steps')).toEqual([40]);
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

    await openMore(page);
    await page.getByRole('button', { name: 'Keys' }).focus();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keys' });
    await list.waitFor();
    expect(await list.locator('tr').count()).toBe(13);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Keys',
    );
  });
});
