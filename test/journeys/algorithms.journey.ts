import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK = 'engine=reference&prompts=4&group-size=8&eval-problems=24&eval-samples=0&steps=2';

const title = (page: Page) => page.locator('#algorithm-title');
const titleSays = (page: Page, words: string) => title(page).getByText(words).waitFor();
/** What stands in the address, once it says so. */
const addressHas = (page: Page, words: string) =>
  page.waitForFunction((wanted) => location.hash.includes(wanted), words);
const markedChoices = (page: Page): Promise<string[]> =>
  page
    .locator('section[aria-labelledby=algorithm-title] li.different')
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['key']!));
const weightSummary = (page: Page) =>
  page.locator('svg[aria-label^="w(p)"]').getAttribute('aria-label');

describe('an algorithm', () => {
  it('is shown as its row of choices, each of which can be changed, kept in the address and taken back', async () => {
    const { page } = await open(`#${QUICK}`);
    await scrollThrough(page);
    await titleSays(page, 'GRPO, choice by choice');
    expect(await markedChoices(page)).toEqual([]);

    await page.getByLabel('Algorithm', { exact: true }).selectOption('dapo');
    await titleSays(page, 'DAPO, choice by choice');
    expect(await markedChoices(page)).toEqual(['filter', 'clipHigh', 'aggregation', 'minibatches']);
    expect(await page.locator('li[data-key=clipHigh] small').textContent()).toBe('GRPO: 0.2');
    expect(await page.locator('li[data-key=clipHigh] input').inputValue()).toBe('0.28');
    await addressHas(page, 'algorithm=dapo');

    await page.locator('li[data-key=advantage] select').selectOption('leave-one-out');
    await titleSays(page, 'custom (from DAPO)');
    await addressHas(page, 'advantage=leave-one-out');

    await page.reload();
    await scrollThrough(page);
    await titleSays(page, 'custom (from DAPO)');
    expect(await page.locator('li[data-key=advantage] select').inputValue()).toBe('leave-one-out');
    expect(await markedChoices(page)).toContain('advantage');

    await page.getByRole('button', { name: 'Back to DAPO' }).click();
    await titleSays(page, 'DAPO, choice by choice');
    expect(await page.locator('li[data-key=advantage] select').inputValue()).toBe(
      'group-standardized',
    );
  });

  it('folds away what changes nothing, and says why where a keyboard reaches', async () => {
    const { page } = await open(`#${QUICK}`);
    await scrollThrough(page);
    await page.getByText('14 choices without effect at present').click();
    await page.locator('li[data-key=passK] button').focus();
    const words = page.getByRole('tooltip').filter({ hasText: 'pass@k of subsets' });
    await words.waitFor({ state: 'visible' });
    expect(await words.textContent()).toContain('No effect at present: only the advantage');
  });
});

describe('the weight of a problem', () => {
  it('is a curve that changes with the algorithm, over a rug of the problems', async () => {
    const { page } = await open(`#${QUICK}`);
    await scrollThrough(page);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished');
    await page.waitForFunction(
      () => document.querySelector('path.rug')?.getAttribute('d')?.match(/M/g)?.length === 24,
    );
    const grpo = await weightSummary(page);
    // √G at p → 0 but for ε and G − 1: with G = 8, (7/8) / 0.35355 + … = 2.645 at p = 0.001.
    expect(grpo).toMatch(/^w\(p\), the weight of a problem: GRPO\. GRPO: 2\.\d+ at p = 0\.001/);
    expect(await page.locator('.weight path:not(.rug)').count()).toBe(1);
    await page.getByLabel('Algorithm', { exact: true }).selectOption('maxrl');
    await titleSays(page, 'MaxRL');
    expect(await weightSummary(page)).toMatch(
      /MaxRL: 6\.9\d+ at p = 0\.001, 1\.00\d at .*; GRPO: 2\./,
    );
    expect(await page.locator('.weight path:not(.rug)').count()).toBe(2);
    await page.getByText(/1 time in 100 weighs [\d.]+ times as much as one solved half/).waitFor();
    await page.getByLabel('Algorithm', { exact: true }).selectOption('unlikeliness');
    await page
      .locator('svg[aria-label*="Unlikeliness reward: 2."], svg[aria-label*="this row: 2."]')
      .waitFor();
  });
});

describe('PPO', () => {
  it('trains its value output, whose loss stands among the metrics', async () => {
    const { page } = await open(`#${QUICK}&algorithm=ppo`);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 2');
    await page.getByText('PPO, seed 1').waitFor();
    await page.locator('[data-card=metrics]').scrollIntoViewIfNeeded();
    const metric = page.locator('section[aria-label=Metrics] .metrics div', {
      hasText: 'value_loss',
    });
    expect(Number(await metric.locator('dd').textContent())).toBeGreaterThan(0);
    await metric.getByRole('button').focus();
    await page.getByText('½ p (1 − p) is left').waitFor({ state: 'visible' });
  });
});
